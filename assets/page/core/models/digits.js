// Writing digits one after the other: the one that a model writes is what it is given at the next step.

import { runGraph } from "./graph.js";
import { rowsOf, tensorOf, toRows } from "./tensor.js";

/** @import { Answered, Changes, Graph, ReadExample, Tensor } from "./types.js" */

/** The output's last number stands for the end.
 * @type {(graph: Graph, weights: Tensor[], example: ReadExample, changes: Changes) => Answered} */
export function digitsOf(graph, weights, { x: [words], steps, forced = {} }, changes) {
  const inputs = graph.filter(({ op }) => op === "InputLayer");
  const [length] = inputs[1].shape;
  const before = Array(length).fill(0);
  const encoded = tensorOf(words);
  const how = { ...changes, forced: { ...changes.forced, ...forced } };
  let written = "";
  let sure = 1;
  /** @type {number[][]} */
  const looks = [];
  /** @type {Tensor[][]} */
  let known = [];
  for (let step = 0; step < length; step += 1) {
    // 0 is a blank; at the first step stands the end of the number before.
    before[step] = step ? Number(written[step - 1]) + 1 : endNumber(graph, weights) + 1;
    // What was made of the words stays.
    const ran = runGraph(graph, weights, [encoded, tensorOf(before)], how, known);
    known = ran.made.map((made, i) => (dependsOn(graph, i, 1) ? [] : made));
    const [, choices] = rowsOf(ran.output);
    const chances = ran.output.data.subarray(step * choices, (step + 1) * choices);
    const best = chances.indexOf(Math.max(...chances));
    sure *= chances[best];
    if (best === choices - 1) break;
    written += best;
    if (ran.attention.length) looks.push(toRows(ran.attention[0])[step].slice(0, steps.length));
  }
  const has = graph.some(({ op }) => op === "AttentionLayer");
  return { answer: written, weights: has ? looks : null, rows: [...written], sure, right: null };
}

/** The probability that the model writes these digits and then ends: each is given those before it.
 * @type {(graph: Graph, weights: Tensor[], example: ReadExample, digits: string, changes: Changes) => number} */
export function chanceOfDigits(graph, weights, { x: [words], forced = {} }, digits, changes) {
  const [length] = graph.filter(({ op }) => op === "InputLayer")[1].shape;
  const end = endNumber(graph, weights);
  const written = [...digits].map(Number);
  const before = [end, ...written].slice(0, length).map((number) => number + 1);
  const given = [...before, ...Array(length - before.length).fill(0)];
  const how = { ...changes, forced: { ...changes.forced, ...forced } };
  const { output } = runGraph(graph, weights, [tensorOf(words), tensorOf(given)], how);
  const [, choices] = rowsOf(output);
  const wanted = [...written, end].slice(0, length);
  return wanted.reduce((chance, number, step) => chance * output.data[step * choices + number], 1);
}

/** @type {(graph: Graph, weights: Tensor[]) => number} */
function endNumber(graph, weights) {
  const last = graph[graph.length - 1].weights;
  return weights[last[last.length - 1]].shape[0] - 1;
}

/** Whether a node is made of the input of this number.
 * @type {(graph: Graph, place: number, input: number) => boolean} */
function dependsOn(graph, place, input) {
  const node = graph[place];
  if (node.op === "InputLayer")
    return graph.slice(0, place).filter(({ op }) => op === "InputLayer").length === input;
  const from = node.mask ? [...node.from, node.mask] : node.from;
  return from.some(([one]) => dependsOn(graph, one, input));
}
