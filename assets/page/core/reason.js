// Why the answer to a lesson's question is what it is: one sentence, computed from the scene. The kind of
// question and what it changes choose the sentence; its numbers are those on the screen.

import { addends, askingStep, isSelf, seenSteps } from "./asking.js";
import { exponentials } from "./attention.js";
import { asRead, equalsSign, fixedNumber, powerOfTen, readableNumber } from "./numbers.js";
import { percent } from "./percentages.js";
import { predictedAnswer, withChange } from "./prediction.js";
import { multiplied, rootedCount } from "./products.js";
import { hasWeights, isScaled, run } from "./scene.js";

/** @import { Message, Prediction, Scene, Stage, Trace, Vector } from "./types.js" */
/** @typedef {{ before: Scene, after: Scene, was: Trace, is: Trace, row: number }} Case the scene without the change and with it; row: the one that is asked about */

const ROUNDING = 1e-9; // what comes from rounding
const READABLE = 12; // a power of e beyond it is no number that one reads
const MOST_TERMS = 5;

/** names: of the rows; choice: what somebody chose, null where nothing was.
 * -> a text of the page and what to fill in, all of it as written
 * @type {(predict: Prediction, start: Scene, names: string[], choice: number | null) => Message} */
export function reasonFor(predict, start, names, choice) {
  const after = withChange(start, predict.change);
  const row = predict.index ?? predictedAnswer(predict, start);
  const it = { before: start, after, was: run(start), is: run(after), row };
  if (predict.index === null) return largestReason(it, predict.of, names, choice);
  if (predict.of === "weights") return shareReason(it, names[row]);
  if (predict.of === "output")
    return after.kind === "gate" ? gateReason(it, names[row]) : outputReason(it);
  return scoreReason(it, predict.of, names[row]);
}

/** Why one row has the largest number, beside the one that was chosen, or else the second largest.
 * @type {(it: Case, of: Stage, names: string[], choice: number | null) => Message} */
function largestReason({ after, is, row }, of, names, choice) {
  const second = is[of].reduce(
    (best, number, i) => (i !== row && (best < 0 || number > is[of][best]) ? i : best),
    -1,
  );
  const other = choice === null || choice === row ? second : choice;
  const rows = { name: names[row], other: names[other] };
  if (!seenSteps(after)[other])
    return { key: unseenReason(after, other), values: { name: names[other] } };
  if (of !== "weights")
    return {
      key: "reason_larger",
      values: { ...rows, number: inTwo(is[of][row]), less: inTwo(is[of][other]) },
    };
  const [own, others] = [row, other].map((i) => asOnTable(is.scores[i], after));
  const times = Math.exp((is.scores[row] - is.scores[other]) / after.temperature);
  const powers = { power: powerOfE(own, after), less: powerOfE(others, after) };
  return {
    key: "reason_times",
    values: { ...rows, score: own, other_score: others, ...powers, times: threeCount(times) },
  };
}

/** Why a weight is what it is, or becomes what it becomes.
 * @type {(it: Case, name: string) => Message} */
function shareReason(it, name) {
  const { before, after, was, is, row } = it;
  const said = { name, before: percent(was.weights[row]), after: percent(is.weights[row]) };
  const seen = seenSteps(after);
  if (!seen[row]) return { key: unseenReason(after, row), values: said };
  const visible = is.scores.map((_, i) => i).filter((i) => seen[i]);
  if (after.kind !== "gate" && hidesMore(seenSteps(before), seen) && isSameBut(before, after))
    return maskReason(it, said);
  const moves = visible.map((i) => is.scores[i] - was.scores[i]);
  const turned = visible.some((i) => Math.abs(is.logits[i] - was.logits[i]) > ROUNDING);
  if (before.temperature !== after.temperature)
    return fractionReason(it, said, "reason_temperature");
  if (turned && moves.every((move) => Math.abs(move) < ROUNDING)) return saturatedReason(it, said);
  if (turned && moves.every((move) => Math.abs(move - moves[0]) < ROUNDING))
    return { key: "reason_common", values: { ...said, move: withSign(moves[0]) } };
  const own = moves[visible.indexOf(row)];
  if (turned && moves.filter((move) => Math.abs(move) > ROUNDING).length === 1 && own)
    return {
      key: own > 0 ? "reason_rises" : "reason_falls",
      values: {
        ...said,
        move: inTwo(Math.abs(own)),
        times: threeCount(Math.exp(own / after.temperature)),
      },
    };
  const isFlat = after.kind === "attention" && after.activation === "tanh";
  return fractionReason(it, said, isFlat ? "reason_tanh" : "reason_share");
}

