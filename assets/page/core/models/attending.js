// What all attention layers end with: scores become weights, unless somebody has changed these, and
// weights of vectors one vector.

import { softmax } from "../attention.js";
import { addWeighted, rowsOf, tensor } from "./tensor.js";

/** @import { Changes, Tensor } from "./types.js" */

/** scores of the steps -> their weights; row: who looks; visible: which steps are seen
 * @type {(scores: number[], visible: boolean[] | null, row: number, changes: Changes, temperature?: number) => number[]} */
export function weightsOf(scores, visible, row, { uniform, forced }, temperature = 1) {
  if (forced?.[row]) return scores.map((_, i) => forced[row][i] ?? 0);
  return softmax(uniform ? scores.map(() => 0) : scores, visible, { temperature });
}

/** @type {(mask: Tensor | null) => boolean[] | null} */
export function visibleSteps(mask) {
  return mask && Array.from(mask.data, Boolean);
}

/** weights, a list a row, and values (steps, features) -> (rows, features)
 * @type {(weights: number[][], values: Tensor) => Tensor} */
export function weighted(weights, values) {
  const [, width] = rowsOf(values);
  const made = tensor([weights.length, width]);
  weights.forEach((row, i) => addWeighted(row, values, made.data, i * width));
  return made;
}

/** @type {(weights: number[][]) => Tensor} */
export function weightMap(weights) {
  return tensor([weights.length, weights[0].length], Float64Array.from(weights.flat()));
}
