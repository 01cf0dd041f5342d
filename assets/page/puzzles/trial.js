// A trial of a solution, in slices: the page goes on meanwhile.

import { grade } from "../core/puzzles/grade.js";
import { RANDOM_SCENES } from "../core/puzzles/puzzles.js";
import { problemOf } from "../core/refused.js";

/** @import { Puzzle, Solution } from "../core/puzzles/types.js" */
/** @import { Matrix } from "../core/types.js" */
/** @import { Message } from "../core/types.js" */
/** @typedef {{ tried: number, right: number, failed: Matrix | null }} Standing */

const SLICE_MS = 8; // half a frame

/** onslice: told after each; share: how much is done, 1 at the end. -> what stops it
 * onproblem: told what a formula cannot compute, after which the trial is over
 * @type {(puzzle: Puzzle, solution: Solution, seed: number, onslice: (standing: Standing, share: number) => void, onproblem: (problem: Message) => void) => () => void} */
export function startTrial(puzzle, solution, seed, onslice, onproblem) {
  const scenes = grade(puzzle, solution, seed);
  /** @type {Standing} */
  let standing = { tried: 0, right: 0, failed: null };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  function slice() {
    const end = performance.now() + SLICE_MS;
    let next;
    try {
      do {
        next = scenes.next();
        if (!next.done) standing = next.value;
      } while (!next.done && performance.now() < end);
      if (!next.done) waiting = setTimeout(slice);
      onslice(standing, next.done ? 1 : standing.tried / (RANDOM_SCENES + 20)); // of edge cases there are fewer
    } catch (error) {
      onproblem(problemOf(error));
    }
  }
  waiting = setTimeout(slice);
  return () => clearTimeout(waiting);
}
