// Which word each digit looks at, and what becomes of the number if it is made to look elsewhere.

import { text } from "../state/texts.js";
import { make } from "../ui/dom.js";
import { heatTable } from "./heat.js";

// example: { steps, forced: weights by row }; force(row, step): ask for the answer with this digit's
// eyes on that word; without a step free again; with null for all rows
export function alignmentView(testid, { example, force }) {
  const forced = new Map(
    Object.entries(example.forced ?? {}).map(([row, to]) => [Number(row), to]),
  );
  const isForced = (row, step) => forced.get(row)?.[step] === 1;
  const pick = (row, step) => force(row, isForced(row, step) ? null : step);
  const table = heatTable(testid, example.steps, pick);
  const free = make(
    "button",
    { type: "button", class: "pill", "data-testid": `${testid}-free`, onclick: () => force(null) },
    text("learn_free"),
  );
  free.hidden = !forced.size;
  const node = make("div", {}, table.node, free);
  return {
    node,
    show: (look) => table.show(look.weights, look.rows, forced),
  };
}