/** @type {(before: boolean[], after: boolean[]) => boolean} */
const hidesMore = (before, after) =>
  before.some((shown, i) => shown && !after[i]) && after.every((shown, i) => !shown || before[i]);

/** @type {(it: Case, said: Record<string, string>) => Message} */
function maskReason({ was, is, row }, said) {
  const part = was.weights[row] / is.weights[row]; // all that the rows that are left had
  const values = { left: percent(part), part: threeCount(part), times: threeCount(1 / part) };
  return { key: "reason_mask", values: { ...said, ...values } };
}

/** @type {(it: Case, said: Record<string, string>) => Message} */
function saturatedReason({ after, was, is }, said) {
  const turned = is.logits.findIndex((logit, i) => Math.abs(logit - was.logits[i]) > ROUNDING);
  const [from, to] = [was.logits[turned], is.logits[turned]].map(inTwo);
  const flat = { from, to, score: asOnTable(is.scores[turned], after) };
  return { key: "reason_saturated", values: { ...said, ...flat } };
}

/** A share of all the powers of e, as they are or, where they are too large, with the highest score
 * taken from all of them.
 * @type {(it: Case, said: Record<string, string>, key: string) => Message} */
function fractionReason({ after, is, row }, said, key) {
  const [mask, { temperature }] = [seenSteps(after), after];
  const visible = is.scores.map((_, i) => i).filter((i) => mask[i]);
  const isPlain = visible.every((i) => Math.abs(is.scores[i] / temperature) < READABLE);
  const exps = isPlain
    ? is.scores.map((score) => Math.exp(score / temperature))
    : exponentials(is.scores, mask, temperature);
  const top = isPlain ? 0 : Math.max(...visible.map((i) => is.scores[i]));
  const score = is.scores[row] - top;
  const terms = visible.map((i) => exps[i]);
  const all = terms.length > MOST_TERMS ? [terms.reduce((a, b) => a + b, 0)] : terms;
  return {
    key: isPlain ? key : "reason_differences",
    values: {
      ...said,
      logit: inTwo(is.logits[row]),
      score: asOnTable(is.scores[row], after),
      temperature: readableNumber(temperature),
      power: powerOfE(asOnTable(score, after), after),
      sign: exps[row] === 1 ? "=" : "≈",
      own: threeCount(exps[row]),
      sum: all.length > 1 ? `(${all.map(threeCount).join(" + ")})` : threeCount(all[0]),
    },
  };
}

/** What a gate lets through.
 * @type {(it: Case, name: string) => Message} */
function gateReason({ after, was, is, row }, name) {
  const stays = Math.abs(is.weights[row] - was.weights[row]) < ROUNDING;
  return {
    key: stays ? "reason_gate_stays" : "reason_gate",
    values: {
      name,
      share: percent(is.weights[row]),
      number: readableNumber(after.x[row][0]),
      sign: reasonSign(
        [writtenInPercent(is.weights[row]), writtenInFull(after.x[row][0])],
        is.output[row],
      ),
      output: inTwo(is.output[row]),
    },
  };
}

/** A feature of the output: the weighted sum over the rows.
 * @type {(it: Case) => Message} */
