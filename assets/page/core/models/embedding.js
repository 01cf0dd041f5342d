// An Embedding: whole numbers look up rows of a table.

import { tensor } from "./tensor.js";

/** @import { Op } from "./types.js" */

/** @type {Op} */
export function lookUpVectors({ inputs: [x], weights: [table] }) {
  const width = table.shape[1];
  const vectors = tensor([...x.shape, width]);
  x.data.forEach((number, i) => {
    vectors.data.set(table.data.subarray(number * width, (number + 1) * width), i * width);
  });
  return [vectors];
}
