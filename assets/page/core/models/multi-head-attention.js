// `MultiHeadAttention` of Keras: every step asks in several heads at once, each with columns of its own of
// the queries, keys and values; what they find is put side by side and projected once more.

import { visibleSteps, weightsOf } from "./attending.js";
import { appended, dotOf, project, rowsOf, tensor } from "./tensor.js";

/** @import { Op, Tensor } from "./types.js" */

/** Its first input asks, the second is looked at; where it is causal, only back. What it remembers are
 * the keys and values of the steps before.
 * @type {Op} */
export function multiHeadAttention(given) {
  const { mask, weights, node, changes, attention, memory } = given;
  const [asking, seen] = given.inputs;
  const [wq, bq, wk, bk, wv, bv, wo, bo] = weights;
  const before = memory?.get(node) ?? [];
  const queries = project(asking, byColumns(wq), bq);
  const keys = appended(project(seen, byColumns(wk), bk), before[0]);
  const values = appended(project(seen, byColumns(wv), bv), before[1]);
  memory?.set(node, [keys, values]);
  const [[rows, width], [steps]] = [rowsOf(queries), rowsOf(keys)];
  const [size, valueSize] = [width / node.heads, rowsOf(values)[1] / node.heads];
  const root = Math.sqrt(size);
  const visible = visibleSteps(mask);
  const maps = tensor([node.heads, rows, steps]);
  const found = tensor([rows, valueSize * node.heads]);
  const firstHead = node.heads * attention.length; // they are counted through all layers

  for (let head = 0; head < node.heads; head += 1)
    for (let row = 0; row < rows; row += 1) {
      const count = node.causal ? steps - rows + row + 1 : steps;
      const scores = new Array(count);
      const from = row * width + head * size;
      for (let step = 0; step < count; step += 1)
        scores[step] =
          dotOf(queries.data, from, keys.data, step * width + head * size, size) / root;
      const shares = weightsOf(scores, visible && visible.slice(0, count), row, changes);
      maps.data.set(shares, (head * rows + row) * steps);
      if (changes.withoutHeads?.includes(firstHead + head)) continue;
      gather(shares, values, head * valueSize, valueSize, found, row);
    }
  attention.push(maps);
  return [project(found, byRows(wo), bo)];
}

/** Adds to a row what a head finds: its columns of the values, from `from` on, each times its share.
 * @type {(shares: number[], values: Tensor, from: number, size: number, into: Tensor, row: number) => void} */
function gather(shares, values, from, size, into, row) {
  const [, width] = rowsOf(values);
  for (let step = 0; step < shares.length; step += 1)
    for (let j = from; j < from + size; j += 1)
      into.data[row * width + j] += shares[step] * values.data[step * width + j];
}

/** (features, heads, size) -> (features, heads · size)
 * @type {(kernel: Tensor) => Tensor} */
function byColumns({ shape: [features], data }) {
  return tensor([features, data.length / features], data);
}

/** (heads, size, features) -> (heads · size, features)
 * @type {(kernel: Tensor) => Tensor} */
function byRows({ shape, data }) {
  const features = shape[shape.length - 1];
  return tensor([data.length / features, features], data);
}
