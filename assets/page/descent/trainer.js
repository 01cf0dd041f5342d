// Gradient descent on the scene of the page: play, pause, one step, and back to where it began.

import { descend } from "../core/descent.js";
import { moveTo } from "../core/objective.js";
import { restore, trained } from "../state/editing.js";
import { settle } from "../state/settle.js";
import { state } from "../state/store.js";
import { descentLog } from "./log.js";
import { stepClock } from "./run.js";

/** @typedef {"paused" | "swings" | "arrived" | "still" | "diverged" | null} Standing */
/** @typedef {ReturnType<typeof descentTrainer>} Trainer */

const JUDGED_EACH = 10; // steps

/** onstep(): it has come further; onchange(): something else has changed.
 * @param {{ onstep: () => void, onchange: () => void }} watcher */
export function descentTrainer({ onstep, onchange }) {
  const log = descentLog();
  const clock = stepClock(take);
  /** @type {import("../core/types.js").Scene | null} */
  let before = null; // the scene as it was before training began
  /** @type {Standing} */
  let said = null; // how it stands, or how a run has ended

  /** @param {number} count */
  function take(count) {
    const scene = state.scene;
    const { points, end } = descend(scene, scene.objective, count);
    log.add(points);
    moveTo(scene, log.point()?.numbers ?? {});
    trained();
    onstep();
    if (end) stop(end);
    else if (log.steps() % JUDGED_EACH < count) judge(scene.objective.rate);
  }

  /** @param {number} rate */
  function judge(rate) {
    const verdict = log.verdict(rate);
    if (verdict === "level") stop("arrived");
    else if (verdict !== said) say(verdict);
  }

  /** @param {Standing} what */
  function say(what) {
    said = what;
    onchange();
  }

  /** @param {Standing} why */
  function stop(why) {
    clock.pause();
    say(why);
    onstep();
    settle();
  }

  function begin() {
    before ??= structuredClone(state.scene);
    log.turned();
    said = null;
  }

  // What was learned is another scene's.
  function forget() {
    clock.pause();
    log.clear();
    [before, said] = [null, null];
  }

  const pause = () => clock.playing() && stop("paused");
  return {
    log,
    playing: clock.playing,
    said: () => said,
    canReset: () => before !== null,
    pause,
    forget,
    play() {
      begin();
      clock.play();
      onchange();
    },
    step() {
      clock.pause();
      begin();
      take(1);
      onchange();
      settle();
    },
    reset() {
      if (!before) return;
      const { objective } = state.scene;
      const same = objective.target.length === before.rows.length;
      const scene = { ...before, objective: same ? objective : before.objective };
      forget();
      restore(scene);
    },
    // A hand has turned something: a run goes on from there once it rests.
    touched() {
      clock.wait();
      log.turned();
    },
    reshaping() {
      pause();
      log.reshaped();
    },
  };
}
