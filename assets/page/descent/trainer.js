// Gradient descent on the scene of the page: play, pause, one step, and back to where it began.

import { descend } from "../core/descent.js";
import { moveTo } from "../core/objective.js";
import { restore, trained } from "../state/editing.js";
import { emit } from "../state/events.js";
import { settle } from "../state/settle.js";
import { state } from "../state/store.js";
import { countSteps, endRun } from "../state/training-run.js";
import { descentLog } from "./log.js";
import { stepClock } from "./run.js";

/** @import { Scene } from "../core/types.js" */
/** @typedef {"paused" | "swings" | "arrived" | "still" | "diverged"} Status */

const JUDGED_EACH = 10; // steps

export class DescentTrainer {
  log = descentLog();
  /** @type {Status | null} */
  status = null;
  /** @type {Scene | null} */
  #before = null; // the scene as it was before training began
  #clock = stepClock((count) => this.#take(count));
  #onstep;
  #onchange;

  /** onstep: it has come further; onchange: something else has changed.
   * @param {{ onstep: () => void, onchange: () => void }} listeners */
  constructor({ onstep, onchange }) {
    this.#onstep = onstep;
    this.#onchange = onchange;
  }

  get isPlaying() {
    return this.#clock.playing();
  }

  get canReset() {
    return this.#before !== null;
  }

  play() {
    this.#begin();
    emit("running", true);
    this.#clock.play();
    this.#onchange();
  }

  pause() {
    if (this.isPlaying) this.#stop("paused");
  }

  step() {
    this.#rest();
    this.#begin();
    this.#take(1);
    this.#onchange();
    settle();
  }

  /** What is asked for stays as it is, where it still fits. */
  reset() {
    const before = this.#before;
    if (!before) return;
    const { objective } = state.scene;
    const fits = objective.target.length === before.rows.length;
    this.forget();
    restore({ ...before, objective: fits ? objective : before.objective });
  }

  /** What was learned is another scene's. */
  forget() {
    this.#rest();
    endRun();
    this.log.clear();
    [this.#before, this.status] = [null, null];
  }

  /** A hand has turned something: a run goes on from there once it rests. */
  touched() {
    endRun();
    this.#clock.wait();
    this.log.turned();
  }

  reshaping() {
    this.pause();
    endRun();
    this.log.reshaped();
  }

  #rest() {
    this.#clock.pause();
    emit("running", false);
  }

  #begin() {
    this.#before ??= structuredClone(state.scene);
    this.log.turned();
    this.status = null;
  }

  /** @param {number} count of steps */
  #take(count) {
    const { scene } = state;
    const { points, end } = descend(scene, scene.objective, count);
    countSteps(scene, points.length - 1);
    this.log.add(points);
    moveTo(scene, points[points.length - 1].numbers);
    trained();
    this.#onstep();
    if (end) this.#stop(end);
    else if (this.log.steps() % JUDGED_EACH < count) this.#judge(scene.objective.rate);
  }

  /** @param {number} rate */
  #judge(rate) {
    const verdict = this.log.verdict(rate);
    if (verdict === "level") this.#stop("arrived");
    else if (verdict !== this.status) this.#say(verdict);
  }

  /** @param {Status} why */
  #stop(why) {
    this.#rest();
    this.#say(why);
    this.#onstep();
    settle();
  }

  /** @param {Status | null} status */
  #say(status) {
    this.status = status;
    this.#onchange();
  }
}
