// Which stage of a wrong answer is the first that is wrong, and for which rows: what the hint is about.

import { answerTo, rightAnswer } from "./grade.js";

/** @import { Matrix, Scene, Stage, Vector } from "../types.js" */
/** @import { Puzzle } from "./types.js" */
/** @typedef {{ stage: Stage, how: "order" | "alike" | "share" | "leak", more: number, less: number, weight: number, right: number }} Fault more, less: rows, of which the one must get more, or both alike; weight, right: what `more` gets, and should */

const VISIBLE_SHARE = 0.005; // of a weight: what one sees in a percentage
const EQUAL = 1e-9;

/** @type {(puzzle: Puzzle, scene: Scene, x: Matrix, asked: number) => Fault} */
export function faultOf(puzzle, scene, x, asked) {
  const { logits, scores, weights } = answerTo(scene, x);
  const { weights: right } = rightAnswer(puzzle, x, asked);
  /** @type {(stage: Stage, how: Fault["how"], more: number, less?: number) => Fault} */
  const fault = (stage, how, more, less = more) => ({
    ...{ stage, how, more, less },
    ...{ weight: weights[more], right: right[more] },
  });
  for (const [more, less] of pairsOf(right, (a, b) => a > b + EQUAL)) {
    if (logits[more] <= logits[less]) return fault("logits", "order", more, less);
    if (scores[more] <= scores[less]) return fault("scores", "order", more, less);
  }
  for (const [more, less] of pairsOf(right, (a, b) => a > EQUAL && Math.abs(a - b) <= EQUAL))
    if (Math.abs(weights[more] - weights[less]) > VISIBLE_SHARE / 5) {
      const isEarly = Math.abs(logits[more] - logits[less]) > EQUAL;
      return fault(
        isEarly && puzzle.start.activation !== "tanh" ? "logits" : "scores",
        "alike",
        more,
        less,
      );
    }
  const apart = weights.map((weight, row) => Math.abs(weight - right[row]));
  const worst = apart.indexOf(Math.max(...apart));
  return apart[worst] >= VISIBLE_SHARE
    ? fault("weights", "share", worst)
    : fault("output", "leak", worst);
}

/** @type {(right: Vector, holds: (a: number, b: number) => boolean) => [number, number][]} */
function pairsOf(right, holds) {
  return right.flatMap((a, i) =>
    right.flatMap((b, j) =>
      i !== j && holds(a, b) ? [/** @type {[number, number]} */ ([i, j])] : [],
    ),
  );
}
