// The likeliest next characters, each with a bar as long as its probability.

import { percent } from "../core/percentages.js";
import { make, showText } from "../ui/dom.js";

const LISTED = 8;

/** show(probabilities, names): by character
 * @type {(testid: string) => { node: HTMLElement, show: (probabilities: number[], names: string[]) => void }} */
export function nextBars(testid) {
  const lines = Array.from({ length: LISTED }, (_, i) => {
    const [name, fill, share] = [make("b", { translate: "no" }), make("i"), make("span")];
    const attributes = { "data-testid": `${testid}-${i}` };
    const node = make("li", attributes, name, make("span", { class: "bar" }, fill), share);
    return { name, fill, share, node };
  });
  return {
    node: make(
      "ol",
      { class: "next-bars", "data-testid": testid },
      ...lines.map(({ node }) => node),
    ),
    show(probabilities, names) {
      const places = probabilities.map((_, i) => i);
      places.sort((a, b) => probabilities[b] - probabilities[a]);
      lines.forEach(({ name, fill, share, node }, i) => {
        node.hidden = i >= places.length;
        if (node.hidden) return;
        showText(name, names[places[i]]);
        showText(share, percent(probabilities[places[i]]));
        fill.style.width = `${100 * probabilities[places[i]]}%`;
        node.setAttribute("data-value", String(probabilities[places[i]]));
      });
    },
  };
}
