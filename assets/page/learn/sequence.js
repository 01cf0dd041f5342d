// A line of letters, however long: each letter with a bar above it for how much it is looked at.

import { make, showText } from "../ui/dom.js";
import { largestWeightInText, percentInText } from "./learn-texts.js";

/** @type {import("./types.js").ViewBuilder} */
export function sequenceView(testid, { steps }) {
  const cells = steps.map((step, i) => {
    const fill = make("i");
    const letter = make("b", { translate: "no" }, step);
    const attributes = { class: "letter", "data-testid": `${testid}-${i}` };
    return { fill, step, node: make("span", attributes, make("span", {}, fill), letter) };
  });
  const most = make("p", { class: "note" });
  const letters = make("div", { class: "letters" }, ...cells.map(({ node }) => node));
  return {
    node: make("div", {}, letters, most),
    // The highest bar is as high as there is room: among 200 letters all weights are small.
    show({ weights: [weights] }) {
      const highest = Math.max(...weights);
      cells.forEach(({ node, fill, step }, i) => {
        fill.style.transform = `scaleY(${weights[i] / highest})`;
        node.setAttribute("data-value", String(weights[i]));
        node.title = `${i + 1}: ${step} · ${percentInText(weights[i])}`;
      });
      showText(most, largestWeightInText(weights, steps));
    },
  };
}
