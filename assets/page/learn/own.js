// Something of one's own for the trained models to answer.

import { fixedNumber } from "../core/numbers.js";
import { given } from "../state/given.js";
import { lang, text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";
import { warmthLine } from "../ui/warmth.js";
import { problemInLearn, taskText } from "./learn-texts.js";
import { rangeInWords } from "./recording.js";
import { seriesInput } from "./series-input.js";
import { soundInput } from "./sound-input.js";

/** @import { Message } from "../core/types.js" */
/** @import { OwnAnswer, QuestionState, Task } from "./types.js" */
/** @typedef {{ send: (input: any, isCut?: boolean) => void, say: (key: string) => void }} OnInput send: what the task's `read` takes, and whether its end was left out; say: what went wrong before */
/** @typedef {{ node: HTMLElement, update: (asking: boolean) => void, leave: () => void }} Input leave(): the visitor has gone elsewhere */

/** What one may enter, by a task's `input`.
 * @type {Record<string, (task: Task, on: OnInput) => Input>} */
const INPUTS = { text: textInput, sound: soundInput, series: seriesInput };

/** answer: the one in sight
 * @type {(task: Task, enter: (input: any) => void) => { node: HTMLElement, show: (question: QuestionState, answer: OwnAnswer | null) => void, leave: () => void }} */
export function ownPanel(task, enter) {
  const title = make("h2");
  /** @type {Message | null} */
  let inputProblem = null; // before anything was sent
  let isCut = false; // the end of what was sent had to be left out
  const input = INPUTS[task.input](task, {
    send: (own, cut = false) => {
      [inputProblem, isCut] = [null, cut];
      enter(own);
    },
    say: (key) => {
      inputProblem = { key };
      updateStatus();
    },
  });
  const warmth = warmthLine("learn-own-warming");
  const status = make("p", { class: "status", role: "status", "data-testid": "learn-own-status" });
  /** @type {{ asking: boolean, problem: Message | null, answer: OwnAnswer | null }} */
  let shown = { asking: false, problem: null, answer: null };

  function updateStatus() {
    const problem = inputProblem ?? shown.problem;
    status.classList.toggle("wrong", Boolean(problem));
    if (problem) showText(status, problemInLearn(withLocalNumbers(problem)));
    else if (shown.asking) showText(status, text("learn_answering"));
    else showText(status, shown.answer ? ownAnswerInWords(shown.answer, isCut) : "");
  }
  return {
    node: make("section", { class: "panel own" }, title, input.node, warmth.node, status),
    show({ asking, warming, problem }, answer) {
      shown = { asking, problem, answer };
      showText(title, taskText(task.name, "own"));
      input.update(asking);
      warmth.show(warming);
      updateStatus();
    },
    leave: input.leave,
  };
}

/** Numbers as the language writes them.
 * @type {(problem: Message) => Message} */
function withLocalNumbers({ key, values = {} }) {
  const written = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === "number" ? value.toLocaleString(lang()) : value,
  ]);
  return { key, values: Object.fromEntries(written) };
}

/** How the answer came about.
 * @type {(answer: OwnAnswer, isCut: boolean) => string} */
function ownAnswerInWords({ epochs, example: { taken } }, isCut) {
  const words = [text("learn_own_after", { epoch: rangeInWords(Object.values(epochs)) })];
  if (isCut) words.push(text("learn_cut", { seconds: given.rules.sound.seconds }));
  if (taken) {
    const [from, to] = taken.map((seconds) => fixedNumber(seconds, 1));
    words.push(text("learn_taken", { from, to }));
  }
  return words.join(" ");
}

/** @type {(task: Task, on: OnInput) => Input} */
function textInput(task, { send }) {
  const field = make("input", {
    ...{ type: "text", class: "sentence", dir: "auto", autocomplete: "off", spellcheck: "false" },
    "data-testid": "learn-own",
  });
  const button = make("button", { class: "pill", "data-testid": "learn-ask" });
  /** @type {(event: Event) => void} */
  const onsubmit = (event) => {
    event.preventDefault();
    send({ text: field.value });
  };
  const label = make("label", { class: "field wide" }, field);
  return {
    node: make("form", { class: "controls", onsubmit }, label, button),
    update(asking) {
      field.setAttribute("aria-label", taskText(task.name, "own"));
      field.placeholder = taskText(task.name, "try");
      showText(button, text("learn_ask"));
      button.disabled = asking;
    },
    leave() {},
  };
}
