// A text and what comes next: how each head looks back for it.

import { headBars } from "./head-bars.js";

/** @type {import("./types.js").ViewBuilder} */
export function charactersView(testid, { steps }) {
  const bars = headBars(`${testid}-heads`);
  return {
    node: bars.node,
    show: ({ weights, rows }) => bars.show(steps, rows, weights),
  };
}
