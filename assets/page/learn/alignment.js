// Which word each digit looks at, and what becomes of the number if it is made to look elsewhere.

import { text } from "../state/texts.js";
import { make, makeButton } from "../ui/dom.js";
import { heatTable } from "./heat.js";

/** @type {import("./types.js").ViewBuilder} */
export function alignmentView(testid, example, force) {
  const entries = Object.entries(example.forced ?? {});
  const forced = new Map(entries.map(([row, weights]) => [Number(row), weights]));
  const table = heatTable(testid, example.steps, (row, step) =>
    force(row, forced.get(row)?.[step] === 1 ? null : step),
  );
  const free = makeButton(`${testid}-free`, () => force(null), "pill", text("learn_free"));
  free.hidden = !forced.size;
  return {
    node: make("div", {}, table.node, free),
    show: ({ weights, rows }) => table.show(weights, rows, forced),
  };
}