function outputReason({ after, is, row }) {
  const { weights, numbers } = addends(after, is, row);
  const seen = seenSteps(after);
  const rows = numbers.map((_, i) => i).filter((i) => seen[i]);
  const terms = rows
    .slice(0, MOST_TERMS)
    .map((i) => `${percent(weights[i])} · ${inSum(numbers[i])}`);
  const rest = rows.length > MOST_TERMS ? " + …" : "";
  const made = rows.flatMap((i) => [writtenInPercent(weights[i]), writtenInFull(numbers[i])]);
  const sign = reasonSign(made, is.output[row]);
  const values = { sum: terms.join(" + ") + rest, sign, output: inTwo(is.output[row]) };
  return { key: "reason_output", values };
}

/** How a logit is added up, and what becomes of it.
 * @type {(it: Case, of: string, name: string) => Message} */
function scoreReason({ after, is, row }, of, name) {
  const logit = inTwo(is.logits[row]);
  const score = asOnTable(is.scores[row], after);
  const said = { name, logit, score };
  if (of === "scores" && after.kind === "attention" && after.activation === "tanh")
    return { key: "reason_score_tanh", values: said };
  if (of === "scores" && isScaled(after)) {
    const sign = equalsSign([is.logits[row], logit], [is.scores[row], score]);
    return { key: "reason_score_scaled", values: { ...said, sign, count: rootedCount(after) } };
  }
  const { sum, given } = products(after, is, row);
  const values = { ...said, sum, sign: reasonSign(given.map(writtenInFull), is.logits[row]) };
  return { key: "reason_logit", values };
}

/** What is added up, and the numbers in it.
 * @type {(scene: Scene, trace: Trace, row: number) => { sum: string, given: Vector }} */
function products(scene, trace, row) {
  const { b } = scene;
  const [vector, factors] = multiplied(scene, trace, row);
  const terms = vector.map((one, i) => `${inSum(one)} · ${inSum(factors[i])}`);
  const bias = b && hasWeights(scene) ? [b[row]] : [];
  const sum = [...terms, ...bias.map(inSum)].join(" + ");
  return { sum, given: [...vector, ...factors, ...bias] };
}

/** @type {(scene: Scene, row: number) => string} */
const unseenReason = ({ mask }, row) => (mask[row] ? "reason_later" : "reason_masked");

/** Whether nothing moves the scores.
 * @type {(before: Scene, after: Scene) => boolean} */
const isSameBut = (before, after) => !isSelf(after) || askingStep(before) === askingStep(after);

/** @typedef {[value: number, written: string]} Written */
/** @type {(value: number) => Written} */
const writtenInFull = (value) => [value, readableNumber(value)];
/** @type {(share: number) => Written} */
const writtenInPercent = (share) => [100 * share, percent(share).replace(/\D*%/, "")];
/** @type {(given: Written[], made: number) => string} */
const reasonSign = (given, made) => equalsSign(...given, [made, inTwo(made)]);

/** @type {(value: number) => string} */
const inTwo = (value) => withoutZeros(fixedNumber(value, 2));
/** @type {(value: number) => string} */
const inSum = (value) => (value < 0 ? `(${readableNumber(value)})` : readableNumber(value));
/** @type {(value: number) => string} */
const withSign = (value) => (value > 0 ? `+${inTwo(value)}` : inTwo(value));
/** A score as the table has it.
 * @type {(score: number, scene: Scene) => string} */
const asOnTable = (score, { kind, activation }) =>
  kind === "attention" && activation === "tanh"
    ? withoutZeros(fixedNumber(score, 4))
    : inTwo(score);
/** @type {(written: string) => string} */
const withoutZeros = (written) =>
  /^−?\d+\D\d+$/.test(written) ? written.replace(/\D?0+$/, "") : written;
/** "e^84", "e^(84/20)"
 * @type {(score: string, scene: Scene) => string} */
const powerOfE = (score, { temperature }) =>
  temperature === 1 || score === "0" ? `e^${score}` : `e^(${score}/${readableNumber(temperature)})`;
/** Three digits that count; a very large or a very small number as a power of ten.
 * @type {(value: number) => string} */
function threeCount(value) {
  if (value === 0 || (value >= 0.001 && value < 1000))
    return withoutZeros(asRead(value.toPrecision(3)));
  return value >= 1000 && value < 99999.5 ? value.toFixed(0) : powerOfTen(value);
}
