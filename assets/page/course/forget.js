// At the end of the page: what this browser remembers of the course can be forgotten.

import { emit, listen } from "../state/events.js";
import { progress } from "../state/progress.js";
import { text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";

const SECONDS_TO_FORGET = 5;

/** One press asks, a second one within a few seconds forgets: a slip of the thumb takes nothing.
 * @type {() => HTMLElement} */
export function forgetLine() {
  const [word, sure] = [make("span"), make("span")];
  const press = () => {
    const isSure = button.dataset.asks === "true";
    ask(!isSure);
    if (isSure) forget();
  };
  const button = makeButton("progress-forget", press, "quiet forget both", word, sure);
  button.addEventListener("blur", () => ask(false));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;

  /** @type {(asks: boolean) => void} */
  function ask(asks) {
    clearTimeout(waiting);
    if (asks) waiting = setTimeout(ask, SECONDS_TO_FORGET * 1000, false);
    button.dataset.asks = String(asks);
    button.title = text(asks ? "progress_forget_sure" : "progress_forget_all");
    button.setAttribute("aria-label", button.title);
  }

  const node = make("p", { class: "forget-line" }, button);
  listen({
    progress: update,
    language() {
      showText(word, text("progress_forget"));
      showText(sure, text("progress_sure"));
      ask(false);
      update();
    },
  });
  return node;

  function update() {
    const { done, predicted } = progress.read();
    node.hidden = !done.size && !predicted.size;
  }
}

function forget() {
  progress.forget();
  emit("progress");
  emit("read", "lesson"); // its place is gone, and there one sees that all begins anew
}
