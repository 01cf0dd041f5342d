// An Embedding: whole numbers look up rows of a table.

import { tensor } from "./tensor.js";

/** @import { Op } from "./types.js" */

/** @type {Op} */
export function lookUpVectors({ inputs: [x], weights: [table] }) {
  const width = table.shape[1];
  const vectors = tensor([...x.shape, width]);
  x.data.forEach((number, i) => {
    for (let j = 0; j < width; j += 1) vectors.data[i * width + j] = table.data[number * width + j];
  });
  return [vectors];
}
