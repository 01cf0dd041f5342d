// What several puzzles say in the same way: who gets how much, and what numbers stand in a scene.

import { softmax } from "../attention.js";
import { wholeBetween } from "./random.js";

/** @import { Matrix, Vector } from "../types.js" */
/** @import { Random } from "./types.js" */

/** All that are meant alike, the others nothing; where none is, all alike.
 * @type {(isMeant: boolean[]) => Vector} */
export function evenly(isMeant) {
  return softmax(
    isMeant.map(() => 0),
    isMeant.includes(true) ? isMeant : null,
  );
}

/** So many rows, each by this rule.
 * @type {(count: number, row: (at: number) => Vector) => Matrix} */
export function eachRow(count, row) {
  return Array.from({ length: count }, (_, at) => row(at));
}

/** @type {(numbers: Vector) => Matrix} */
export function column(numbers) {
  return numbers.map((number) => [number]);
}

/** @type {(random: Random) => number} */
export function anyNumber(random) {
  return wholeBetween(random, -20, 20);
}

/** A list with one number at a place, and another at all others.
 * @type {(count: number, at: number, number: number, rest?: number) => Vector} */
export function only(count, at, number, rest = 0) {
  return Array.from({ length: count }, (_, i) => (i === at ? number : rest));
}
