// Predict first: a question before the result is seen, in a strip between the story and the table.
// Until somebody has chosen, skipped or turned anything, the result is hidden: the style learns of it
// by the event, and nothing changes its place.

import { choicesOf, predictedAnswer, withChange } from "../core/prediction.js";
import { demonstrate } from "../state/editing.js";
import { emit, listen } from "../state/events.js";
import { isAsOpened, startScene } from "../state/lessons.js";
import { chooseLesson, hides } from "../state/navigation.js";
import { progress } from "../state/progress.js";
import { state } from "../state/store.js";
import { lang, text } from "../state/texts.js";
import { emphasised, make, makeButton, showText } from "../ui/dom.js";
import { outcomeLine } from "./outcome.js";

/** @import { QuestionLesson, Standing } from "./outcome.js" */

/** @type {() => HTMLElement} */
export function predictStrip() {
  const strip = questionStrip(answer, () => chosen() !== undefined && !state.resultHidden);
  /** @type {QuestionLesson | null} */
  let asked = null; // about its own numbers: where a link brings others, nobody is asked
  const chosen = () => progress.read().predicted.get(state.lesson);

  /** @type {(choice: number | null) => void} */
  function decide(choice) {
    progress.predicted(state.lesson, choice);
    hide(false);
    emit("progress");
  }

  /** What comes of it is not to be looked for.
   * @type {(choice: number | null) => void} */
  function answer(choice) {
    decide(choice);
    strip.reveal();
  }

  /** @type {(hidden: boolean) => void} */
  function hide(hidden) {
    state.resultHidden = hidden;
    emit("result", hidden);
  }

  // A hand on the table asks to see.
  function touched() {
    if (state.resultHidden) decide(null);
  }

  function update() {
    if (asked) strip.update(asked, chosen());
  }

  listen({
    language() {
      strip.node.hidden = !asked;
      if (asked) strip.build(asked);
      update();
    },
    opened(lesson) {
      const open = chosen() === undefined;
      const asks = lesson.predict && (!open || isAsOpened());
      asked = asks ? /** @type {QuestionLesson} */ (lesson) : null;
      hide(Boolean(asks) && open && !hides("predict"));
    },
    progress: update,
    edited: touched,
    reshaping: touched,
    trained: touched,
  });
  return strip.node;
}

/** answer(choice): null skips; isOver(): nobody can answer any more.
 * @param {(choice: number | null) => void} answer
 * @param {() => boolean} isOver */
function questionStrip(answer, isOver) {
  const title = make("strong");
  const question = make("span", { "data-testid": "predict-question" });
  const choices = make("div", { class: "choices", role: "group" });
  const outcome = outcomeLine();
  const skip = makeButton("predict-skip", () => {
    answer(null);
    again.focus();
  });
  const askAgain = () => {
    progress.askAgain(state.lesson);
    chooseLesson(state.lesson);
    buttons[0].node.focus();
  };
  const again = makeButton("predict-again", askAgain, "quiet again");
  const act = makeButton("predict-do", () => demonstrate(change), "pill act");
  const later = make("span", { class: "later" }, act, again); // in the place of "skip"
  const doing = make("div", { class: "doing both" }, skip, later);
  const asking = make("p", { class: "question" }, title, " ", question);
  const attributes = { class: "panel predict", "data-testid": "predict" };
  const node = make("section", attributes, asking, choices, outcome.node, doing);
  /** @type {ReturnType<typeof choiceButton>[]} */
  let buttons = [];
  let change = () => {};

  return {
    node,
    reveal: () => doing.scrollIntoView({ block: "nearest" }),
    /** @type {(lesson: QuestionLesson) => void} */
    build(lesson) {
      const { predict } = lesson;
      const words = predict.text[lang()];
      showText(title, text("predict_first"));
      node.setAttribute("aria-label", text("predict_first"));
      choices.setAttribute("aria-label", words);
      question.replaceChildren(...emphasised(words));
      buttons = choicesOf(lesson).map((label, i) =>
        choiceButton(label[lang()], i, () => isOver() || answer(i)),
      );
      choices.replaceChildren(...buttons.map(({ node }) => node));
      showText(skip, text("predict_skip"));
      showText(again, text("predict_again"));
      showText(act, text("predict_do"));
      act.hidden = !Object.keys(predict.change).length;
      change = () => Object.assign(state.scene, withChange(startScene(), predict.change));
    },
    /** @type {(lesson: QuestionLesson, choice: number | null | undefined) => void} */
    update(lesson, choice) {
      const right = predictedAnswer(lesson.predict, startScene());
      const standing = standingOf(choice, right);
      node.dataset.state = standing;
      skip.classList.toggle("away", !state.resultHidden);
      later.classList.toggle("away", standing === "open");
      outcome.update(lesson, right, standing);
      for (const button of buttons) button.update(standing !== "open", right, choice);
    },
  };
}

/** @type {(choice: number | null | undefined, right: number) => Standing} */
function standingOf(choice, right) {
  if (choice === undefined) return "open";
  if (choice === null) return "skipped";
  return choice === right ? "right" : "wrong";
}

/** @param {string} label @param {number} i @param {() => unknown} onclick */
function choiceButton(label, i, onclick) {
  const sign = make("span", { class: "mark", role: "img" });
  const words = make("span", { dir: "auto" }, label);
  const node = makeButton(`predict-choice-${i}`, onclick, "pill choice", sign, words);
  return {
    node,
    /** @type {(isOver: boolean, right: number, choice: number | null | undefined) => void} */
    update(isOver, right, choice) {
      const mark = !isOver ? "" : i === right ? "is_right" : i === choice ? "is_wrong" : "";
      node.dataset.mark = mark;
      node.setAttribute("aria-pressed", String(i === choice));
      node.setAttribute("aria-disabled", String(isOver));
      if (mark) sign.setAttribute("aria-label", text(`predict_${mark}`));
      else sign.removeAttribute("aria-label");
      sign.setAttribute("aria-hidden", String(!mark));
    },
  };
}
