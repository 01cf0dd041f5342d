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
 * remember of the steps that went in before, of a model in which no step looks ahead
 * -> what each node made, the output, and the weights of each attention layer, (rows, steps) or (heads, rows, steps)
 * @type {(graph: Graph, weights: Tensor[], inputs: Tensor[], changes?: Changes, known?: Tensor[][], memory?: Memory) => { made: Tensor[][], output: Tensor, attention: Tensor[] }} */
export function runGraph(graph, weights, inputs, changes = {}, known = [], memory) {
  /** @type {Tensor[][]} */
  const made = [];
  /** @type {Tensor[]} */
  const attention = [];
  /** @type {(place: Place) => Tensor} */
  const at = ([node, output]) => made[node][output];
  let entered = 0;
  for (const node of graph) {
    if (node.op === "InputLayer") made.push([inputs[entered++]]);
    else if (known[made.length]?.length) made.push(known[made.length]);
    else
      made.push(
        OPS[node.op]({
          inputs: node.from.map(at),
          mask: node.mask && at(node.mask),
          weights: node.weights.map((place) => weights[place]),
          ...{ node, changes, attention, memory },
        }),
      );
  }
  return { made, output: made[made.length - 1][0], attention };
}

/** @type {(graph: Graph) => boolean} */
export function hasAttention(graph) {
  return graph.some(({ op }) => op.includes("Attention"));
}

/** @type {(graph: Graph) => boolean} */
export function hasRecurrence(graph) {
  return graph.some(({ op }) => ["LSTM", "GRU", "Bidirectional"].includes(op));
}
