// Which words flow into each digit, and what becomes of the number if a digit is made to look elsewhere.

import { percent } from "../core/percentages.js";
import { text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { ribbonMap } from "../ui/ribbon-map.js";

/** @import { Weights } from "./types.js" */

/** @type {import("./types.js").ViewBuilder} */
export function alignmentView(testid, { steps, forced = {} }, { force }) {
  const chosen = new Map(Object.entries(forced).map(([row, weights]) => [Number(row), weights]));
  const map = ribbonMap({
    testid: `${testid}-map`,
    height: 260,
    onpair: (row, step) => force(row, chosen.get(row)?.[step] === 1 ? null : step),
  });
  const caption = make("p", { class: "note" });
  const free = makeButton(`${testid}-free`, () => force(null), "pill", text("learn_free"));
  free.hidden = !chosen.size;
  const sources = steps.map((name, row) => ({ name, row }));
  return {
    node: make("div", {}, map.node, make("div", { class: "group" }, caption, free)),
    show({ weights, rows }) {
      showText(caption, text("learn_force"));
      const targets = rows.map((name, row) => {
        // A step that has been taken out is not looked at, whatever was forced.
        const isForced = chosen.get(row)?.every((weight, step) => weight === weights[row][step]);
        return { name, mark: isForced ? "forced" : "" };
      });
      map.show({ sources, targets, weights, label: alignmentInWords(weights, rows, steps) });
    },
  };
}

/** Where each digit looks most.
 * @type {(weights: Weights, rows: string[], steps: string[]) => string} */
function alignmentInWords(weights, rows, steps) {
  const looks = weights.map((line, i) => {
    const at = line.indexOf(Math.max(...line));
    return text("learn_looks", { row: rows[i], step: steps[at], share: percent(line[at]) });
  });
  return looks.join("; ");
}
