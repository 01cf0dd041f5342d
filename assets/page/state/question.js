// How the question of the present lesson stands: as this reader has answered it, or as the class is at it.

import { progress } from "./progress.js";
import { state } from "./store.js";

/** @import { ClassQuestion } from "./store.js" */

/** -> what the class is asked, where that is the question of the present lesson
 * @type {() => ClassQuestion | null} */
export function classAsked() {
  const { asksClass } = state;
  return asksClass && !state.home && asksClass.lesson === state.lesson ? asksClass : null;
}

/** -> what was chosen, or the share that was drawn; null: it was skipped; undefined: it is open. In a class
 * it is open until the teacher tells what is true.
 * @type {() => number | null | undefined} */
export function answerGiven() {
  const asked = classAsked();
  if (!asked) return progress.read().predicted.get(state.lesson);
  return asked.standing === "told" ? asked.mine : undefined;
}

/** @type {() => boolean} */
export const isQuestionOpen = () => answerGiven() === undefined;
