// A line of letters, however long: those that are looked at most flow into the answer, and each letter has
// a bar above it for how much it is looked at.

import { percent } from "../core/percentages.js";
import { text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";
import { ribbonMap } from "../ui/ribbon-map.js";
import { rowStyle } from "../ui/rows.js";
import { largestWeightInText } from "./learn-texts.js";

const [MOST_RIBBONS, LEAST_RIBBON] = [8, 0.005]; // what counts less is too thin to be told apart

/** @type {import("./types.js").ViewBuilder} */
export function sequenceView(testid, { steps }) {
  const cells = steps.map((step, i) => {
    const fill = make("i");
    const letter = make("b", { translate: "no" }, step);
    const attributes = { class: "letter", style: rowStyle(i), "data-testid": `${testid}-${i}` };
    return { fill, step, node: make("span", attributes, make("span", {}, fill), letter) };
  });
  const most = make("p", { class: "note" });
  const letters = make("div", { class: "letters" }, ...cells.map(({ node }) => node));
  const map = ribbonMap({ testid: `${testid}-map` });
  return {
    node: make("div", {}, map.node, most, letters),
    // The highest bar is as high as there is room: among 200 letters all weights are small.
    show({ weights: [weights], answer }) {
      const highest = Math.max(...weights);
      cells.forEach(({ node, fill, step }, i) => {
        fill.style.transform = `scaleY(${weights[i] / highest})`;
        node.setAttribute("data-value", String(weights[i]));
        node.title = `${i + 1}: ${step} · ${percent(weights[i])}`;
      });
      const label = largestWeightInText(weights, steps);
      showText(most, label);
      map.show({ ...strongest(weights, steps), targets: [{ name: answer }], label });
    },
  };
}

/** The steps with the largest weights, in their order, and all others as one.
 * @type {(weights: number[], steps: string[]) => { sources: { name: string, row?: number }[], weights: number[][] }} */
function strongest(weights, steps) {
  const byWeight = weights.map((_, i) => i).sort((a, b) => weights[b] - weights[a]);
  const count =
    byWeight.slice(1, MOST_RIBBONS).filter((i) => weights[i] >= LEAST_RIBBON).length + 1;
  const shown = byWeight.slice(0, count).sort((a, b) => a - b);
  const sources = shown.map((row) => ({ name: `${row + 1} · ${steps[row]}`, row }));
  const shares = shown.map((i) => weights[i]);
  const others = byWeight.slice(count);
  if (!others.length) return { sources, weights: [shares] };
  const rest = others.reduce((sum, i) => sum + weights[i], 0);
  return {
    sources: [...sources, { name: text("learn_others", { count: others.length }) }],
    weights: [[...shares, rest]],
  };
}
