// Puzzles after level 3: every operation, softmax and temperature, tanh, the query, the root, the gate.

import { dot, softmax } from "../attention.js";
import { oneOf, wholeBetween } from "./random.js";
import { anyNumber, column, evenly, only, eachRow } from "./rules.js";

/** @import { Puzzle } from "./types.js" */

/** @type {Puzzle} */
export const LARGEST_PUZZLE = {
  start: {
    kind: "attention",
    columns: ["number"],
    x: column([3, 7, 5]),
    w: [1],
    ranges: { x: [-20, 20, 1], w: [-20, 20, 0.5] },
  },
  free: ["w", "temperature"],
  touch: ["w.0", "temperature"],
  rows: [1, 6],
  asks: [0],
  scene: (random, count) => eachRow(count, () => [anyNumber(random)]),
  edges: () => [
    column([4]),
    column([5, 5.1]),
    column([-3, -2]),
    column([6, 6, 1]),
    column([-1000, 1000]),
    column([0, 0.1, 0, 0, 0, 0]),
  ],
  values: [null],
  weights(x) {
    const largest = Math.max(...x.map(([number]) => number));
    return evenly(x.map(([number]) => number === largest));
  },
  outputs: [0],
};

/** Exactly softmax(−x / asked): the smaller, the more; but all are heard.
 * @type {Puzzle} */
export const SOFT_MINIMUM_PUZZLE = {
  start: {
    kind: "attention",
    columns: ["number", "loudness"],
    x: [
      [2, 1],
      [4, 0],
      [5, 1],
    ],
    w: [1, 0.5],
    ranges: { x: [0, 20, 1], w: [-2, 2, 0.05], temperature: [0.5, 10, 0.5] },
  },
  free: ["w", "temperature"],
  touch: ["w.0", "w.1", "temperature"],
  rows: [1, 6],
  asks: [2, 4, 5],
  asked: "number",
  scene: (random, count) =>
    eachRow(count, () => [wholeBetween(random, 0, 10), wholeBetween(random, 0, 1)]),
  edges: (asked) => [
    [[3, 0]],
    [
      [0, 0],
      [asked, 0],
    ],
    [
      [2, 10000],
      [2.5, 0],
    ],
    [
      [-100, 0],
      [100, 0],
    ],
    [
      [4, 1],
      [4, 0],
    ],
  ],
  values: [null, null],
  weights: (x, asked) => softmax(x.map(([number]) => -number / asked)),
  outputs: [0],
};

/** The last column of the row with a one at the column that is asked for.
 * @type {Puzzle} */
export const LOOK_UP_PUZZLE = {
  start: {
    kind: "dot_product",
    columns: ["cat", "dog", "bird", "number"],
    x: [
      [1, 0, 0, 7],
      [0, 1, 0, 3],
      [0, 0, 1, 9],
    ],
    query: [1, 1, 1, 0],
    ranges: { x: [-20, 20, 1], query: [-100, 100, 1] },
  },
  free: ["query"],
  touch: ["query.0", "query.1", "query.2", "query.3"],
  rows: [1, 6],
  asks: [1, 2, 0],
  asked: "column",
  scene(random, count, asked) {
    const found = wholeBetween(random, 0, count - 1);
    return eachRow(count, (at) => {
      const key = at === found ? asked : oneOf(random, [0, 1, 2]);
      return [...only(3, key, 1), anyNumber(random)];
    });
  },
  edges(asked) {
    const [own, other, third] = [0, 1, 2].map((more) => only(3, (asked + more) % 3, 1));
    return [
      [[...own, 5]],
      [
        [...own, 2],
        [...own, 8],
      ],
      [
        [...own, 0],
        [...other, 1000],
      ],
      [
        [...third, -1000],
        [...own, 0],
      ],
      eachRow(8, (at) => (at ? [...other, 100] : [...own, 0])),
    ];
  },
  values: [[0, 1], [0, 1], [0, 1], null],
  allows: (x, asked) =>
    x.every(([cat, dog, bird]) => cat + dog + bird === 1) && x.some((row) => row[asked] === 1),
  weights: (x, asked) => evenly(x.map((row) => row[asked] === 1)),
  outputs: [3],
};

