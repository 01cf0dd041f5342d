// What a trained model says of one example: its answer, how sure it is, and where it looks.

import { digitsOf } from "./digits.js";
import { hasAttention, runGraph } from "./graph.js";
import { forecastOf } from "./forecast.js";
import { nextOf } from "./next-character.js";
import { tensorOf, toRows } from "./tensor.js";
import { unpackWeights } from "./weights.js";

/** @import { Answered, Changes, Graph, Packed, ReadExample, Tensor } from "./types.js" */
/** @typedef {{ answers_with: string, view: string }} AnsweringTask */

/** Unpacked once, as long as somebody has the packed ones.
 * @type {WeakMap<Packed[], Tensor[]>} */
const unpacked = new WeakMap();

/** @type {(packed: Packed[]) => Tensor[]} */
export function weightsIn(packed) {
  const held = unpacked.get(packed) ?? unpackWeights(packed);
  unpacked.set(packed, held);
  return held;
}

/** answers: the names of what is chosen among; packed: the weights of one epoch
 * @type {(task: AnsweringTask, answers: string[], graph: Graph, packed: Packed[], example: ReadExample, changes?: Changes) => Answered} */
export function answerExample(task, answers, graph, packed, example, changes = {}) {
  const weights = weightsIn(packed);
  if (task.answers_with === "digits") return digitsOf(graph, weights, example, changes);
  if (task.answers_with === "next") return nextOf(answers, graph, weights, example.x[0], changes);
  const { output, attention } = runGraph(graph, weights, example.x.map(tensorOf), changes);
  const looks = hasAttention(graph) ? sharesOfSteps(attention[0], example.steps.length) : null;
  const where = {
    weights: looks && [looks],
    rows: [task.view === "sequence" ? example.steps[example.steps.length - 1] : ""],
  };
  if (task.answers_with === "number") return { ...forecastOf(output.data[0], example), ...where };
  const chances = [...output.data];
  const best = chances.indexOf(Math.max(...chances));
  return { answer: answers[best], sure: chances[best], right: null, chances, ...where };
}

/** The share of each step: of several rows, the mean of those that look at anything. Blanks come first.
 * @type {(attention: Tensor, steps: number) => number[]} */
function sharesOfSteps(attention, steps) {
  const rows = toRows(attention);
  const total = rows.flat().reduce((sum, weight) => sum + weight, 0) || 1;
  const sums = rows[0].map((_, step) => rows.reduce((sum, row) => sum + row[step], 0));
  return sums.slice(-steps).map((sum) => (rows.length > 1 ? sum / total : sum));
}
