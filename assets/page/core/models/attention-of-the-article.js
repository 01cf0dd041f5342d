// The article's class, `Attention` of attention/layers: each step says itself how much it counts.

import { visibleSteps, weighted, weightMap, weightsOf } from "./attending.js";
import { project, tensor } from "./tensor.js";

/** @import { Op } from "./types.js" */

const KERAS_EPSILON = 1e-7; // of Keras; the article adds it to the sum

/** @type {Op} */
export function articleAttention({ inputs: [x], mask, weights: [w, b], node, changes, attention }) {
  const kernel = tensor([w.shape[0], 1], w.data);
  const logits = project(x, kernel).data.map((logit, i) => logit + (b ? b.data[i] : 0));
  const isTanh = node.activation === "tanh";
  const scores = Array.from(logits, (logit) => (isTanh ? Math.tanh(logit) : logit));
  const visible = visibleSteps(mask);
  let shares = weightsOf(scores, visible, 0, changes, node.temperature);
  if (isTanh && node.temperature === 1 && !changes.uniform && !changes.forced) {
    const exps = scores.map((score, i) => (!visible || visible[i] ? Math.exp(score) : 0));
    const total = exps.reduce((sum, exp) => sum + exp, 0) + KERAS_EPSILON;
    shares = exps.map((exp) => exp / total);
  }
  attention.push(weightMap([shares]));
  const { data } = weighted([shares], x);
  return [tensor([data.length], data)];
}
