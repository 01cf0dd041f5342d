// Puzzles after level 4: gradient descent finds their weights from examples, and so does a hand.

import { softmax } from "../attention.js";
import { wholeBetween } from "./random.js";
import { anyNumber, evenly, eachRow } from "./rules.js";

/** @import { Matrix } from "../types.js" */
/** @import { Puzzle } from "./types.js" */

/** The number of the row that is both large and loud.
 * @type {Puzzle} */
export const BOTH_PUZZLE = {
  start: {
    kind: "attention",
    columns: ["large", "loud", "number"],
    x: [
      [1, 0, 4],
      [1, 1, 9],
      [0, 1, 2],
      [0, 0, 7],
    ],
    w: [1, -1, 0],
    ranges: { x: [-20, 20, 1], w: [-100, 100, 1] },
  },
  free: ["w"],
  touch: ["w.0", "w.1", "w.2"],
  rows: [1, 6],
  asks: [0],
  scene(random, count) {
    const found = wholeBetween(random, 0, count - 1);
    const mark = () => wholeBetween(random, 0, 1);
    return eachRow(count, (at) => [
      ...(at === found ? [1, 1] : [mark(), mark()]),
      anyNumber(random),
    ]);
  },
  edges: () => [
    [[1, 1, 5]],
    [
      [1, 1, 2],
      [1, 1, 8],
    ],
    [
      [1, 1, 0],
      [1, 0, 1000],
    ],
    [
      [0, 1, 1000],
      [1, 1, 0],
    ],
    [
      [0, 0, -1000],
      [1, 1, 0],
    ],
  ],
  values: [[0, 1], [0, 1], null],
  allows: (x) => x.some(([large, loud]) => large + loud === 2),
  weights: (x) => evenly(x.map(([large, loud]) => large + loud === 2)),
  outputs: [2],
};

/** One more in the number, so many times the attention.
 * @type {Puzzle} */
export const DOUBLING_PUZZLE = {
  start: {
    kind: "attention",
    columns: ["number", "loudness"],
    x: [
      [1, 1],
      [2, 0],
      [3, 1],
    ],
    w: [1, 0.5],
    ranges: { x: [0, 10, 1], w: [-3, 3, 0.001] },
  },
  free: ["w", "temperature"],
  touch: ["w.0", "w.1"],
  rows: [1, 6],
  asks: [2, 3, 4],
  asked: "number",
  scene: (random, count) =>
    eachRow(count, () => [wholeBetween(random, 0, 10), wholeBetween(random, 0, 1)]),
  edges: (asked) => [
    [[5, 0]],
    [
      [0, 0],
      [1, 0],
    ],
    balanced(asked),
    [
      [1, 10000],
      [2, 0],
    ],
    [
      [3, 1],
      [3, 0],
    ],
    [
      [-50, 0],
      [50, 0],
    ],
  ],
  values: [null, null],
  weights: (x, asked) => softmax(x.map(([number]) => number * Math.log(asked))),
  outputs: [0],
};

/** One row against many: how far 3.9 times is from 4 shows where both sides weigh about the same.
 * @type {(times: number) => Matrix} */
function balanced(times) {
  const far = times === 2 ? 4 : 2;
  return eachRow(Math.min(times ** far, 16), (at) => [at ? -far / 2 : far / 2, 0]);
}
