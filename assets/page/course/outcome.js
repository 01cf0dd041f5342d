// What came of a prediction: what is right, and where that was not what one thought, why.

import { readableNumber } from "../core/numbers.js";
import { percent } from "../core/percentages.js";
import { beforeAndAfter, choicesOf } from "../core/prediction.js";
import { reasonFor } from "../core/reason.js";
import { nameOf } from "../core/scene.js";
import { startScene } from "../state/lessons.js";
import { lang, text } from "../state/texts.js";
import { make, showText, showTypeset } from "../ui/dom.js";

/** @import { Lesson, Prediction, Stage, Vector } from "../core/types.js" */
/** @typedef {Lesson & { predict: Prediction }} QuestionLesson */
/** @typedef {"open" | "right" | "wrong" | "skipped"} Standing */

export function outcomeLine() {
  const said = make("strong", { "data-testid": "predict-outcome" });
  const reason = make("span", { "data-testid": "predict-reason" });
  return {
    node: make("p", { class: "outcome", role: "status" }, said, " ", reason),
    /** @type {(lesson: QuestionLesson, right: number, choice: number | null | undefined, standing: Standing) => void} */
    update(lesson, right, choice, standing) {
      const { predict } = lesson;
      const isOpen = standing === "open";
      const number = predictedText(predict, right);
      // A row is named beside its number.
      const isRow = predict.index === null;
      const answer = isRow ? `${choicesOf(lesson)[right][lang()]}\u00A0— ${number}` : number;
      const drawn = predict.draw && typeof choice === "number";
      const guess = drawn ? `${text("predict_drawn", { guess: percent(choice / 100) })} ` : "";
      showText(said, isOpen ? "" : guess + text(`predict_${standing}`, { answer }));
      const explains = standing === "wrong" || standing === "skipped";
      showTypeset(reason, explains ? reasonText(predict, drawn ? null : (choice ?? null)) : "");
    },
  };
}

/** @type {(predict: Prediction, choice: number | null) => string} */
function reasonText(predict, choice) {
  const names = startScene().rows.map((label) => nameOf(label, lang()));
  const { key, values } = reasonFor(predict, startScene(), names, choice);
  return text(key, values);
}

/** The number that is asked for, as one reads it in a sentence: "63.9 %"; where something is changed
 * first, what it was and what it is then: "2 → 2: no change".
 * @type {(predict: Prediction, right: number) => string} */
function predictedText(predict, right) {
  const { of, index, change } = predict;
  const at = index ?? right;
  const { before, after } = beforeAndAfter(predict, startScene());
  /** @type {(numbers: Vector) => string} */
  const written = (numbers) => WRITING[of](numbers, at);
  if (!Object.keys(change).length) return written(after);
  const moves = Math.abs(after[at] - before[at]) > 1e-9; // less comes from rounding
  const values = { before: written(before), after: written(after) };
  return text(moves ? "predict_moves" : "predict_stays", values);
}

/** @type {Record<Stage, (numbers: Vector, at: number) => string>} */
const WRITING = {
  weights: (shares, at) => percent(shares[at]),
  scores: (scores, at) => readableNumber(Number(scores[at].toFixed(4))),
  logits: (logits, at) => readableNumber(Number(logits[at].toFixed(2))),
  output: (numbers, at) => readableNumber(Number(numbers[at].toFixed(2))),
};
