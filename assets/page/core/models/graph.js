// Computes what a trained model answers: its graph, node by node, with the weights of one epoch.

import { articleAttention } from "./attention-of-the-article.js";
import { dense } from "./dense.js";
import {
  addUp,
  anyOf,
  asItIs,
  concatenate,
  cumulativeSum,
  greater,
  logicalOr,
  meanOfSteps,
  multiply,
  notEqual,
  onesLike,
  oneStep,
} from "./elementwise.js";
import { lookUpVectors } from "./embedding.js";
import { encoderDecoderAttention } from "./encoder-decoder-attention.js";
import { layerNormalization } from "./layer-normalization.js";
import { multiHeadAttention } from "./multi-head-attention.js";
import { bidirectional, gru, lstm } from "./recurrent.js";
import { seqSelfAttention } from "./seq-self-attention.js";
import { rowsOf, tensor } from "./tensor.js";

/** @import { Changes, Graph, Memory, Op, Place, Tensor } from "./types.js" */

/** By the name that Keras has for it; those of attention/training/graph.py.
 * @type {Record<string, Op>} */
const OPS = {
  Dense: dense,
  Embedding: lookUpVectors,
  Masking: asItIs, // what it hides is 0 already
  Add: addUp,
  Multiply: multiply,
  Concatenate: concatenate,
  GetItem: oneStep,
  NotEqual: notEqual,
  Greater: greater,
  Any: anyOf,
  LogicalOr: logicalOr,
  Cast: asItIs,
  OnesLike: onesLike,
  Cumsum: cumulativeSum,
  GlobalAveragePooling1D: meanOfSteps,
  LSTM: lstm,
  GRU: gru,
  Bidirectional: bidirectional,
  Attention: articleAttention,
  SeqSelfAttention: seqSelfAttention,
  AttentionLayer: encoderDecoderAttention,
  LayerNormalization: layerNormalization,
  MultiHeadAttention: multiHeadAttention,
};

/** known: what the nodes made before, where that has not changed; of the others nothing. memory: what nodes
 * remember of the steps that went in before, of a model in which no step looks ahead: of that one, only what the
 * last step says is wanted
 * -> what each node made, the output, and the weights of each attention layer, (rows, steps) or (heads, rows, steps)
 * @type {(graph: Graph, weights: Tensor[], inputs: Tensor[], changes?: Changes, known?: Tensor[][], memory?: Memory) => { made: Tensor[][], output: Tensor, attention: Tensor[] }} */
export function runGraph(graph, weights, inputs, changes = {}, known = [], memory) {
  /** @type {Tensor[][]} */
  const made = [];
  /** @type {Tensor[]} */
  const attention = [];
  /** @type {(place: Place) => Tensor} */
  const at = ([node, output]) => made[node][output];
  const isNarrow = memory ? lastStepAlone(graph) : [];
  let entered = 0;
  for (const node of graph) {
    const narrowed = !isNarrow[made.length] ? 0 : node.op === ASKING ? 1 : node.from.length;
    if (node.op === "InputLayer") made.push([inputs[entered++]]);
    else if (known[made.length]?.length) made.push(known[made.length]);
    else
      made.push(
        OPS[node.op]({
          inputs: node.from.map((place, i) => (i < narrowed ? lastStep(at(place)) : at(place))),
          mask: node.mask && at(node.mask),
          weights: node.weights.map((place) => weights[place]),
          ...{ node, changes, attention, memory },
        }),
      );
  }
  return { made, output: made[made.length - 1][0], attention };
}

const ASKING = "MultiHeadAttention"; // its first input asks; of the others every step is looked at
const STEP_BY_STEP = [ASKING, "Dense", "Add", "LayerNormalization"];

/** By node, whether of all that it makes only the last step has a part in the last step of the output.
 * @type {(graph: Graph) => boolean[]} */
function lastStepAlone(graph) {
  const alone = graph.map(({ op }) => STEP_BY_STEP.includes(op));
  for (let i = graph.length - 1; i >= 0; i -= 1)
    graph[i].from.forEach(([source], place) => {
      alone[source] &&= alone[i] && (graph[i].op !== ASKING || place === 0);
    });
  return alone;
}

/** @type {(x: Tensor) => Tensor} */
function lastStep(x) {
  const [, width] = rowsOf(x);
  return tensor([1, width], x.data.subarray(x.data.length - width));
}

/** @type {(graph: Graph) => boolean} */
export function hasAttention(graph) {
  return graph.some(({ op }) => op.includes("Attention"));
}

/** @type {(graph: Graph) => boolean} */
export function hasRecurrence(graph) {
  return graph.some(({ op }) => ["LSTM", "GRU", "Bidirectional"].includes(op));
}
