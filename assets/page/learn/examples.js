// Which of the examples is looked at: those that nobody was trained on, or one's own.

import { text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";
import { exampleLine } from "./looks.js";

// pick(i): the number of an example, or "own"
export function examplePicker(task, pick) {
  const title = make("h2");
  const note = make("p", { class: "note" });
  const pill = (i) =>
    make("button", {
      ...{ type: "button", class: "pill", "data-testid": `learn-example-${i}` },
      onclick: () => pick(i),
    });
  const group = make("div", { class: "group", role: "group" });
  const own = pill("own");
  const line = make("p", { class: "line", "data-testid": "learn-line" });
  let pills = [];
  return {
    node: make("div", {}, title, note, group, line),
    // examples: all that were held out; chosen: as `pick` says it; example: the chosen one
    show(examples, chosen, example, owned) {
      showText(title, text("learn_examples"));
      showText(note, text("learn_unseen"));
      group.setAttribute("aria-label", text("learn_examples"));
      if (pills.length !== examples.length) {
        pills = examples.map((_, i) => pill(i));
        group.replaceChildren(...pills, own);
      }
      pills.forEach((node, i) => {
        showText(node, String(i + 1));
        node.setAttribute("aria-label", text("learn_example", { number: i + 1 }));
        node.setAttribute("aria-pressed", chosen === i);
      });
      own.hidden = !owned;
      showText(own, text("learn_yours"));
      own.setAttribute("aria-pressed", chosen === "own");
      line.replaceChildren(...(example ? exampleLine(task, example) : []));
    },
  };
}
