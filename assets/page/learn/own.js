// Something of one's own for the trained models to answer, while it is typed.

import { fixedNumber } from "../core/numbers.js";
import { lang, text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";
import { keepInPlace } from "../ui/in-place.js";
import { problemInLearn, taskText } from "./learn-texts.js";
import { seriesInput } from "./series-input.js";
import { soundInput } from "./sound-input.js";

/** @import { Message } from "../core/types.js" */
/** @import { Example, OwnInput, Reader, Task } from "./types.js" */
/** @typedef {{ send: (input: any, isCut?: boolean) => void, say: (key: string) => void }} OnInput send: what the task's reader takes, null for nothing; and whether its end was left out; say: what went wrong before */
/** @typedef {{ node: HTMLElement, update: (reader: Reader | undefined) => void, leave: () => void }} Input leave(): the visitor has gone elsewhere */

const REST_MS = 900; // after a key, until what is wrong so far is said

/** What is merely not there yet: it is no mistake of somebody who types.
 * @type {(problem: Message) => boolean} */
const isShort = ({ key, values = {} }) =>
  key.endsWith("_short") || (key === "refused_line_capitals" && values.came < values.most);

/** What one may enter, by a task's `input`.
 * @type {Record<string, (task: Task, on: OnInput) => Input>} */
const INPUTS = { text: textInput, sound: soundInput, series: seriesInput };

/** own: what was entered; epoch: whose weights answer, and said: what all models answer, in words
 * @type {(task: Task, enter: (input: any) => void) => { node: HTMLElement, show: (own: OwnInput | null, reader: Reader | undefined, epoch: string | null, said: string) => void, leave: () => void }} */
export function ownPanel(task, enter) {
  const title = make("h2");
  /** @type {Message | null} */
  let inputProblem = null; // before anything was read
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
  const status = make("p", { class: "status", role: "status", "data-testid": "learn-own-status" });
  /** @type {{ own: OwnInput | null, reader: Reader | undefined, epoch: string | null, said: string }} */
  let shown = { own: null, reader: undefined, epoch: null, said: "" };
  /** @type {OwnInput | null} which was said to be wrong */
  let told = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;

  /** A word that is half typed is no mistake: what is wrong is said once the keys rest. */
  function sayProblem() {
    told = shown.own;
    updateStatus();
  }
  input.node.addEventListener("focusout", sayProblem);

  function updateStatus() {
    const { own, reader, epoch, said } = shown;
    clearTimeout(waiting);
    const isTyping = input.node.contains(document.activeElement);
    if (own?.problem && own !== told && isTyping) {
      waiting = setTimeout(sayProblem, REST_MS);
      status.classList.remove("wrong");
      return showText(status, "");
    }
    const problem = inputProblem ?? own?.problem;
    status.classList.toggle("wrong", Boolean(problem && !isShort(problem)));
    const seconds = isCut ? reader?.seconds : null;
    if (problem) showText(status, problemInLearn(withLocalNumbers(problem)));
    else
      showText(
        status,
        own?.example && epoch ? answeredInWords(said, own.example, epoch, seconds) : "",
      );
  }
  return {
    node: make("section", { class: "panel own" }, title, input.node, status),
    show(own, reader, epoch, said) {
      shown = { own, reader, epoch, said };
      showText(title, taskText(task.name, "own"));
      input.update(reader);
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

/** The answers, which on a phone stand far from the field, and how they came about; seconds: that were taken,
 * where the sound was longer.
 * @type {(said: string, example: Example, epoch: string, seconds?: number | null) => string} */
function answeredInWords(said, { taken }, epoch, seconds) {
  const words = [said, text("learn_own_after", { epoch })];
  if (seconds) words.push(text("learn_cut", { seconds }));
  if (taken) {
    const [from, to] = taken.map((second) => fixedNumber(second, 1));
    words.push(text("learn_taken", { from, to }));
  }
  return words.join(" ");
}

/** @type {(task: Task, on: OnInput) => Input} */
function textInput(task, { send }) {
  const field = make("input", {
    ...{ type: "text", class: "sentence", dir: "auto", autocomplete: "off", spellcheck: "false" },
    ...{ "data-testid": "learn-own", oninput: () => answer() },
  });
  function answer() {
    keepInPlace(field);
    send(field.value.trim() ? { text: field.value } : null);
  }
  return {
    node: make("div", { class: "controls" }, make("label", { class: "field wide" }, field)),
    update() {
      field.setAttribute("aria-label", taskText(task.name, "own"));
      field.placeholder = taskText(task.name, "try");
    },
    leave() {},
  };
}
