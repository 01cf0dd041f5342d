// Whether what stands on the table, or a formula, solves a puzzle: tried on all its scenes, one after the
// other.

import { isDot, run } from "../scene.js";
import { askedBy, scenesOf } from "./puzzles.js";

/** @import { Matrix, Scene, Trace, Vector } from "../types.js" */
/** @import { Puzzle, Solution } from "./types.js" */

/** Of an output that is compared, in parts of the right one, or of 1 where that is less. */
export const TOLERANCE = 0.01;

/** What of the table a puzzle leaves as it is, and is another now: the name of a field, or null.
 * @type {(puzzle: Puzzle, start: Scene, scene: Scene) => string | null} */
export function changedAgainstRules({ free, rows }, start, scene) {
  /** @type {(keyof Scene)[]} */
  const numbers = isDot(start) ? ["query"] : ["w", "b", "activation"];
  /** @type {(keyof Scene)[]} */
  const watched = ["kind", ...numbers, "temperature"];
  const isOther = (/** @type {keyof Scene} */ name) =>
    JSON.stringify(scene[name]) !== JSON.stringify(start[name]);
  const changed = watched.find(
    (name) => !(/** @type {string[]} */ (free).includes(name)) && isOther(name),
  );
  if (changed) return changed;
  if (scene.columns.length !== start.columns.length) return "columns";
  return rows[0] === rows[1] && scene.rows.length !== rows[0] ? "rows" : null;
}

/** What the scene on the table gives for other inputs, all of them visible.
 * @type {(scene: Scene, x: Matrix) => Trace} */
export function answerTo(scene, x) {
  return run({ ...scene, x, mask: x.map(() => true) });
}

/** @type {(puzzle: Puzzle, x: Matrix, asked: number) => { weights: Vector, output: Vector }} */
export function rightAnswer({ start, weights: rule }, x, asked) {
  const weights = rule(x, asked);
  if (start.kind === "gate")
    return { weights, output: weights.map((weight, i) => weight * x[i][0]) };
  const output = x[0].map((_, column) =>
    weights.reduce((sum, weight, row) => sum + weight * x[row][column], 0),
  );
  return { weights, output };
}

/** @type {(solution: Solution, x: Matrix, asked: number) => Vector} */
export function outputOf(solution, x, asked) {
  return typeof solution === "function" ? solution(x, asked) : answerTo(solution, x).output;
}

/** @type {(puzzle: Puzzle, solution: Solution, x: Matrix, asked: number) => boolean} */
export function solvesScene(puzzle, solution, x, asked) {
  const output = outputOf(solution, x, asked);
  if (puzzle.judge) return puzzle.judge(output, x);
  const right = rightAnswer(puzzle, x, asked).output;
  return puzzle.outputs.every(
    (at) => Math.abs(output[at] - right[at]) <= TOLERANCE * Math.max(1, Math.abs(right[at])),
  );
}

/** Try all scenes; after each it yields how far it is, so that whoever asks may rest in between.
 * @type {(puzzle: Puzzle, solution: Solution, seed: number) => Generator<{ tried: number, right: number, failed: Matrix | null }>} */
export function* grade(puzzle, solution, seed) {
  const asked = askedBy(puzzle, seed);
  const standing = { tried: 0, right: 0, failed: /** @type {Matrix | null} */ (null) };
  for (const x of scenesOf(puzzle, seed)) {
    standing.tried += 1;
    if (solvesScene(puzzle, solution, x, asked)) standing.right += 1;
    else if (!standing.failed || x.length < standing.failed.length) standing.failed = x;
    yield standing;
  }
}
