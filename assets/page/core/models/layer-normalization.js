// `LayerNormalization` of Keras: each step gets a mean of 0 and a spread of 1, then a scale and a shift
// that were learned.

import { rowsOf, tensor } from "./tensor.js";

/** @import { Op } from "./types.js" */

/** @type {Op} */
export function layerNormalization({ inputs: [x], weights: [scale, shift], node: { epsilon } }) {
  const [rows, width] = rowsOf(x);
  const normal = tensor(x.shape);
  for (let row = 0; row < rows; row += 1) {
    const step = x.data.subarray(row * width, (row + 1) * width);
    let mean = 0;
    for (const number of step) mean += number / width;
    let variance = 0;
    for (const number of step) variance += (number - mean) ** 2 / width;
    const spread = Math.sqrt(variance + epsilon);
    step.forEach((number, j) => {
      normal.data[row * width + j] = ((number - mean) / spread) * scale.data[j] + shift.data[j];
    });
  }
  return [normal];
}
