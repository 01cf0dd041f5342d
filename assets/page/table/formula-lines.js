// The numbers of a row, put into the formula: what each line says.

import { equalsSign, readableNumber, threeDigits, twoDecimals } from "../core/numbers.js";
import { ofHead, seenSteps } from "../core/asking.js";
import { multiplied, rootedCount } from "../core/products.js";
import { hasWeights, isScaled } from "../core/scene.js";
import {
  exponentialsAsWritten,
  hasTanh,
  highestScore,
  isPlainExp,
  writtenExp,
  writtenPower,
  writtenScore,
} from "../core/softmax-steps.js";
import { inList, text } from "../state/texts.js";

/** @import { Scene, Trace, Vector } from "../core/types.js" */
/** @typedef {string | [role: string, text: string, row?: number]} FormulaPart row: whose number it is */
/** @typedef {[name: string, parts: FormulaPart[], sign: "=" | "≈", result: string]} FormulaLine */
/** @typedef {{ scene: Scene, trace: Trace, row: number }} Asked */

/** @type {(asked: Asked) => { lines: FormulaLine[], notes: string[] }} */
export function formulaLines(asked) {
  const { scene, trace, row } = asked;
  const mask = seenSteps(scene);
  const lines = [logitLine(asked), ...scoreLine(asked)];
  if (!mask.some(Boolean)) return { lines, notes: [text("formula_nobody")] };
  if (!mask[row])
    return { lines, notes: [text(scene.mask[row] ? "formula_later_step" : "formula_hidden")] };
  lines.push(...weightLines(asked), outputLine(asked));
  const highest = writtenScore(highestScore(scene, trace.scores), scene);
  const notes = isPlainExp(scene, trace.scores) ? [] : [text("formula_shift", { highest })];
  const single = scene.kind === "attention" ? inFloat32(scene, trace, row) : null;
  if (single) notes.push(text("formula_float32", single));
  return { lines, notes };
}

/** @type {(value: number) => string} */
const inBrackets = (value) => (value < 0 ? `(${readableNumber(value)})` : readableNumber(value));

/** @type {(asked: Asked) => FormulaLine} */
function logitLine({ scene, trace, row }) {
  const { kind, b } = scene;
  const [vector, factors] = multiplied(scene, trace, row);
  /** @type {FormulaPart[]} */
  const parts = vector.flatMap((number, i) => [
    i ? " + " : "",
    ["row", inBrackets(number), kind === "gate" ? i : row],
    " · ",
    ["w", inBrackets(factors[i])],
  ]);
  if (b && hasWeights(scene))
    parts.push(b[row] < 0 ? " − " : " + ", ["row", readableNumber(Math.abs(b[row])), row]);
  const [logit, given] = [
    trace.logits[row],
    [...vector, ...factors, ...((hasWeights(scene) && b) || [])],
  ];
  return [
    text("formula_logit"),
    parts,
    lineSign(given, [logit, twoDecimals(logit)]),
    twoDecimals(logit),
  ];
}

/** Given numbers as they are written, and what is made of them.
 * @type {(given: Vector, ...made: [value: number, written: string][]) => "=" | "≈"} */
const lineSign = (given, ...made) =>
  equalsSign(
    ...made,
    ...given.map((one) => /** @type {[number, string]} */ ([one, readableNumber(one)])),
  );

/** None where the score is the logit.
 * @type {(asked: Asked) => FormulaLine[]} */
function scoreLine({ scene, trace, row }) {
  const [exact, made] = [trace.logits[row], trace.scores[row]];
  const [logit, score] = [twoDecimals(exact), writtenScore(made, scene)];
  const name = text("formula_score");
  if (hasTanh(scene)) return [[name, [`tanh(${logit})`], exact === 0 ? "=" : "≈", score]];
  if (!isScaled(scene)) return [];
  const sign = equalsSign([exact, logit], [made, score]);
  return [[name, [`${logit} ÷ √${rootedCount(scene)}`], sign, score]];
}

/** e to the score, and its share of all.
 * @type {(asked: Asked) => FormulaLine[]} */
function weightLines({ scene, trace, row }) {
  const exps = exponentialsAsWritten(scene, trace.scores);
  const visible = exps.map((_, step) => step).filter((step) => seenSteps(scene)[step]);
  /** @type {FormulaPart[]} */
  const sum = visible.flatMap((step, i) => [i ? " + " : "", ["row", writtenExp(exps[step]), step]]);
  const [power, exp] = [writtenPower(scene, trace.scores, row), writtenExp(exps[row])];
  const [own, share] = [trace.weights[row], threeDigits(trace.weights[row])];
  /** @type {[number, string][]} */
  const rounded = visible.map((step) => [exps[step], writtenExp(exps[step])]);
  return [
    [text("formula_exp"), [power], exps[row] === 1 ? "=" : "≈", exp],
    [
      text("formula_weight"),
      [["row", exp, row], " ÷ (", ...sum, ")"],
      equalsSign(...rounded, [own, share]),
      share,
    ],
  ];
}

/** @type {(asked: Asked) => FormulaLine} */
function outputLine({ scene, trace, row }) {
  const own = trace.whole ? ofHead(scene, trace.whole.values[row]) : scene.x[row];
  /** @type {FormulaPart} */
  const weight = ["row", threeDigits(trace.weights[row]), row];
  const shares = own.map((number) => twoDecimals(trace.weights[row] * number));
  /** @type {[number, string][]} */
  const made = own.map((number, i) => [trace.weights[row] * number, shares[i]]);
  const sign = lineSign(own, [trace.weights[row], weight[1]], ...made);
  if (scene.kind === "gate") {
    /** @type {FormulaPart[]} */
    const parts = [["row", inBrackets(own[0]), row], " · ", weight];
    return [text("formula_output_gate"), parts, sign, shares[0]];
  }
  return [
    text("formula_output"),
    [weight, " · (", ["row", inList(own.map(readableNumber)), row], ")"],
    sign,
    `(${inList(shares)})`,
  ];
}

/** A row's weight as the article's class computes it, with exp of the score itself and in float32,
 * whose numbers end sooner; null where they suffice.
 * @type {(scene: Scene, trace: Trace, row: number) => { exp: string, sum: string, weight: string } | null} */
function inFloat32({ mask, temperature }, trace, row) {
  const { exp, fround } = Math;
  const exps = trace.scores.map((score, step) =>
    fround(fround(exp(fround(score / temperature))) * Number(mask[step])),
  );
  const sum = exps.reduce((a, b) => fround(a + b), 0);
  if (Number.isFinite(sum)) return null;
  const [own, all, weight] = [exps[row], sum, fround(exps[row] / sum)].map(singleNumber);
  return { exp: own, sum: all, weight };
}

/** "1.65·10³⁸", "∞", "NaN"
 * @type {(number: number) => string} */
function singleNumber(number) {
  if (!Number.isFinite(number)) return Number.isNaN(number) ? "NaN" : "∞";
  return number === 0 ? "0" : threeDigits(number);
}
