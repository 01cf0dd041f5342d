// The step in which one says what comes before one sees it: by a choice, or by drawing a share.

import { isRightChoice, predictedAnswer, choicesOf, withChange } from "../core/prediction.js";
import { isSameTable } from "../core/scene.js";
import { demonstrate } from "../state/editing.js";
import { emit, listen } from "../state/events.js";
import { currentLesson, isAsOpened, sceneOf, startScene } from "../state/lessons.js";
import { progress } from "../state/progress.js";
import { answerGiven, classAsked, isQuestionOpen } from "../state/question.js";
import { state } from "../state/store.js";
import { lang, text } from "../state/texts.js";
import { emphasised, make, makeButton, showText } from "../ui/dom.js";
import { FIRST_GUESS, guessField } from "./guess.js";
import { outcomeLine } from "./outcome.js";

/** @import { QuestionLesson, Standing } from "./outcome.js" */

/** @type {() => void} */
function backToStart() {
  if (!isAsOpened()) demonstrate(() => Object.assign(state.scene, sceneOf()));
}

/** Where the table still shows what was asked about, the next step begins with the lesson's own numbers.
 * @type {() => void} */
export function leaveQuestion() {
  const { predict } = currentLesson();
  const shown = predict && withChange(startScene(), predict.change);
  if (shown && isSameTable(state.scene, shown, lang())) backToStart();
}

/** onanswer: called when there is something to read; under: what is more to be said under the question
 * @type {(onanswer: () => void, under: HTMLElement[]) => { node: HTMLElement }} */
export function predictStep(onanswer, under) {
  const question = questionPart({ answer, again, act }, under);
  /** @type {QuestionLesson | null} */
  let lesson = null;

  /** null skips.
   * @type {(choice: number | null) => void} */
  function answer(choice) {
    if (classAsked() && choice !== null) return emit("answered", choice);
    progress.predicted(state.lesson, choice);
    emit("progress");
    if (choice !== null && lesson?.predict.draw && Object.keys(lesson.predict.change).length) act();
    onanswer();
  }

  function again() {
    progress.askAgain(state.lesson);
    backToStart();
    emit("progress");
    begin();
  }

  function act() {
    const { change } = /** @type {QuestionLesson} */ (lesson).predict;
    demonstrate(() => Object.assign(state.scene, withChange(startScene(), change)));
  }

  function update() {
    if (lesson) question.update(lesson, answerGiven());
  }

  /** Whoever comes to the question finds the lesson's own numbers. */
  function begin() {
    const isOpen = lesson !== null && state.step === "predict" && isQuestionOpen();
    if (isOpen) backToStart();
    const asked = classAsked();
    const draws = isOpen && lesson?.predict.draw && !asked?.isTeacher;
    const first = asked && asked.mine !== null ? asked.mine / 100 : FIRST_GUESS;
    if (isOpen || state.step !== "predict") setGuess(draws ? first : null);
  }

  listen({
    language() {
      const present = currentLesson();
      lesson = present.predict ? /** @type {QuestionLesson} */ (present) : null;
      if (lesson) question.build(lesson);
      update();
    },
    progress: update,
    classroom: update,
    step: begin,
  });
  return { node: question.node };
}

/** @type {(share: number | null) => void} */
function setGuess(share) {
  if (state.guess === share) return;
  state.guess = share;
  emit("guess", share);
}

