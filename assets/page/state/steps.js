// The steps of a lesson, of which one at a time is in sight: touch, predict, challenge, what one saw.

import { emit } from "./events.js";
import { currentLesson } from "./lessons.js";
import { hides } from "./navigation.js";
import { state } from "./store.js";

/** @import { Step } from "./store.js" */

/** -> those that the present lesson has, and that no link has hidden
 * @type {() => Step[]} */
export function stepsHere() {
  if (state.home) return hides("story") ? [] : ["touch"];
  const { predict, seen, article, tasks } = currentLesson();
  /** @type {[Step, unknown][]} */
  const steps = [
    ["touch", !hides("story")],
    ["predict", predict && !hides("predict")],
    ["challenge", !hides("challenge")],
    ["seen", (seen || article || tasks.length) && !hides("story")],
  ];
  return steps.filter(([, has]) => has).map(([step]) => step);
}

/** @type {(step?: Step) => void} */
export function showStep(step = stepsHere()[0]) {
  state.step = step;
  emit("step", step);
}

/** -> the step after the present one; undefined: it is the last
 * @type {() => Step | undefined} */
export function stepAfter() {
  const steps = stepsHere();
  return steps[steps.indexOf(state.step) + 1];
}
