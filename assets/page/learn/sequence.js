// A line of letters, however long: each letter with a bar above it for how much it is looked at.

import { make, showText } from "../ui/dom.js";
import { mostSeen } from "./measured.js";
import { percentInText } from "./models.js";

export function sequenceView(testid, { example }) {
  const cells = example.steps.map((step, i) => {
    const fill = make("i");
    const letter = make("b", { translate: "no" }, step);
    const attributes = { class: "letter", "data-testid": `${testid}-${i}` };
    return { fill, step, node: make("span", attributes, make("span", {}, fill), letter) };
  });
  const most = make("p", { class: "note" });
  return {
    node: make(
      "div",
      {},
      make("div", { class: "letters" }, ...cells.map(({ node }) => node)),
      most,
    ),
    // The highest bar is as high as there is room: among 200 letters all weights are small.
    show({ weights: [weights] }) {
      const highest = Math.max(...weights);
      cells.forEach(({ node, fill, step }, i) => {
        fill.style.transform = `scaleY(${weights[i] / highest})`;
        node.setAttribute("data-value", weights[i]);
        node.title = `${i + 1}: ${step} · ${percentInText(weights[i])}`;
      });
      showText(most, mostSeen(weights, example.steps));
    },
  };
}
