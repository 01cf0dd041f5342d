// The puzzle that is open: the trial that runs, and what the last one has found.

import { changedAgainstRules } from "../core/puzzles/grade.js";
import { PUZZLES, askedBy } from "../core/puzzles/puzzles.js";
import { smallest } from "../core/puzzles/shrink.js";
import { emit, on } from "../state/events.js";
import { startScene } from "../state/lessons.js";
import { progress } from "../state/progress.js";
import { state } from "../state/store.js";
import { startTrial } from "./trial.js";

/** @import { Puzzle } from "../core/puzzles/types.js" */
/** @import { Scene } from "../core/types.js" */
/** @import { Finding } from "./verdict.js" */

/** -> its definition, and what it is about with the present seed
 * @type {() => { name: string, puzzle: Puzzle, asked: number }} */
export function puzzleHere() {
  const name = String(state.puzzle);
  const puzzle = PUZZLES[name];
  return { name, puzzle, asked: askedBy(puzzle, state.puzzleSeed) };
}

/** onchange: told whenever one of what it returns is another
 * @param {() => void} onchange */
export function puzzleSession(onchange) {
  const session = {
    /** How much of the trial that runs is done, 0 to 1; null: none runs.
     * @type {number | null} */
    share: null,
    /** @type {Finding | null} */
    found: null,
    /** What the puzzle leaves as it is, and the table has not.
     * @type {string | null} */
    broken: null,
    begin,
    clear,
  };
  let stop = () => {};
  let tried = ""; // another solution has another verdict

  function clear() {
    stop();
    tried = "";
    Object.assign(session, { share: null, found: null, broken: null });
    onchange();
  }

  function begin() {
    clear();
    const { name, puzzle, asked } = puzzleHere();
    const scene = structuredClone(state.scene);
    tried = solutionIn(scene);
    session.broken = changedAgainstRules(puzzle, startScene(), scene);
    if (session.broken) return onchange();
    session.share = 0;
    stop = startTrial(puzzle, scene, state.puzzleSeed, (standing, share) => {
      session.share = share;
      if (share === 1) {
        const { failed } = standing;
        const least = failed && smallest(puzzle, scene, failed, asked);
        session.share = null;
        session.found = { name, puzzle, scene, asked, standing, smallest: least };
        if (!least) keepSolved();
      }
      onchange();
    });
    onchange();
  }

  on("computed", () => {
    if (tried && tried !== solutionIn(state.scene)) clear();
  });
  return session;
}

function keepSolved() {
  progress.solved(state.lesson);
  emit("progress");
}

/** All of the table but its inputs, as a text.
 * @type {(scene: Scene) => string} */
function solutionIn({ kind, w, b, query, activation, temperature, columns }) {
  return JSON.stringify([kind, w, b, query, activation, temperature, columns.length]);
}
