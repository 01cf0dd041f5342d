// Predict first: a question before the result is seen. Which choice is right is computed, not written.

import { readableNumber } from "../core/numbers.js";
import { percentages } from "../core/percentages.js";
import { beforeAndAfter, choicesOf, predictedAnswer, withChange } from "../core/prediction.js";
import { demonstrate } from "../state/editing.js";
import { emit, listen } from "../state/events.js";
import { isAsOpened, startScene } from "../state/lessons.js";
import { chooseLesson, hides } from "../state/navigation.js";
import { progress } from "../state/progress.js";
import { state } from "../state/store.js";
import { inLanguage, lang, text } from "../state/texts.js";
import { emphasised, make, showText } from "../ui/dom.js";

// The strip between the story and the table. Until somebody has chosen, skipped or turned anything,
// the result is hidden: `page.hideResult` says so to the style, and nothing changes its place.
//
export function predictStrip() {
  const button = (testid, className, onclick) =>
    make("button", { type: "button", class: className, "data-testid": testid, onclick });
  const title = make("strong");
  const question = make("span", { "data-testid": "predict-question" });
  const choices = make("div", { class: "choices", role: "group" });
  const said = make("span", { "data-testid": "predict-outcome" });
  const unseen = make("span", { class: "unseen" });
  const outcome = make("p", { role: "status" }, said, unseen);
  const rooms = OUTCOMES.map((key) => make("p", { class: `room ${key}`, "aria-hidden": "true" }));
  const skip = button("predict-skip", "pill", () => {
    answer(null);
    again.focus();
  });
  const again = button("predict-again", "quiet again", () => {
    progress.askAgain(state.lesson);
    chooseLesson(state.lesson);
    choices.firstChild.focus();
  });
  const act = button("predict-do", "pill act", () =>
    demonstrate(() => Object.assign(state.scene, withChange(startScene(), lesson.predict.change))),
  );
  const later = make("span", { class: "later" }, act, again); // in the place of "skip"
  const doing = make("div", { class: "doing both" }, skip, later);
  const node = make(
    "section",
    { class: "panel predict", "data-testid": "predict" },
    make("p", { class: "question" }, title, " ", question),
    choices,
    make("div", { class: "outcome both" }, outcome, ...rooms),
    doing,
  );

  let lesson = null;
  let asks = false; // it asks about the lesson's own numbers: where a link brings others, nobody is asked
  let hidden = false;
  const chosen = () => progress.read().predicted.get(state.lesson);

  function decide(choice) {
    progress.predicted(state.lesson, choice);
    hide(false);
    emit("progress");
  }

  // What comes of it is not to be looked for.
  function answer(choice) {
    decide(choice);
    doing.scrollIntoView({ block: "nearest" });
  }

  function hide(next) {
    hidden = next;
    state.resultHidden = hidden;
    emit("result", hidden);
  }

  // A hand on the table asks to see.
  function touched() {
    if (hidden) decide(null);
  }

  function build() {
    node.hidden = !asks;
    if (!asks) return;
    const { predict } = lesson;
    showText(title, text("predict_first"));
    node.setAttribute("aria-label", text("predict_first"));
    choices.setAttribute("aria-label", predict.text[lang()]);
    question.replaceChildren(...emphasised(predict.text[lang()]));
    choices.replaceChildren(...choicesOf(lesson).map((label, i) => choiceButton(label[lang()], i)));
    showText(skip, text("predict_skip"));
    showText(again, text("predict_again"));
    showText(act, text("predict_do"));
    act.hidden = !Object.keys(predict.change).length;
    update();
  }

  function choiceButton(label, i) {
    const mark = make("span", { class: "mark", role: "img" });
    return make(
      "button",
      {
        type: "button",
        class: "pill choice",
        "data-testid": `predict-choice-${i}`,
        onclick: () => (hidden || chosen() === undefined) && answer(i), // or chosen in another tab
      },
      mark,
      make("span", { dir: "auto" }, label),
    );
  }

  function update() {
    if (node.hidden) return;
    const right = predictedAnswer(lesson.predict, startScene());
    const choice = chosen();
    const state = stateOf(choice, right);
    const label = choicesOf(lesson)[right][lang()];
    const number = predictedText(lesson.predict, right);
    // A row is named beside its number; a longer answer is marked where it stands, and read aloud.
    const isRow = lesson.predict.index === null;
    const answer = isRow ? `${label} — ${number}` : number;
    node.dataset.state = state;
    skip.classList.toggle("away", !hidden);
    later.classList.toggle("away", state === "open");
    const words = (key) => text(`predict_${key}`, { answer });
    OUTCOMES.forEach((key, i) => showText(rooms[i], words(key)));
    showText(said, state === "open" && !hidden ? "" : words(state));
    showText(unseen, state === "open" || isRow ? "" : `. ${label}`);
    [...choices.children].forEach((one, i) => mark(one, i, state !== "open", right, choice));
  }

  function mark(one, i, over, right, choice) {
    const key = !over ? "" : i === right ? "is_right" : i === choice ? "is_wrong" : "";
    one.dataset.mark = key;
    one.setAttribute("aria-pressed", i === choice);
    one.setAttribute("aria-disabled", over);
    const sign = one.firstChild;
    if (key) sign.setAttribute("aria-label", text(`predict_${key}`));
    else sign.removeAttribute("aria-label");
    sign.setAttribute("aria-hidden", !key);
  }

  listen({
    language: build,
    opened(next) {
      lesson = next;
      const open = chosen() === undefined;
      asks = Boolean(next.predict) && (!open || isAsOpened());
      hide(asks && open && !hides("predict"));
    },
    progress: update,
    edited: touched,
    reshaping: touched,
    trained: touched,
  });
  return node;
}

const OUTCOMES = ["open", "right", "wrong", "skipped"];

function stateOf(choice, right) {
  if (choice === undefined) return "open";
  if (choice === null) return "skipped";
  return choice === right ? "right" : "wrong";
}

// The number that is asked for, as one reads it in a sentence: "63.9 %"; where something is changed
// first, what it was and what it is then: "2 → 2: no change".
function predictedText(predict, right) {
  const { of, index, change } = predict;
  const at = index ?? right;
  const { before, after } = beforeAndAfter(predict, startScene());
  const written = (numbers) => inLanguage(WRITING[of](numbers, at));
  if (!Object.keys(change).length) return written(after);
  const moves = Math.abs(after[at] - before[at]) > 1e-9; // less comes from rounding
  return text(moves ? "predict_moves" : "predict_stays", {
    before: written(before),
    after: written(after),
  });
}

const WRITING = {
  weights: (shares, at) => percentages(shares)[at],
  scores: (scores, at) => readableNumber(Number(scores[at].toFixed(4))),
  logits: (logits, at) => readableNumber(Number(logits[at].toFixed(2))),
  output: (numbers, at) => readableNumber(Number(numbers[at].toFixed(2))),
};
