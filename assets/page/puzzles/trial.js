// A trial of a solution, in slices: the page goes on meanwhile.

import { grade } from "../core/puzzles/grade.js";
import { RANDOM_SCENES, askedBy } from "../core/puzzles/puzzles.js";
import { shrinking } from "../core/puzzles/shrink.js";
import { problemOf } from "../core/refused.js";

/** @import { Puzzle, Solution } from "../core/puzzles/types.js" */
/** @import { Matrix } from "../core/types.js" */
/** @import { Message } from "../core/types.js" */
/** @typedef {{ tried: number, right: number, failed: Matrix | null }} Standing */
/** @typedef {{ onslice: (share: number) => void, onend: (standing: Standing, smallest: Matrix | null) => void, onproblem: (problem: Message) => void }} Listener */

const SLICE_MS = 8; // half a frame

/** -> what stops it. onslice: told after each how much is done, less than 1; onend: what was tried, and the
 * smallest scene that goes wrong; onproblem: told what a formula cannot compute, after which the trial is over
 * @type {(puzzle: Puzzle, solution: Solution, seed: number, told: Listener) => () => void} */
export function startTrial(puzzle, solution, seed, { onslice, onend, onproblem }) {
  const trial = wholeTrial(puzzle, solution, seed);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  function slice() {
    const end = performance.now() + SLICE_MS;
    try {
      let next = trial.next();
      while (!next.done && performance.now() < end) next = trial.next();
      if (next.done) return onend(next.value.standing, next.value.smallest);
      waiting = setTimeout(slice);
      onslice(next.value.tried / (RANDOM_SCENES + 20)); // of edge cases there are fewer
    } catch (error) {
      onproblem(problemOf(error));
    }
  }
  waiting = setTimeout(slice);
  return () => clearTimeout(waiting);
}

/** All scenes, then simpler ones from the first that went wrong.
 * @type {(puzzle: Puzzle, solution: Solution, seed: number) => Generator<Standing, { standing: Standing, smallest: Matrix | null }>} */
function* wholeTrial(puzzle, solution, seed) {
  /** @type {Standing} */
  let standing = { tried: 0, right: 0, failed: null };
  for (standing of grade(puzzle, solution, seed)) yield standing;
  if (!standing.failed) return { standing, smallest: null };
  const tries = shrinking(puzzle, solution, standing.failed, askedBy(puzzle, seed));
  let next = tries.next();
  for (; !next.done; next = tries.next()) yield standing;
  return { standing, smallest: next.value };
}