/** @param {{ answer: (choice: number | null) => void, again: () => void, act: () => void }} doing @param {HTMLElement[]} under */
function questionPart({ answer, again, act }, under) {
  const question = make("p", { "data-testid": "predict-question" });
  const choices = make("div", { class: "choices", role: "group" });
  const outcome = outcomeLine();
  const guess = guessField((share) => answer(Math.round(100 * share)));
  const skip = makeButton("predict-skip", () => answer(null), "quiet aside");
  const askAgain = makeButton("predict-again", again, "quiet aside");
  const actButton = makeButton("predict-do", act, "pill act");
  const asking = make("div", { class: "asking" }, guess.node, skip);
  const told = make("div", { class: "told" }, outcome.node, actButton, askAgain);
  const node = make(
    "div",
    { class: "predict", "data-testid": "predict", "data-state": "open" },
    question,
    choices,
    make("div", { class: "both" }, asking, told),
    ...under,
  );
  return {
    node,
    /** @type {(lesson: QuestionLesson) => void} */
    build(lesson) {
      const { predict } = lesson;
      const words = predict.text[lang()];
      choices.setAttribute("aria-label", words);
      question.replaceChildren(...emphasised(words));
      node.classList.toggle("drawn", predict.draw); // on paper one chooses all the same
      guess.node.hidden = !predict.draw;
      const buttons = choicesOf(lesson).map((label, i) => {
        const words = [make("span", {}, label[lang()]), make("span", { class: "unseen" })];
        return makeButton(`predict-choice-${i}`, () => answer(i), "pill choice", ...words);
      });
      choices.replaceChildren(...buttons);
      guess.words(choicesOf(lesson).length ? words : "");
      showText(skip, text("predict_skip"));
      showText(askAgain, text("predict_again"));
      showText(actButton, text("predict_do"));
      actButton.hidden = predict.draw || !Object.keys(predict.change).length;
    },
    /** @type {(lesson: QuestionLesson, choice: number | null | undefined) => void} */
    update(lesson, choice) {
      const right = predictedAnswer(lesson.predict, startScene());
      const standing = standingOf(lesson, choice);
      node.dataset.state = standing;
      outcome.update(lesson, right, choice, standing);
      const isOpen = standing === "open";
      const asked = classAsked();
      node.dataset.class = asked?.standing ?? "";
      node.classList.toggle("teacher", Boolean(asked?.isTeacher));
      const isTaken = asked !== null && (asked.isTeacher || asked.standing !== "open"); // no answer is
      markChoices(choices, isOpen ? null : right, lesson.predict.draw ? null : choice);
      if (isOpen && asked) markOwn(choices, lesson.predict.draw ? null : asked.mine, isTaken);
      guess.checkedBy(asked ? "predict_send" : "predict_check");
      asking.inert = !isOpen || isTaken;
      told.inert = isOpen;
    },
  };
}

/** right: null before the answer
 * @type {(choices: HTMLElement, right: number | null, chosen: number | null | undefined) => void} */
function markChoices(choices, right, chosen) {
  [...choices.querySelectorAll("button")].forEach((button, i) => {
    const isOpen = right === null;
    const marks = isOpen ? [] : ["right", "mine"].filter((_, k) => [right, chosen][k] === i);
    button.disabled = !isOpen;
    button.inert = false;
    button.removeAttribute("aria-pressed");
    button.dataset.mark = marks.join(" ");
    const said = marks.map((mark) => text(`predict_is_${mark}`)).join(", ");
    showText(/** @type {Element} */ (button.lastElementChild), said && ` (${said})`);
  });
}

/** What was answered for the class, while it can be changed; isTaken: while it cannot.
 * @type {(choices: HTMLElement, mine: number | null, isTaken: boolean) => void} */
function markOwn(choices, mine, isTaken) {
  [...choices.querySelectorAll("button")].forEach((button, i) => {
    button.inert = isTaken;
    button.setAttribute("aria-pressed", String(i === mine));
    showText(
      /** @type {Element} */ (button.lastElementChild),
      i === mine ? ` (${text("predict_is_mine")})` : "",
    );
  });
}

/** @type {(lesson: QuestionLesson, choice: number | null | undefined) => Standing} */
function standingOf({ predict }, choice) {
  if (choice === undefined) return "open";
  if (choice === null) return "skipped";
  return isRightChoice(predict, startScene(), choice) ? "right" : "wrong";
}
