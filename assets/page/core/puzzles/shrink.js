// The smallest scene that still goes wrong: fewest rows, then the simplest numbers.

import { solvesScene } from "./grade.js";

/** @import { Matrix } from "../types.js" */
/** @import { Puzzle, Solution } from "./types.js" */

const SIMPLE = [0, 1, -1, 2, -2, 5, -5, 10, -10, 20, -20, 50, -50, 100, -100, 500, 1000, -1000];

/** Fewer decimals first, then the smaller, then the positive.
 * @type {(number: number, than: number) => boolean} */
function isSimpler(number, than) {
  const [own, other] = [number, than].map((one) => [
    (String(one).split(".")[1] ?? "").length,
    Math.abs(one),
    Number(one < 0),
  ]);
  const at = own.findIndex((part, i) => part !== other[i]);
  return at >= 0 && own[at] < other[at];
}

/** What is simpler than a scene by one step: a row less, a column moved towards 0, a simpler number.
 * @type {(puzzle: Puzzle, x: Matrix) => Generator<Matrix>} */
export function* simpler({ rows, values }, x) {
  if (x.length > rows[0]) for (const row of x.keys()) yield x.filter((_, i) => i !== row);
  for (const [column, allowed] of values.entries()) {
    const lowest = Math.min(...x.map((row) => Math.abs(row[column])));
    const shift = x.map((row) => row[column]).find((number) => Math.abs(number) === lowest) ?? 0;
    if (!allowed && shift) yield x.map((row) => put(row, column, tidy(row[column] - shift)));
    for (const [row, vector] of x.entries()) {
      const number = vector[column];
      const candidates = allowed ?? [...SIMPLE, Math.trunc(number), tidy(number)];
      for (const other of candidates)
        if (isSimpler(other, number)) yield put(x, row, put(vector, column, other));
    }
  }
}

/** The same list with another item at a place.
 * @type {<Item>(list: Item[], at: number, item: Item) => Item[]} */
function put(list, at, item) {
  return list.map((one, i) => (i === at ? item : one));
}

/** @type {(number: number) => number} */
function tidy(number) {
  return Number(number.toFixed(1));
}

/** @type {(puzzle: Puzzle, solution: Solution, x: Matrix, asked: number) => boolean} */
function stillFails(puzzle, solution, x, asked) {
  return (puzzle.allows?.(x, asked) ?? true) && !solvesScene(puzzle, solution, x, asked);
}

/** x goes wrong -> what does so too, while nothing that is simpler by one step does. It yields after each
 * try, so that whoever asks may rest in between.
 * @type {(puzzle: Puzzle, solution: Solution, x: Matrix, asked: number) => Generator<void, Matrix>} */
export function* shrinking(puzzle, solution, x, asked) {
  let [least, tries] = [x, simpler(puzzle, x)];
  for (let next = tries.next(); !next.done; next = tries.next()) {
    yield;
    if (stillFails(puzzle, solution, next.value, asked))
      [least, tries] = [next.value, simpler(puzzle, next.value)];
  }
  return least;
}
