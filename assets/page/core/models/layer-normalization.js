// `LayerNormalization` of Keras: each step gets a mean of 0 and a spread of 1, then a scale and a shift
// that were learned.

import { rowsOf, tensor } from "./tensor.js";

/** @import { Op } from "./types.js" */

/** @type {Op} */
export function layerNormalization({ inputs: [x], weights: [scale, shift], node: { epsilon } }) {
  const [rows, width] = rowsOf(x);
  const normal = tensor(x.shape);
  for (let row = 0; row < rows; row += 1) {
    const at = row * width;
    let mean = 0;
    for (let j = 0; j < width; j += 1) mean += x.data[at + j] / width;
    let variance = 0;
    for (let j = 0; j < width; j += 1) variance += (x.data[at + j] - mean) ** 2 / width;
    const spread = Math.sqrt(variance + epsilon);
    for (let j = 0; j < width; j += 1)
      normal.data[at + j] = ((x.data[at + j] - mean) / spread) * scale.data[j] + shift.data[j];
  }
  return [normal];
}
