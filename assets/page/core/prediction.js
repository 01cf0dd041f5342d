// A lesson's question: which choice is right is computed from the scene, not written in the file.

import { factorsOf, run } from "./scene.js";

/** @import { Lesson, Prediction, Scene, Vector } from "./types.js" */

// The twins of Prediction in attention/lessons/prediction.py: `start` is the scene as the lesson opens it.

/** -> the scene with the fields of `change` in place of its own
 * @type {(start: Scene, change: Record<string, any>) => Scene} */
export function withChange(start, change) {
  const scene = Object.assign(structuredClone(start), structuredClone(change));
  scene.mask = scene.mask?.length ? scene.mask : scene.rows.map(() => true);
  return Object.assign(scene, factorsOf(scene));
}

/** -> the number that is asked for; one for each row, where the rows are the choices
 * @type {(asked: Pick<Prediction, "of" | "index" | "change" | "difference">, start: Scene) => Vector} */
export function predictedNumbers({ of, index, change, difference }, start) {
  const { before, after } = beforeAndAfter({ of, change }, start);
  const found = difference ? after.map((number, i) => number - before[i]) : after;
  return index === null ? found : [found[index]];
}

/** -> all numbers of the kind that is asked for, without `change` and with it
 * @type {(asked: Pick<Prediction, "of" | "change">, start: Scene) => { before: Vector, after: Vector }} */
export function beforeAndAfter({ of, change }, start) {
  return { before: run(start)[of], after: run(withChange(start, change))[of] };
}

/** -> which choice is right
 * @type {(predict: Prediction, start: Scene) => number} */
export function predictedAnswer(predict, start) {
  const numbers = predictedNumbers(predict, start);
  if (!predict.choices.length) return numbers.indexOf(Math.max(...numbers));
  return predict.choices.findIndex(
    ({ at_least, at_most }) => numbers[0] >= at_least && numbers[0] <= at_most,
  );
}

export const NEAR = 0.05; // a share of 1

/** Whether a drawn share, in whole per cent, is as good as the true one.
 * @type {(guess: number, share: number) => boolean} */
export function isRightGuess(guess, share) {
  return Math.abs(guess / 100 - share) <= NEAR + 1e-9;
}

/** Whether this choice, or this share in whole per cent, is right; one who skipped has none.
 * @type {(predict: Prediction, start: Scene, choice: number | null | undefined) => boolean} */
export function isRightChoice(predict, start, choice) {
  if (choice === null || choice === undefined) return false;
  if (predict.draw) return isRightGuess(choice, predictedNumbers(predict, start)[0]);
  return choice === predictedAnswer(predict, start);
}

/** -> the choices' texts, each in every language
 * @type {(lesson: Pick<Lesson, "predict" | "rows">) => Record<string, string>[]} */
export function choicesOf({ predict, rows }) {
  if (predict?.choices.length) return predict.choices.map(({ text }) => text);
  const languages = Object.keys(rows);
  return rows[languages[0]].map((_, i) =>
    Object.fromEntries(languages.map((lang) => [lang, rows[lang][i]])),
  );
}
