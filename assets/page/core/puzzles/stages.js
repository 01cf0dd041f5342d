// Which stage of a wrong answer is the first that is wrong, and for which rows: what the hint is about.

import { isSelf, ofHead, seenSteps } from "../asking.js";
import { answerTo, headOf, rightAnswer, wrongAt } from "./grade.js";

/** @import { Matrix, Scene, Stage, Trace, Vector } from "../types.js" */
/** @import { Puzzle } from "./types.js" */
/** @typedef {Stage | "queries" | "keys" | "mask" | "values"} FaultyStage the last four only in self-attention */
/** @typedef {"order" | "alike" | "share" | "leak" | "zero" | "hidden" | "other"} How */
/** more, less: rows, of which the one must get more, or both alike; weight, right: what `more` gets, and
 * should; step, at: the step that asks, and the number of the output
 * @typedef {{ stage: FaultyStage, how: How, more: number, less: number, weight: number, right: number, step: number, at: number }} Fault */
/** @typedef {{ stage: FaultyStage, how: How, more: number, less?: number }} Found */

const VISIBLE_SHARE = 0.005; // of a weight: what one sees in a percentage
const EQUAL = 1e-9;

/** @type {(puzzle: Puzzle, scene: Scene, x: Matrix, asked: number) => Fault} */
export function faultOf(puzzle, scene, x, asked) {
  const { step, at } = wrongAt(puzzle, scene, x, asked) ?? { step: 0, at: puzzle.outputs[0] };
  const trace = answerTo(puzzle, scene, x, step, at);
  const { weights: right } = rightAnswer(puzzle, x, asked, step, at);
  const seen = isSelf(scene)
    ? seenSteps({ ...scene, asks: step, mask: x.map(() => true) })
    : x.map(() => true);
  const found =
    hiddenFault(right, seen) ??
    orderFault(trace, right, seen, isSelf(scene) ? unaskedIn(scene, trace, step, at) : null) ??
    alikeFault(puzzle, trace, right) ??
    shareFault(puzzle, trace, right, x, at);
  const { more, less = more } = found;
  return { ...found, less, weight: trace.weights[more], right: right[more], step, at };
}

/** What must be heard, and the causal mask hides.
 * @type {(right: Vector, seen: boolean[]) => Found | null} */
function hiddenFault(right, seen) {
  const more = right.findIndex((share, row) => share > EQUAL && !seen[row]);
  return more < 0 ? null : { stage: "mask", how: "hidden", more };
}

/** @type {(trace: Trace, right: Vector, seen: boolean[], unasked: ((more: number, less: number) => Found | null) | null) => Found | null} */
function orderFault({ logits, scores }, right, seen, unasked) {
  const pairs = pairsOf(right, (a, b) => a > b + EQUAL);
  pairs.sort(([, one], [, other]) => logits[other] - logits[one]); // the row that gets too much comes first
  for (const [more, less] of pairs) {
    if (!seen[less]) continue;
    if (logits[more] <= logits[less])
      return unasked?.(more, less) ?? { stage: "logits", how: "order", more, less };
    if (scores[more] <= scores[less]) return { stage: "scores", how: "order", more, less };
  }
  return null;
}

/** Why two logits are equal before query and key meet: the query is 0, or both keys are the same.
 * @type {(scene: Scene, trace: Trace, step: number, at: number) => (more: number, less: number) => Found | null} */
function unaskedIn(scene, { whole }, step, at) {
  const { queries, keys } = /** @type {NonNullable<Trace["whole"]>} */ (whole);
  const own = (/** @type {Vector} */ vector) =>
    ofHead({ ...scene, head: headOf(scene, at) }, vector);
  return (more, less) => {
    if (own(queries[step]).every((number) => number === 0))
      return { stage: "queries", how: "zero", more, less };
    const [one, other] = [more, less].map((row) => own(keys[row]));
    return one.every((number, i) => number === other[i])
      ? { stage: "keys", how: "alike", more, less }
      : null;
  };
}

/** @type {(puzzle: Puzzle, trace: Trace, right: Vector) => Found | null} */
function alikeFault({ start }, { logits, weights }, right) {
  for (const [more, less] of pairsOf(right, (a, b) => a > EQUAL && Math.abs(a - b) <= EQUAL))
    if (Math.abs(weights[more] - weights[less]) > VISIBLE_SHARE / 5) {
      const isEarly = Math.abs(logits[more] - logits[less]) > EQUAL;
      const stage = isEarly && start.activation !== "tanh" ? "logits" : "scores";
      return { stage, how: "alike", more, less };
    }
  return null;
}

/** @type {(puzzle: Puzzle, trace: Trace, right: Vector, x: Matrix, at: number) => Found} */
function shareFault({ says }, { weights, whole }, right, x, at) {
  const apart = weights.map((weight, row) => Math.abs(weight - right[row]));
  const worst = apart.indexOf(Math.max(...apart));
  if (apart[worst] >= VISIBLE_SHARE) return { stage: "weights", how: "share", more: worst };
  const more = whole
    ? right.findIndex(
        (share, row) =>
          share > EQUAL && Math.abs(whole.values[row][at] - x[row][Number(says)]) > EQUAL,
      )
    : -1;
  return more < 0
    ? { stage: "output", how: "leak", more: worst }
    : { stage: "values", how: "other", more };
}

/** @type {(right: Vector, holds: (a: number, b: number) => boolean) => [number, number][]} */
function pairsOf(right, holds) {
  return right.flatMap((a, i) =>
    right.flatMap((b, j) =>
      i !== j && holds(a, b) ? [/** @type {[number, number]} */ ([i, j])] : [],
    ),
  );
}
