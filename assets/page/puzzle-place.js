// Where a puzzle stands. Its scripts come when the first one is wanted.

import { buildLate, on } from "./state/events.js";
import { bringPuzzlesBy } from "./state/puzzles.js";
import { state } from "./state/store.js";
import { make } from "./ui/dom.js";

/** @type {(fetch: () => Promise<() => HTMLElement>) => () => HTMLElement} */
export const puzzlePlace = (fetch) => () => {
  const node = make("div", { class: "puzzle-place", hidden: true });
  /** @type {Promise<void> | null} */
  let coming = null;
  async function build() {
    const builds = await fetch();
    node.append(buildLate(builds));
  }
  bringPuzzlesBy(() => {
    coming ??= build().catch((error) => {
      coming = null; // the next try fetches them anew
      throw error;
    });
    return coming;
  });
  on("opened", () => (node.hidden = !state.puzzle));
  return node;
};
