// `SeqSelfAttention` of attention/layers, after keras-self-attention: every step looks at all steps.

import { visibleSteps, weighted, weightMap, weightsOf } from "./attending.js";
import { dotOf, project, rowsOf, tensor } from "./tensor.js";

/** @import { Op, Tensor } from "./types.js" */

/** Where only the last step is used, only that one looks.
 * @type {Op} */
export function seqSelfAttention({ inputs: [x], mask, weights, node, changes, attention }) {
  const scoresOf =
    node.type === "additive" ? additiveScores(x, weights) : productScores(x, weights);
  const visible = visibleSteps(mask);
  const [steps, width] = rowsOf(x);
  const first = node.only === "last" ? steps - 1 : 0;
  const shares = Array.from({ length: steps - first }, (_, i) => {
    const row = first + i;
    if (visible && !visible[row]) return Array(steps).fill(0);
    return weightsOf(scoresOf(row), visible, row, changes, node.temperature);
  });
  attention.push(weightMap(shares));
  const looked = weighted(shares, x);
  if (!first) return [looked];
  const output = tensor([steps, width]); // the rows before the last are not asked for
  output.data.set(looked.data, first * width);
  return [output];
}

/** tanh(x_t·Wt + x_s·Wx + bh)·Wa + ba
 * @type {(x: Tensor, weights: Tensor[]) => (row: number) => number[]} */
function additiveScores(x, [wt, wx, bh, wa, ba]) {
  const [looks, seen] = [project(x, wt, bh), project(x, wx)];
  const [steps, units] = rowsOf(looks);
  return (row) =>
    Array.from({ length: steps }, (_, step) => {
      let sum = ba.data[0];
      for (let j = 0; j < units; j += 1)
        sum += wa.data[j] * Math.tanh(looks.data[row * units + j] + seen.data[step * units + j]);
      return sum;
    });
}

/** x_t·Wa·x_s + ba
 * @type {(x: Tensor, weights: Tensor[]) => (row: number) => number[]} */
function productScores(x, [wa, ba]) {
  const [steps, width] = rowsOf(x);
  return (row) => {
    const looks = project(tensor([width], x.data.subarray(row * width, (row + 1) * width)), wa);
    return Array.from(
      { length: steps },
      (_, step) => dotOf(looks.data, 0, x.data, step * width, width) + ba.data[0],
    );
  };
}
