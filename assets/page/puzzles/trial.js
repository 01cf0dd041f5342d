// A trial of what stands on the table, in slices: the page goes on meanwhile.

import { grade } from "../core/puzzles/grade.js";
import { RANDOM_SCENES } from "../core/puzzles/puzzles.js";

/** @import { Puzzle } from "../core/puzzles/types.js" */
/** @import { Matrix, Scene } from "../core/types.js" */
/** @typedef {{ tried: number, right: number, failed: Matrix | null }} Standing */

const SLICE_MS = 8; // half a frame

/** onslice: told after each; share: how much is done, 1 at the end. -> what stops it
 * @type {(puzzle: Puzzle, scene: Scene, seed: number, onslice: (standing: Standing, share: number) => void) => () => void} */
export function startTrial(puzzle, scene, seed, onslice) {
  const scenes = grade(puzzle, structuredClone(scene), seed);
  /** @type {Standing} */
  let standing = { tried: 0, right: 0, failed: null };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  function slice() {
    const end = performance.now() + SLICE_MS;
    let next;
    do {
      next = scenes.next();
      if (!next.done) standing = next.value;
    } while (!next.done && performance.now() < end);
    if (!next.done) waiting = setTimeout(slice);
    onslice(standing, next.done ? 1 : standing.tried / (RANDOM_SCENES + 20)); // of edge cases there are fewer
  }
  waiting = setTimeout(slice);
  return () => clearTimeout(waiting);
}
