// A Dense layer: each row times a kernel, plus a bias, through an activation.

import { softmax } from "../attention.js";
import { project, rowsOf, tensor } from "./tensor.js";

/** @import { Op, Tensor } from "./types.js" */

/** @type {Op} */
export function dense({ inputs: [x], weights: [kernel, bias], node }) {
  return [activated(project(x, kernel, bias), node.activation)];
}

/** @type {Record<string, (x: number) => number>} */
const EACH = {
  tanh: Math.tanh,
  relu: (x) => Math.max(x, 0),
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
};

/** @type {(x: Tensor, activation: string) => Tensor} */
function activated(x, activation) {
  if (activation === "linear") return x;
  if (activation !== "softmax") return tensor(x.shape, x.data.map(EACH[activation]));
  const [rows, columns] = rowsOf(x);
  const made = tensor(x.shape);
  for (let at = 0; at < rows * columns; at += columns)
    made.data.set(softmax([...x.data.subarray(at, at + columns)]), at);
  return made;
}