const WITHOUT_ROOT = [1, 0, 2, -1];

/** Scaled dot-product attention that gives what it gave without its root.
 * @type {Puzzle} */
export const UNDO_ROOT_PUZZLE = {
  start: {
    kind: "scaled_dot_product",
    columns: ["first", "second", "third", "fourth"],
    x: [
      [1, 0, 0, 1],
      [0, 2, 1, 0],
      [2, 1, 0, 1],
    ],
    query: WITHOUT_ROOT,
    ranges: { x: [-3, 3, 1], query: [-5, 5, 0.1], temperature: [0.1, 5, 0.1] },
  },
  free: ["query", "temperature"],
  touch: ["temperature", "query.0", "query.2", "query.3"],
  rows: [1, 6],
  asks: [0],
  scene: (random, count) =>
    eachRow(count, () => eachRow(4, () => [wholeBetween(random, -3, 3)]).flat()),
  edges: () => [
    [[1, 1, 1, 1]],
    [
      [1, 0, 0, 0],
      [0, 0, 0, 0],
    ],
    [
      [0, 10000, 0, 0],
      [0, 0, 0, 0],
    ],
    [
      [0, 0, 100, 0],
      [0, 0, -100, 0],
    ],
  ],
  values: [null, null, null, null],
  weights: (x) => softmax(x.map((row) => dot(row, WITHOUT_ROOT))),
  outputs: [0, 1, 2, 3],
};

/** The mean of the numbers above 0, by tanh alone: however large they are, they count alike.
 * @type {Puzzle} */
export const ABOVE_ZERO_PUZZLE = {
  start: {
    kind: "attention",
    columns: ["number"],
    x: column([4, -3, 12, -8]),
    w: [0.1],
    activation: "tanh",
    ranges: { x: [-20, 20, 1], w: [-200, 200, 0.1], temperature: [0.02, 2, 0.02] },
  },
  free: ["w", "activation", "temperature"],
  touch: ["w.0", "temperature"],
  rows: [1, 6],
  asks: [0],
  scene(random, count) {
    const sure = wholeBetween(random, 0, count - 1); // one is above 0
    return eachRow(count, (at) => [
      wholeBetween(random, 1, 20) * (random() < 0.5 && at !== sure ? -1 : 1),
    ]);
  },
  edges: () => [
    column([0.1, 20]),
    column([0.1, -0.1, -20]),
    column([1000, 1]),
    column([0, -5, 5]),
    column([-0.1, 0.1]),
  ],
  values: [null],
  allows: (x) => x.some(([number]) => number > 0),
  weights: (x) => evenly(x.map(([number]) => number > 0)),
  outputs: [0],
};

/** A gate whose first number, 1 or 0, lets the second through, or the third.
 * @type {Puzzle} */
export const SWITCH_PUZZLE = {
  start: {
    kind: "gate",
    columns: ["number"],
    x: column([1, 5, 8]),
    w: [
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
    ],
    b: [0, 0, 0],
    ranges: { x: [-20, 20, 1], w: [-200, 200, 1], b: [-200, 200, 1] },
  },
  free: ["w", "b"],
  touch: ["w.0.1", "w.0.2", "b.0", "b.1", "b.2"],
  rows: [3, 3],
  asks: [0],
  scene: (random) => column([wholeBetween(random, 0, 1), anyNumber(random), anyNumber(random)]),
  edges: () => [
    column([0, 1000, 1]),
    column([1, 1, 1000]),
    column([1, -1000, 1]),
    column([0, 1, -1000]),
    column([0, 0, 0]),
  ],
  values: [null],
  allows: (x) => [0, 1].includes(x[0][0]),
  weights: ([[first]]) => (first === 1 ? [0, 1, 0] : [0, 0, 1]),
  outputs: [0, 1, 2],
};
