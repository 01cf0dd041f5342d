// The puzzle that is open: the trial that runs, and what the last one has found.

import { isSelf } from "../core/asking.js";
import { changedAgainstRules } from "../core/puzzles/grade.js";
import { outputIn, outputSize, readFormula } from "../core/puzzles/formula.js";
import { PUZZLES, askedBy } from "../core/puzzles/puzzles.js";
import { problemOf } from "../core/refused.js";
import { emit, on } from "../state/events.js";
import { startScene } from "../state/lessons.js";
import { progress } from "../state/progress.js";
import { state } from "../state/store.js";
import { startTrial } from "./trial.js";

/** @import { Puzzle, Solution } from "../core/puzzles/types.js" */
/** @import { Matrix, Message, Scene } from "../core/types.js" */
/** @import { Standing } from "./trial.js" */
/** @import { Finding } from "./verdict.js" */

/** -> its definition, and what it is about with the present seed
 * @type {() => { name: string, puzzle: Puzzle, asked: number }} */
export function puzzleHere() {
  const name = String(state.puzzle);
  const puzzle = PUZZLES[name];
  return { name, puzzle, asked: askedBy(puzzle, state.puzzleSeed) };
}

/** share: how much of the trial that runs is done, 0 to 1, null where none runs; found: by the last trial that
 * ended; isOld: the solution is another since; broken: what the puzzle leaves as it is, and the table has not;
 * problem: what is wrong with a formula
 * @typedef {{ share: number | null, found: Finding | null, isOld: boolean, broken: string | null, problem: Message | null }} Trial */

/** @type {Trial} */
const NOTHING_TRIED = { share: null, found: null, isOld: false, broken: null, problem: null };

/** onchange: told whenever one of what it returns is another
 * @param {() => void} onchange */
export function puzzleSession(onchange) {
  let stop = () => {};
  let tried = ""; // another solution has another verdict

  /** What was found stays in sight while one acts on it, and the table in its place. @param {Finding | null} found */
  function end(found) {
    stop();
    tried = "";
    show({ ...NOTHING_TRIED, found, isOld: found !== null });
  }
  const clear = () => end(null);
  const age = () => end(session.found); // the solution is another now
  const session = { ...NOTHING_TRIED, begin, beginFormula, age, clear };

  /** What stands on the table. */
  function begin() {
    age();
    const scene = structuredClone(state.scene);
    tried = solutionIn(scene);
    session.broken = changedAgainstRules(puzzleHere().puzzle, startScene(), scene);
    if (session.broken) return onchange();
    tryOn(scene);
  }

  /** @param {string} text */
  function beginFormula(text) {
    age();
    try {
      tryOn(solutionBy(text, puzzleHere().puzzle));
    } catch (error) {
      refuse(problemOf(error));
    }
  }

  /** @param {Message} problem */
  const refuse = (problem) => show({ share: null, problem });

  /** @param {Partial<Trial>} changed */
  function show(changed) {
    Object.assign(session, changed);
    onchange();
  }

  /** @param {Solution} solution */
  function tryOn(solution) {
    session.share = 0;
    stop = startTrial(puzzleHere().puzzle, solution, state.puzzleSeed, {
      onslice: (share) => show({ share }),
      onend: (...ended) =>
        show({ share: null, found: findingOf(solution, ...ended), isOld: false }),
      onproblem: refuse,
    });
    onchange();
  }

  on("computed", () => {
    if (tried && tried !== solutionIn(state.scene)) age();
  });
  return session;
}

/** What a whole trial has found; what is solved is remembered.
 * @type {(solution: Solution, standing: Standing, smallest: Matrix | null) => Finding} */
function findingOf(solution, standing, smallest) {
  if (!smallest) keepSolved();
  return { ...puzzleHere(), solution, standing, smallest };
}

/** What a formula gives for the output.
 * @type {(text: string, puzzle: Puzzle) => Solution} */
function solutionBy(text, puzzle) {
  const compute = readFormula(text);
  const asks = isSelf(puzzle.start);
  return (x, asked, step) => outputIn(compute(x, asked, asks ? step : null), outputSize(puzzle, x));
}

function keepSolved() {
  progress.solved(state.lesson);
  emit("progress");
}

/** All of the table but its inputs, as a text.
 * @type {(scene: Scene) => string} */
function solutionIn(scene) {
  const { kind, w, b, query, activation, temperature, columns } = scene;
  const { wq, wk, wv, heads, causal, positions } = scene;
  const { puzzle } = puzzleHere();
  return JSON.stringify([
    ...[kind, w, b, query, activation, temperature, columns.length],
    ...[wq, wk, wv, heads, causal, positions, puzzle.free.includes("pos") && scene.pos],
    changedAgainstRules(puzzle, startScene(), scene),
  ]);
}
