// What the lesson asks for stays hidden in the picture too, and so does what it could be read from.

import { state } from "../state/store.js";

/** @import { SoftmaxStep } from "../core/softmax-steps.js" */
/** @import { Stage } from "../core/types.js" */

/** Whether a number, or any of them, is the one that is asked for.
 * @type {(of: Stage, place?: number) => boolean} */
export function isAsked(of, place) {
  const { asked } = state;
  return asked?.of === of && (place === undefined || asked.rows.includes(place));
}

/** Whether the weighted output would say it.
 * @type {() => boolean} */
export function outputTells() {
  return isAsked("output") || (isAsked("weights") && state.asked?.index === null);
}

/** Whether the number of a column of the weighted output stays untold; of a gate: of a row.
 * @type {(column: number) => boolean} */
export function isOutputUntold(column) {
  return outputTells() && (isAsked("weights") || isAsked("output", column));
}

/** Whether a row's number in a step of softmax does. What exp makes of the others, too, would say how high
 * the highest score is.
 * @type {(step: SoftmaxStep, row: number) => boolean} */
export function isStepUntold(step, row) {
  if (step === "share") return isAsked("weights", row);
  return step === "score" || step === "scaled" ? isAsked("scores", row) : isAsked("scores");
}
