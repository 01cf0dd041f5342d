// A name that one edits where it stands, or only reads.

import { shortName, tidyName } from "../core/names.js";
import { make, showText } from "./dom.js";

/** @import { Label, Values } from "../core/types.js" */

/**
 * @typedef {object} NameOptions
 * @property {string} testid
 * @property {boolean} fixed whether one only reads it
 * @property {number} most characters
 * @property {() => Label} read
 * @property {(label: Label) => void} write
 * @property {(values: Values) => void} onlong
 */
/** @typedef {{ node: HTMLElement, relabel: (text: string, label: string) => void }} NameControl */

/** @type {(options: NameOptions) => NameControl} */
export function nameControl({ testid, fixed, most, read, write, onlong }) {
  if (fixed) return fixedName(testid);
  let shown = "";
  /** @type {Label} */
  let before;
  /** @type {HTMLElement} */
  const node = make("span", {
    class: "name",
    role: "textbox",
    dir: "auto",
    spellcheck: "false",
    "data-testid": testid,
    contenteditable: "plaintext-only",
    onfocus: () => {
      before = read();
    },
    onkeydown: (event) => {
      if (event.key !== "Enter" && event.key !== "Escape") return;
      event.preventDefault();
      if (event.key === "Escape") write(before);
      node.blur();
    },
    oninput: () => {
      const written = node.innerText; // a line break that Firefox pastes is a node
      const name = shortName(written, most);
      if (name !== tidyName(written)) onlong({ most });
      write(name || before); // an empty name would be none
    },
    onblur: () => showText(node, shown),
  });
  // Browsers without "plaintext-only" take any markup that is pasted: it is only read past.
  if (node.contentEditable !== "plaintext-only") node.contentEditable = "true";
  return {
    node,
    relabel(text, label) {
      shown = text;
      node.setAttribute("aria-label", label);
      if (document.activeElement !== node) showText(node, text);
    },
  };
}

/** @type {(testid: string) => NameControl} */
function fixedName(testid) {
  const node = make("span", { class: "name", dir: "auto", "data-testid": testid });
  return { node, relabel: (text) => showText(node, text) };
}
