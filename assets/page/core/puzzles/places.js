// Puzzles after level 2: what a bias does. It belongs to a place, so there are always as many rows.

import { softmax } from "../attention.js";
import { anyNumber, column, only } from "./rules.js";

/** @import { Puzzle, Random } from "./types.js" */

/** @type {(random: Random, count: number) => number[][]} */
const anyColumn = (random, count) => column(Array.from({ length: count }, () => anyNumber(random)));

/** The louder, the more; but one place is never heard, however loud.
 * @type {Puzzle} */
export const SILENCE_PUZZLE = {
  start: {
    kind: "attention",
    columns: ["loudness"],
    x: column([2, 1, 2, 1]),
    w: [1],
    b: [0, 0, 0, 0],
    ranges: { x: [-20, 20, 1], w: [-2, 2, 0.1], b: [-1500, 1500, 10] },
  },
  free: ["b"],
  touch: ["b.0", "b.1", "b.2", "b.3"],
  rows: [4, 4],
  asks: [2, 0, 3, 1],
  asked: "row",
  scene: anyColumn,
  edges: (asked) => [
    column([0, 0, 0, 0]),
    column(only(4, asked, 100)),
    column(only(4, asked, 1000)),
    column(only(4, (asked + 1) % 4, 500)),
    column(only(4, asked, 0, -100)),
  ],
  values: [null],
  weights: (x, asked) =>
    softmax(
      x.map(([loudness]) => loudness),
      x.map((_, at) => at !== asked),
    ),
  outputs: [0],
};

/** The number that stands at one place, whatever it is.
 * @type {Puzzle} */
export const ONE_PLACE_PUZZLE = {
  start: {
    kind: "attention",
    columns: ["number"],
    x: column([3, 8, 5, -4, 1]),
    w: [1],
    b: [0, 0, 0, 0, 0],
    ranges: { x: [-20, 20, 1], w: [-2, 2, 0.1], b: [-100, 100, 1] },
  },
  free: ["w", "b"],
  touch: ["w.0", "b.0", "b.1", "b.2", "b.3", "b.4"],
  rows: [5, 5],
  asks: [2, 4, 0, 3, 1],
  asked: "row",
  scene: anyColumn,
  edges: (asked) => [
    column([0, 0, 0, 0, 0]),
    column(only(5, asked, -1000)),
    column(only(5, (asked + 1) % 5, 1000)),
    column(only(5, (asked + 4) % 5, -1000)),
  ],
  values: [null],
  weights: (x, asked) => only(x.length, asked, 1),
  outputs: [0],
};

/** The mean of the last two, as of the last two days.
 * @type {Puzzle} */
export const LAST_TWO_PUZZLE = {
  start: {
    kind: "attention",
    columns: ["number"],
    x: column([9, 2, 7, 4, 6]),
    w: [0.5],
    b: [0, 0, 0, 0, 0],
    ranges: { x: [-20, 20, 1], w: [-2, 2, 0.1], b: [-100, 100, 1] },
  },
  free: ["w", "b"],
  touch: ["w.0", "b.0", "b.1", "b.2", "b.3", "b.4"],
  rows: [5, 5],
  asks: [0],
  scene: anyColumn,
  edges: () => [
    column([0, 0, 0, 0, 0]),
    column([0, 0, 0, 1000, -1000]),
    column([1000, 0, 0, 0, 0]),
    column([0, 0, -1000, 0, 0]),
  ],
  values: [null],
  weights: (x) => x.map((_, at) => (at < x.length - 2 ? 0 : 0.5)),
  outputs: [0],
};
