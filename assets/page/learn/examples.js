// Which of the examples is looked at: those that nobody was trained on, or one's own.

import { text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { exampleLine } from "./answers.js";

/** @import { Example, Task } from "./types.js" */
/** @typedef {number | "own"} Chosen the number of an example that was held out, or one's own */

/** example: the chosen one; hasOwn: one's own can be chosen
 * @type {(task: Task, pick: (chosen: Chosen) => void) => { node: HTMLElement, show: (examples: Example[], chosen: Chosen, example: Example | undefined, hasOwn: boolean) => void }} */
export function examplePicker(task, pick) {
  const title = make("h2");
  /** @type {(chosen: Chosen) => HTMLElement} */
  const pill = (chosen) => makeButton(`learn-example-${chosen}`, () => pick(chosen));
  const group = make("div", { class: "group", role: "group" });
  const own = pill("own");
  const line = make("p", { class: "line", "data-testid": "learn-line" });
  /** @type {HTMLElement[]} */
  let pills = [];
  return {
    node: make("div", { class: "examples" }, title, group, line),
    show(examples, chosen, example, hasOwn) {
      showText(title, text("learn_examples"));
      group.setAttribute("aria-label", text("learn_examples"));
      if (pills.length !== examples.length) {
        pills = examples.map((_, i) => pill(i));
        group.replaceChildren(...pills, own);
      }
      pills.forEach((node, i) => {
        showText(node, String(i + 1));
        node.setAttribute("aria-label", text("learn_example", { number: i + 1 }));
        node.setAttribute("aria-pressed", String(chosen === i));
      });
      own.hidden = !hasOwn;
      showText(own, text("learn_yours"));
      own.setAttribute("aria-pressed", String(chosen === "own"));
      line.replaceChildren(...exampleLine(task, example));
    },
  };
}
