// A puzzle solved in up to three lines of a formula, by whoever likes that better than sliders.

import { isSelf } from "../core/asking.js";
import { state } from "../state/store.js";
import { text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";

/** @import { Message } from "../core/types.js" */

/** check(text): try it; onedit: what was said of it is no longer about it
 * @type {(check: (text: string) => void, onedit: () => void) => { node: HTMLElement, update: (problem: Message | null) => void, clear: () => void }} */
export function formulaPart(check, onedit) {
  const summary = make("summary");
  const field = make("textarea", {
    ...{ class: "formula-field", rows: 3, spellcheck: "false", autocomplete: "off", dir: "ltr" },
    ...{ translate: "no", "data-testid": "puzzle-formula", oninput: onedit },
  });
  const example = make("p", { class: "note" });
  const button = makeButton("puzzle-check-formula", () => check(field.value), "pill");
  const status = make("p", { class: "status", role: "status", "data-testid": "puzzle-problem" });
  const node = make(
    "details",
    { class: "puzzle-formula", "data-testid": "puzzle-as-formula" },
    ...[summary, example, field, button, status],
  );
  return {
    node,
    update(problem) {
      showText(summary, text("puzzle_formula"));
      const asks = isSelf(state.scene) ? ` ${text("puzzle_formula_step")}` : "";
      showText(example, text("puzzle_formula_note") + asks);
      showText(button, text("puzzle_formula_check"));
      field.setAttribute("aria-label", text("puzzle_formula"));
      field.placeholder = "weights = softmax(x[:, 0])\noutput = weights @ x";
      status.classList.toggle("wrong", problem !== null);
      showText(status, problem ? text(problem.key, problem.values) : "");
    },
    clear() {
      field.value = "";
    },
  };
}
