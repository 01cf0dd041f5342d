// A text that goes on by itself: a trained model says how likely each next character is, chance draws one
// of them, and the model reads that too. The same seed draws the same text.

import { runGraph } from "./graph.js";
import { tensor, tensorOf, toRows } from "./tensor.js";

/** @import { Answered, Changes, Graph, GraphNode, Tensor } from "./types.js" */
/** @typedef {{ probabilities: number[], attention: number[][], heads: string[] }} Read how likely each character is to be next; where each head of each layer looks from the last one, (heads, steps), and their names: "1·2" is layer 1, head 2 */
/** @typedef {(text: number[]) => Read} TextReader characters as numbers */

/** Reads with one model. Only what comes after the beginning that a text shares with the one before is
 * computed, for no step looks ahead.
 * @type {(graph: Graph, weights: Tensor[], changes?: Changes) => TextReader} */
export function textReader(graph, weights, changes = {}) {
  /** @type {number[]} */
  let known = [];
  /** @type {Map<GraphNode, Tensor[]>} */
  let memory = new Map();
  /** @type {Read} */
  let found = { probabilities: [], attention: [], heads: [] };
  return (text) => {
    const differs = text.findIndex((one, i) => one !== known[i]);
    if (differs < 0 && known.length === text.length) return found;
    const kept = differs < 0 ? text.length - 1 : differs; // the last step has to say what comes next
    memory = new Map(
      [...memory].map(([node, held]) => [node, held.map((one) => begun(one, kept))]),
    );
    const inputs = [tensorOf(text.slice(kept))];
    const { output, attention } = runGraph(graph, weights, inputs, changes, [], memory);
    known = [...text];
    return (found = { probabilities: toRows(output).at(-1) ?? [], ...looksOf(attention) });
  };
}

/** The first of its steps.
 * @type {(held: Tensor, steps: number) => Tensor} */
function begun({ shape: [all, ...others], data }, steps) {
  return tensor([steps, ...others], data.subarray(0, (data.length / all) * steps));
}

/** Where the last row of every head looks.
 * @type {(maps: Tensor[]) => { attention: number[][], heads: string[] }} */
function looksOf(maps) {
  const rows = maps.flatMap(({ shape: [heads, rows, steps], data }, layer) =>
    Array.from({ length: heads }, (_, head) => {
      const at = ((head + 1) * rows - 1) * steps;
      return { name: `${layer + 1}·${head + 1}`, weights: [...data.subarray(at, at + steps)] };
    }),
  );
  return { attention: rows.map(({ weights }) => weights), heads: rows.map(({ name }) => name) };
}

/** By its weights, who reads with a model as it is, and with what was last changed of it: what is typed
 * letter by letter is read letter by letter.
 * @type {WeakMap<Tensor[], Map<string, TextReader>>} */
const readers = new WeakMap();
const MOST_READERS = 2; // of a model

/** @type {(graph: Graph, weights: Tensor[], changes?: Changes) => TextReader} */
export function readerOf(graph, weights, changes = {}) {
  const held = readers.get(weights) ?? new Map();
  const key = JSON.stringify(changes);
  const read = held.get(key) ?? textReader(graph, weights, changes);
  held.delete(key); // the one that was used last stands last
  const kept = [...held, [key, read]].slice(-MOST_READERS);
  readers.set(weights, new Map(/** @type {[string, TextReader][]} */ (kept)));
  return read;
}

/** The likeliest next character; answers: their names, by number
 * @type {(answers: string[], graph: Graph, weights: Tensor[], text: number[], changes: Changes) => Answered} */
export function nextOf(answers, graph, weights, text, changes) {
  const { probabilities, attention, heads } = readerOf(graph, weights, changes)(text);
  const best = probabilities.indexOf(Math.max(...probabilities));
  const looks = { weights: attention.length ? attention : null, rows: heads };
  const said = { answer: answers[best], sure: probabilities[best], chances: probabilities };
  return { ...said, right: null, ...looks };
}

/** Below 1 the likely becomes likelier, above 1 everything more alike: p^(1/T), together 1 again.
 * @type {(probabilities: number[], temperature: number) => number[]} */
export function withTemperature(probabilities, temperature) {
  const logarithms = probabilities.map(Math.log);
  const most = Math.max(...logarithms);
  const powers = logarithms.map((one) => Math.exp((one - most) / temperature));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

/** chance: from 0 to 1, without 1 -> the place where the probabilities up to there exceed it
 * @type {(probabilities: number[], chance: number) => number} */
export function drawFrom(probabilities, chance) {
  let upto = 0;
  const found = probabilities.findIndex((probability) => (upto += probability) > chance);
  return found >= 0 ? found : probabilities.indexOf(Math.max(...probabilities)); // rounding
}

/** Reads a text, and draws what comes next.
 * @type {(read: TextReader, text: number[], temperature: number, random: () => number) => number} */
export function drawNext(read, text, temperature, random) {
  return drawFrom(withTemperature(read(text).probabilities, temperature), random());
}

/** Numbers from 0 to 1, without 1, that a seed settles: the generator "mulberry32" by Tommy Ettinger.
 * @type {(seed: number) => () => number} */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
