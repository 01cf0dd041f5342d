// Steps with two bars each: the attention weight, and what the answer loses without that step.

import { fixedNumber } from "../core/numbers.js";
import { percent } from "../core/percentages.js";
import { text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";
import { stepInText } from "./learn-texts.js";

/** @typedef {{ steps: string[], places: number[], answer: string, weights: number[] | null, effects: number[] }} Measured places: of these steps among all; weights: of each step, the mean of all rows; null: the model has none */

const SHOWN_STEPS = 12; // at most: those that count

/** isNumber: the answer is a number, which has no probability
 * @type {(isNumber: boolean) => { node: HTMLElement, show: (found: Measured) => void }} */
export function whichTable(isNumber) {
  const body = make("tbody");
  const heads = Array.from({ length: 2 }, () => make("th", { scope: "col" }));
  const head = make("thead", {}, make("tr", {}, make("td"), ...heads)); // names need no heading
  const others = make("p", { class: "note" });
  return {
    node: make("div", {}, make("table", { class: "which-step" }, head, body), others),
    show(found) {
      const lost = text(isNumber ? "learn_which_moves" : "learn_which_lost");
      [text("learn_which_weight"), lost].forEach((words, i) => showText(heads[i], words));
      heads[0].hidden = !found.weights;
      const rows = rowsShown(found);
      body.replaceChildren(...rows.map((row) => stepRow(found, row, isNumber)));
      const hidden = found.steps.length - rows.length;
      showText(others, hidden ? text("learn_others", { count: hidden }) : "");
    },
  };
}

/** The places that count most for either, in their order.
 * @type {(found: Measured) => number[]} */
function rowsShown({ steps, weights, effects }) {
  const size = (/** @type {number} */ i) => Math.max(weights?.[i] ?? 0, Math.abs(effects[i]));
  const bySize = [...steps.keys()].sort((a, b) => size(b) - size(a));
  return bySize.slice(0, SHOWN_STEPS).sort((a, b) => a - b);
}

/** @type {(found: Measured, i: number, isNumber: boolean) => HTMLElement} */
function stepRow({ steps, places, weights, effects }, i, isNumber) {
  const name = make("span", { dir: "auto", translate: "no" }, stepInText(steps[i]));
  const effect = isNumber ? percent(effects[i]) : fixedNumber(100 * effects[i], 1);
  return make(
    "tr",
    { "data-testid": `learn-which-row-${places[i]}` },
    make("th", { scope: "row" }, make("small", {}, String(places[i] + 1)), name),
    weights && barCell("weight", weights[i], percent(weights[i])),
    barCell("effect", effects[i], effect),
  );
}

/** @type {(name: string, value: number, words: string) => HTMLElement} */
function barCell(name, value, words) {
  const bar = make("i", { class: value < 0 ? "gain" : null });
  bar.style.width = `${100 * Math.min(Math.abs(value), 1)}%`;
  return make(
    "td",
    { class: name, "data-value": value },
    make("span", { class: "bar" }, bar),
    make("b", {}, words),
  );
}
