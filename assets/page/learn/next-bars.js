// The likeliest next characters, each with a bar as long as its probability, and a line where that was
// before something was taken out.

import { percent } from "../core/percentages.js";
import { text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";

const LISTED = 8;

/** show(probabilities, names, before): by character; before: with everything in, null if nothing is out
 * @type {(testid: string) => { node: HTMLElement, show: (probabilities: number[], names: string[], before: number[] | null) => void }} */
export function nextBars(testid) {
  const lines = Array.from({ length: LISTED }, (_, i) => {
    const [name, fill, share] = [make("b", { translate: "no" }), make("i"), make("span")];
    const was = make("i", { class: "was" });
    const attributes = { "data-testid": `${testid}-${i}` };
    const node = make("li", attributes, name, make("span", { class: "bar" }, fill, was), share);
    return { name, fill, was, share, node };
  });
  const list = make("ol", { class: "next-bars" }, ...lines.map(({ node }) => node));
  const compared = make("p", { class: "note", "data-testid": `${testid}-was` });
  return {
    node: make("div", { "data-testid": testid }, list, compared),
    show(probabilities, names, before) {
      showText(compared, before ? changeInWords(probabilities, names, before) : "");
      const places = probabilities.map((_, i) => i);
      places.sort((a, b) => probabilities[b] - probabilities[a]);
      lines.forEach(({ name, fill, was, share, node }, i) => {
        node.hidden = i >= places.length;
        if (node.hidden) return;
        showText(name, names[places[i]]);
        showText(share, percent(probabilities[places[i]]));
        fill.style.width = `${100 * probabilities[places[i]]}%`;
        was.hidden = !before;
        if (before) was.style.left = `${100 * before[places[i]]}%`;
        node.setAttribute("data-value", String(probabilities[places[i]]));
      });
    },
  };
}

/** What has become of the character that was the likeliest.
 * @type {(probabilities: number[], names: string[], before: number[]) => string} */
function changeInWords(probabilities, names, before) {
  const likeliest = before.indexOf(Math.max(...before));
  const [was, now] = [before, probabilities].map((all) => percent(all[likeliest]));
  return text("learn_write_was", { character: names[likeliest], was, now });
}
