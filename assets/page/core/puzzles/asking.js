// Puzzles of self-attention, after the lessons on query, key and value: every step asks, and each must
// get what is right for it.

import { oneOf, wholeBetween } from "./random.js";
import { anyNumber, eachRow, evenly, only } from "./rules.js";

/** @import { Puzzle } from "./types.js" */

/** Every step looks at one place, whatever stands there: only the vectors of the places can tell.
 * @type {Puzzle} */
export const POSITION_ALONE_PUZZLE = {
  start: {
    kind: "self_attention",
    columns: ["number", "place"],
    x: eachRow(4, (at) => [[3, 8, 5, -4][at], 0]),
    wq: [[0], [1]],
    wk: [[0], [1]],
    wv: [[1], [0]],
    ranges: { x: [-20, 20, 1], wq: [-2, 2, 0.1], pos: [-20, 20, 1] },
  },
  free: ["positions", "pos"],
  touch: ["positions", "pos.0.1", "pos.1.1", "pos.2.1", "pos.3.1"],
  rows: [4, 4],
  asks: [2, 0, 3, 1],
  asked: "row",
  scene: (random, count) => eachRow(count, () => [anyNumber(random), 0]),
  edges: (asked) => [
    eachRow(4, () => [0, 0]),
    eachRow(4, (at) => [at === asked ? 1000 : 0, 0]),
    eachRow(4, (at) => [at === asked ? 0 : 1000, 0]),
    eachRow(4, (at) => [at === (asked + 1) % 4 ? -1000 : 0, 0]),
  ],
  values: [null, [0]],
  weights: (x, asked) => only(x.length, asked, 1),
  outputs: [0],
  says: 0,
};

/** Every step copies the one before, or two before, and the first ones the first. The places are the four
 * quarters of a circle, so that one turn of the query serves them all, as with sines and cosines.
 * @type {Puzzle} */
export const STEP_BEFORE_PUZZLE = {
  start: {
    kind: "self_attention",
    columns: ["number", "east", "north"],
    x: eachRow(4, (at) => [[3, 8, 5, -4][at], 0, 0]),
    wq: [
      [1, 0],
      [1, 0],
      [0, 1],
    ],
    wk: [
      [0, 0],
      [1, 0],
      [0, 1],
    ],
    wv: [[1], [0], [0]],
    positions: "learned",
    pos: [
      [0, 1, 0],
      [0, 0, 1],
      [0, -1, 0],
      [0, 0, -1],
    ],
    ranges: { x: [-20, 20, 1], wq: [-50, 50, 1], wk: [-50, 50, 1], wv: [-2, 2, 0.1] },
  },
  free: ["wq", "wk", "causal"],
  touch: ["wq.0.0", "wq.1.0", "wq.1.1", "wq.2.0", "wq.2.1", "causal"],
  rows: [4, 4],
  asks: [1, 2],
  asked: "number",
  scene: (random, count) => eachRow(count, () => [anyNumber(random), 0, 0]),
  edges: () => [
    eachRow(4, () => [0, 0, 0]),
    ...[0, 1, 2, 3].map((far) => eachRow(4, (at) => [at === far ? 1000 : 0, 0, 0])),
    eachRow(4, (at) => [at % 2 ? -1000 : 1000, 0, 0]),
  ],
  values: [null, [0], [0]],
  weights: (x, asked, step) => only(x.length, Math.max(0, step - asked), 1),
  outputs: [0],
  says: 0,
};

/** Every step, wherever it stands, gets the number of the first capital, or of the first digit.
 * @type {Puzzle} */
export const FIRST_CAPITAL_PUZZLE = {
  start: {
    kind: "self_attention",
    columns: ["capital", "digit", "number", "place"],
    x: [
      [0, 0, 7, 0],
      [1, 0, 4, 0],
      [0, 1, 3, 0],
      [1, 0, 9, 0],
      [0, 1, 8, 0],
    ],
    wq: [[1], [1], [0], [0]],
    wk: [[1], [1], [0], [0]],
    wv: [[0], [0], [1], [0]],
    positions: "learned",
    pos: eachRow(5, (at) => [0, 0, 0, at + 1]),
    ranges: {
      ...{ x: [0, 26, 1], pos: [0, 10, 1] },
      ...{ wq: [-20, 20, 1], wk: [-20, 20, 1], wv: [-2, 2, 0.1] },
    },
  },
  free: ["wq", "wk"],
  touch: ["wq.0.0", "wq.3.0", "wk.0.0", "wk.1.0", "wk.3.0"],
  rows: [1, 5],
  asks: [0, 1],
  asked: "column",
  scene(random, count, asked) {
    const found = wholeBetween(random, 0, count - 1);
    return eachRow(count, (at) => {
      const sort = at === found ? asked : oneOf(random, [0, 1, -1, -1]);
      return [...only(2, sort, 1), wholeBetween(random, 1, 26), 0];
    });
  },
  edges(asked) {
    const [own, other, neither] = [asked, 1 - asked, -1].map((sort) => only(2, sort, 1));
    return [
      [[...own, 5, 0]],
      [
        [...own, 0, 0],
        [...own, 1000, 0],
      ],
      [
        [...neither, 1000, 0],
        [...own, 0, 0],
      ],
      eachRow(5, (at) => [...(at === 4 ? own : other), at === 4 ? 0 : 1000, 0]),
      eachRow(5, (at) => [...(at === 3 ? own : neither), at === 4 ? 1000 : 0, 0]),
    ];
  },
  values: [[0, 1], [0, 1], null, [0]],
  allows: (x, asked) =>
    x.every(([capital, digit]) => capital + digit < 2) && x.some((row) => row[asked] === 1),
  weights: (x, asked) =>
    only(
      x.length,
      x.findIndex((row) => row[asked] === 1),
      1,
    ),
  outputs: [0],
  says: 2,
};

/** The largest number and the smallest: two answers at once, which one softmax cannot give.
 * @type {Puzzle} */
export const TWO_HEADS_PUZZLE = {
  start: {
    kind: "self_attention",
    columns: ["number", "one"],
    x: [
      [3, 1],
      [8, 1],
      [5, 1],
    ],
    wq: [
      [0, 0],
      [1, 1],
    ],
    wk: [
      [1, 1],
      [0, 0],
    ],
    wv: [
      [1, 1],
      [0, 0],
    ],
    ranges: { x: [-20, 20, 1], wq: [-50, 50, 1], wk: [-50, 50, 1], wv: [-2, 2, 0.1] },
  },
  free: ["heads", "wq", "wk"],
  touch: ["heads", "wq.1.0", "wq.1.1"],
  rows: [1, 5],
  asks: [0],
  scene: (random, count) => eachRow(count, () => [anyNumber(random), 1]),
  edges: () => [
    [[4, 1]],
    [
      [5, 1],
      [5.1, 1],
    ],
    [
      [-3, 1],
      [-3.1, 1],
    ],
    [
      [6, 1],
      [6, 1],
      [1, 1],
    ],
    [
      [-1000, 1],
      [1000, 1],
    ],
    eachRow(5, (at) => [at === 2 ? 0.1 : 0, 1]),
  ],
  values: [null, [1]],
  weights(x, asked, step, at) {
    const numbers = x.map(([number]) => number);
    const wanted = at === 0 ? Math.max(...numbers) : Math.min(...numbers);
    return evenly(numbers.map((number) => number === wanted));
  },
  outputs: [0, 1],
  says: 0,
};
