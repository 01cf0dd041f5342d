// Puzzles after level 1: what a weight does.

import { anyNumber, evenly, eachRow } from "./rules.js";
import { oneOf, wholeBetween } from "./random.js";

/** @import { Puzzle } from "./types.js" */

/** Everybody counts alike, however large or loud.
 * @type {Puzzle} */
export const MEAN_PUZZLE = {
  start: {
    kind: "attention",
    columns: ["number", "loudness"],
    x: [
      [4, 2],
      [10, 0],
      [-2, 5],
    ],
    w: [0.2, 0.5],
    ranges: { x: [-20, 20, 1], w: [-1, 1, 0.05] },
  },
  free: ["w"],
  touch: ["w.0", "w.1"],
  rows: [1, 6],
  asks: [0],
  scene: (random, count) => eachRow(count, () => [anyNumber(random), wholeBetween(random, 0, 10)]),
  edges: () => [
    [[7, 3]],
    [
      [1000, 0],
      [-1000, 0],
    ],
    [
      [1, 1000],
      [0, -1000],
    ],
    [
      [5, 5],
      [5, 5],
    ],
  ],
  values: [null, null],
  weights: (x) => evenly(x.map(() => true)),
  outputs: [0],
};

/** The output's larger number is what more rows say.
 * @type {Puzzle} */
export const MAJORITY_PUZZLE = {
  start: {
    kind: "attention",
    columns: ["yes", "no"],
    x: [
      [1, 0],
      [0, 1],
      [0, 1],
    ],
    w: [1, 0],
    ranges: { x: [0, 1, 1], w: [-3, 3, 0.05] },
  },
  free: ["w"],
  touch: ["w.0", "w.1"],
  rows: [1, 9],
  asks: [0],
  scene: (random, count) =>
    eachRow(count + 1 - (count % 2), () =>
      oneOf(random, [
        [1, 0],
        [0, 1],
      ]),
    ),
  edges: () => [
    [[1, 0]],
    [[0, 1]],
    [
      [1, 0],
      [0, 1],
    ],
    eachRow(8, (at) => (at % 2 ? [1, 0] : [0, 1])),
    eachRow(9, (at) => (at < 4 ? [1, 0] : [0, 1])),
    eachRow(9, (at) => (at < 5 ? [1, 0] : [0, 1])),
  ],
  values: [
    [0, 1],
    [0, 1],
  ],
  allows: (x) => x.every(([yes, no]) => yes + no === 1),
  weights: (x) => evenly(x.map(() => true)),
  outputs: [0, 1],
  judge(output, x) {
    const votes = x.reduce((sum, [yes, no]) => sum + yes - no, 0);
    const said = output[0] - output[1];
    return Math.sign(votes) === (Math.abs(said) < 0.001 ? 0 : Math.sign(said));
  },
};

/** The mean of the rows that are not blank, whatever is left in a blank.
 * @type {Puzzle} */
export const BLANKS_PUZZLE = {
  start: {
    kind: "attention",
    columns: ["number", "blank"],
    x: [
      [6, 0],
      [0, 1],
      [8, 0],
      [0, 1],
    ],
    w: [0, 0],
    ranges: { x: [-20, 20, 1], w: [-100, 100, 1] },
  },
  free: ["w"],
  touch: ["w.0", "w.1"],
  rows: [1, 6],
  asks: [0],
  scene(random, count) {
    const sure = wholeBetween(random, 0, count - 1); // one is not blank
    return eachRow(count, (at) =>
      random() < 0.3 && at !== sure ? [0, 1] : [anyNumber(random), 0],
    );
  },
  edges: () => [
    [[5, 0]],
    [
      [3, 0],
      [1000, 1],
    ],
    [
      [-1000, 0],
      [1000, 0],
      [0, 1],
    ],
    eachRow(16, (at) => (at ? [100, 1] : [0, 0])),
  ],
  values: [null, [0, 1]],
  allows: (x) => x.some(([, blank]) => blank === 0),
  weights: (x) => evenly(x.map(([, blank]) => blank === 0)),
  outputs: [0],
};
