// Whether what stands on the table, or a formula, solves a puzzle: tried on all its scenes, one after the
// other.

import { PROJECTIONS, isSelf, runWhole } from "../asking.js";
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
  const ofSelf = [...PROJECTIONS, "heads", "causal", "positions"];
  /** @type {(keyof Scene)[]} */
  const numbers = isSelf(start) ? ofSelf : isDot(start) ? ["query"] : ["w", "b", "activation"];
  /** @type {(keyof Scene)[]} */
  const watched = ["kind", ...numbers, "temperature"];
  const isOther = (/** @type {keyof Scene} */ name) =>
    JSON.stringify(scene[name]) !== JSON.stringify(start[name]);
  const changed = watched.find(
    (name) => !(/** @type {string[]} */ (free).includes(name)) && isOther(name),
  );
  if (changed) return changed;
  if (scene.columns.length !== start.columns.length) return "columns";
  if (rows[0] === rows[1] && scene.rows.length !== rows[0]) return "rows";
  // Of the places, a table with fewer rows has only the first.
  const places = Math.min(start.rows.length, scene.rows.length);
  const [own, given] = [scene.pos, start.pos].map((pos) => JSON.stringify(pos?.slice(0, places)));
  return isSelf(start) && !free.includes("pos") && own !== given ? "pos" : null;
}

/** What the scene on the table gives for other inputs, all of them visible, in the places that the puzzle
 * gives them; in self-attention when a step asks, for a number of the output.
 * @type {(puzzle: Puzzle, scene: Scene, x: Matrix, step?: number, at?: number) => Trace} */
export function answerTo(puzzle, scene, x, step = 0, at = 0) {
  const tried = triedOn(puzzle, scene, x);
  const head = isSelf(scene) ? headOf(scene, at) : 0;
  return run({ ...tried, asks: step, head });
}

/** Which head makes a number of the output.
 * @type {(scene: Scene, at: number) => number} */
export function headOf({ wv, heads }, at) {
  return Math.floor((at * heads) / (wv?.[0].length ?? 1));
}

/** @type {(puzzle: Puzzle, scene: Scene, x: Matrix) => Scene} */
function triedOn({ start, free }, scene, x) {
  const pos = free.includes("pos") ? scene.pos : (start.pos ?? null);
  const mask = x.map(() => true);
  return { ...scene, x, mask, pos: pos && pos.slice(0, x.length) };
}

/** What is right, in self-attention for a step that asks and a number of the output.
 * @type {(puzzle: Puzzle, x: Matrix, asked: number, step?: number, at?: number) => { weights: Vector, output: Vector }} */
export function rightAnswer({ start, weights: rule, outputs, says }, x, asked, step = 0, at = 0) {
  const weights = rule(x, asked, step, at);
  /** @type {(own: Vector, column: number) => number} */
  const weighed = (own, column) =>
    own.reduce((sum, weight, row) => sum + weight * x[row][column], 0);
  if (start.kind === "gate")
    return { weights, output: weights.map((weight, i) => weight * x[i][0]) };
  if (says === undefined)
    return { weights, output: x[0].map((_, column) => weighed(weights, column)) };
  return { weights, output: outputs.map((place) => weighed(rule(x, asked, step, place), says)) };
}

/** -> an output for each step that asks; where no step does, a single one
 * @type {(puzzle: Puzzle, solution: Solution, x: Matrix, asked: number) => Matrix} */
export function outputsOf(puzzle, solution, x, asked) {
  const asking = isSelf(puzzle.start) ? [...x.keys()] : [0];
  if (typeof solution === "function") return asking.map((step) => solution(x, asked, step));
  if (!isSelf(puzzle.start)) return [answerTo(puzzle, solution, x).output];
  return runWhole(triedOn(puzzle, solution, x)).output;
}

/** Where a scene goes first wrong: the step that asks, and the place in its output; null: nowhere.
 * @type {(puzzle: Puzzle, solution: Solution, x: Matrix, asked: number) => { step: number, at: number } | null} */
export function wrongAt(puzzle, solution, x, asked) {
  for (const [step, output] of outputsOf(puzzle, solution, x, asked).entries()) {
    const at = wrongPlace(puzzle, output, x, asked, step);
    if (at !== undefined) return { step, at };
  }
  return null;
}

/** @type {(puzzle: Puzzle, output: Vector, x: Matrix, asked: number, step: number) => number | undefined} */
function wrongPlace(puzzle, output, x, asked, step) {
  const [first] = puzzle.outputs;
  if (puzzle.judge) return puzzle.judge(output, x) ? undefined : first;
  const right = rightAnswer(puzzle, x, asked, step).output;
  const isNear = (/** @type {number} */ at) =>
    Math.abs(output[at] - right[at]) <= TOLERANCE * Math.max(1, Math.abs(right[at]));
  return puzzle.outputs.find((at) => !isNear(at));
}

/** @type {(puzzle: Puzzle, solution: Solution, x: Matrix, asked: number) => boolean} */
export function solvesScene(puzzle, solution, x, asked) {
  return wrongAt(puzzle, solution, x, asked) === null;
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
