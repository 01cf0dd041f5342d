// Undo and redo. A step is what a hand does in one go: a drag with all its pauses, a number or a name
// that is typed, a run of training. Whoever knows where a gesture begins and ends says so here.

import { reshape } from "./editing.js";
import { emit, listen } from "./events.js";
import { state } from "./store.js";

/** @import { Scene } from "../core/types.js" */

const MOST_STEPS = 100;

/** @type {Scene[]} */
const past = [];
/** @type {Scene[]} */
const future = [];
/** @type {Scene} as it was when the last step ended */
let latest;
let running = false; // training moves the numbers
let touched = false; // a hand does, since the last gesture began
/** @type {Scene | null} */
let trainedSoFar = null; // how far training had come when it began

export function watchHistory() {
  listen({
    opened(_, again) {
      if (again) return endStep();
      past.length = future.length = 0;
      [latest, touched] = [structuredClone(state.scene), false];
      emit("history");
    },
    edited: touch,
    renamed: touch,
    reshaping: endStep,
    shape: endStep,
    running(on) {
      endStep();
      running = on;
      trainedSoFar = null;
    },
  });
}

// What training has done so far is a step of its own.
function touch() {
  if (trainedSoFar) keepStep(trainedSoFar);
  trainedSoFar = null;
  if (touched) return;
  touched = true;
  emit("history");
}

/** A gesture begins: what was before it is complete.
 * @type {() => void} */
export function beginGesture() {
  endGesture();
  trainedSoFar = running ? structuredClone(state.scene) : null;
}

/** A gesture has ended. A run of training goes on through those that change nothing.
 * @type {() => void} */
export function endGesture() {
  if (!running || touched) endStep();
}

function endStep() {
  touched = false;
  if (latest) keepStep(state.scene);
}

/** @type {(scene: Scene) => void} */
function keepStep(scene) {
  if (JSON.stringify(scene) !== JSON.stringify(latest)) {
    past.push(latest);
    past.splice(0, Math.max(past.length - MOST_STEPS, 0));
    future.length = 0;
    latest = structuredClone(scene);
  }
  emit("history");
}

export const canUndo = () => past.length > 0 || touched;
export const canRedo = () => future.length > 0 && !touched;

/** focus: the test id that has the focus, and keeps it
 * @type {(focus?: string) => void} */
export const undo = (focus) => putBack(past, future, focus);

/** @type {(focus?: string) => void} */
export const redo = (focus) => putBack(future, past, focus);

/** @type {(from: Scene[], to: Scene[], focus?: string) => void} */
function putBack(from, to, focus) {
  endStep();
  if (!from.length) return;
  reshape(() => {
    to.push(latest);
    latest = /** @type {Scene} */ (from.pop());
    state.scene = structuredClone(latest);
  }, focus);
}
