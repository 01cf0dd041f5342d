// Where one begins to read: the lesson or its story, seen from its top.

import { on } from "../state/events.js";

const PLACES = { lesson: ".frame", story: ".lesson-card" };

/** @type {(root: HTMLElement) => void} */
export function followReader(root) {
  on("read", (place) => {
    const title = /** @type {HTMLElement} */ (root.querySelector('[data-testid="lesson-title"]'));
    title.focus({ preventScroll: true });
    title.closest(PLACES[place])?.scrollIntoView();
  });
}
