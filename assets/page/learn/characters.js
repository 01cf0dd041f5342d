// A text and what comes next: how each head looks back for it.

import { headBars } from "./head-bars.js";

/** @type {import("./types.js").ViewBuilder} */
export function charactersView(testid, _, { flipHead }) {
  const bars = headBars(`${testid}-heads`, flipHead);
  return {
    node: bars.node,
    show: ({ steps, weights, rows, out }) => bars.show(steps, rows, weights, out),
  };
}
