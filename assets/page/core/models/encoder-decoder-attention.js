// `AttentionLayer` of attention/layers, after attention_keras: each step of a decoder looks back at the
// steps of an encoder.

import { visibleSteps, weighted, weightMap, weightsOf } from "./attending.js";
import { project, rowsOf } from "./tensor.js";

/** @import { Op } from "./types.js" */

/** tanh(encoder·W_a + decoder·U_a)·V_a
 * @type {Op} */
export function encoderDecoderAttention(given) {
  const { inputs, mask, weights, node, changes, attention } = given;
  const [encoder, decoder] = inputs;
  const [wa, ua, va] = weights;
  const [seen, looks] = [project(encoder, wa), project(decoder, ua)];
  const [[steps, units], [rows]] = [rowsOf(seen), rowsOf(looks)];
  const visible = visibleSteps(mask);
  const shares = Array.from({ length: rows }, (_, row) => {
    const scores = Array.from({ length: steps }, (_, step) => {
      let sum = 0;
      for (let j = 0; j < units; j += 1)
        sum += va.data[j] * Math.tanh(looks.data[row * units + j] + seen.data[step * units + j]);
      return sum;
    });
    return weightsOf(scores, visible, row, changes, node.temperature);
  });
  attention.push(weightMap(shares));
  return [weighted(shares, encoder)];
}
