// What came of a prediction: the line beside the question that says what is right.

import { readableNumber } from "../core/numbers.js";
import { percentages } from "../core/percentages.js";
import { beforeAndAfter, choicesOf } from "../core/prediction.js";
import { startScene } from "../state/lessons.js";
import { state } from "../state/store.js";
import { inLanguage, lang, text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";

/** @import { Lesson, Prediction, Stage, Vector } from "../core/types.js" */
/** @typedef {Lesson & { predict: Prediction }} QuestionLesson */
/** @typedef {"open" | "right" | "wrong" | "skipped"} Standing */

/** @type {Standing[]} */
const STANDINGS = ["open", "right", "wrong", "skipped"];

/** Whatever it may say has its room, so that nothing moves. */
export function outcomeLine() {
  const said = make("span", { "data-testid": "predict-outcome" });
  const unseen = make("span", { class: "unseen" });
  const rooms = STANDINGS.map((key) => make("p", { class: `room ${key}`, "aria-hidden": "true" }));
  const outcome = make("p", { role: "status" }, said, unseen);
  return {
    node: make("div", { class: "outcome both" }, outcome, ...rooms),
    /** @type {(lesson: QuestionLesson, right: number, standing: Standing) => void} */
    update(lesson, right, standing) {
      const label = choicesOf(lesson)[right][lang()];
      const number = predictedText(lesson.predict, right);
      // A row is named beside its number; a longer answer is marked where it stands, and read aloud.
      const isRow = lesson.predict.index === null;
      const answer = isRow ? `${label} — ${number}` : number;
      /** @type {(key: Standing) => string} */
      const words = (key) => text(`predict_${key}`, { answer });
      STANDINGS.forEach((key, i) => showText(rooms[i], words(key)));
      const isOpen = standing === "open";
      showText(said, isOpen && !state.resultHidden ? "" : words(standing));
      showText(unseen, isOpen || isRow ? "" : `. ${label}`);
    },
  };
}

/** The number that is asked for, as one reads it in a sentence: "63.9 %"; where something is changed
 * first, what it was and what it is then: "2 → 2: no change".
 * @type {(predict: Prediction, right: number) => string} */
function predictedText(predict, right) {
  const { of, index, change } = predict;
  const at = index ?? right;
  const { before, after } = beforeAndAfter(predict, startScene());
  /** @type {(numbers: Vector) => string} */
  const written = (numbers) => inLanguage(WRITING[of](numbers, at));
  if (!Object.keys(change).length) return written(after);
  const moves = Math.abs(after[at] - before[at]) > 1e-9; // less comes from rounding
  const values = { before: written(before), after: written(after) };
  return text(moves ? "predict_moves" : "predict_stays", values);
}

/** @type {Record<Stage, (numbers: Vector, at: number) => string>} */
const WRITING = {
  weights: (shares, at) => percentages(shares)[at],
  scores: (scores, at) => readableNumber(Number(scores[at].toFixed(4))),
  logits: (logits, at) => readableNumber(Number(logits[at].toFixed(2))),
  output: (numbers, at) => readableNumber(Number(numbers[at].toFixed(2))),
};
