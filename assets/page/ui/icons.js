// The signs on the buttons of the page's head: lines on a square of 24.

import { make, makeShape, showText } from "./dom.js";

/** @type {Record<string, string>} */
const ICONS = {
  share:
    "M8.6 10.7l6.8-4M8.6 13.3l6.8 4M6 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM18 2.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM18 15.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
  projector: "M2.5 4.5h19M4 4.5v11.5h16V4.5M12 16v3M8 21.5l4-2.5 4 2.5",
  undo: "M8 4.5L3.5 9L8 13.5M4 9h10a5.5 5.5 0 0 1 0 11h-4",
  redo: "M16 4.5L20.5 9L16 13.5M20 9h-10a5.5 5.5 0 0 0 0 11h4",
  pin: "M9 3h6M10 3v6.5L6.5 13v2h11v-2L14 9.5V3M12 15v6.5",
  close: "M6 6l12 12M18 6L6 18",
};

/** A button with a sign; where there is no room for its name, screen readers still have it.
 * @type {(testid: string, icon: string, onclick: () => void) => { node: HTMLButtonElement, say: (words: string, title?: string) => void }} */
export function iconButton(testid, icon, onclick) {
  const name = make("span", { class: "icon-name" });
  const sign = makeShape(
    "svg",
    { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" },
    makeShape("path", { d: ICONS[icon] }),
  );
  const attributes = { type: "button", class: "pill", "data-testid": testid, onclick };
  const node = make("button", attributes, sign, name);
  return {
    node,
    say(words, title = words) {
      showText(name, words);
      node.title = title;
    },
  };
}
