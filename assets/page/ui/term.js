// A word that explains itself: one sentence and where it is from, by hover, tap or key. What explains
// is above the page, and goes as soon as a hand takes hold of anything.

import { text } from "../state/texts.js";
import { make, makeButton, showText, showTypeset } from "./dom.js";
import { boxOnScreen, placeOnScreen } from "./zoom.js";
import "./term.css";

/** @typedef {{ node: HTMLButtonElement, say: (words: string) => void }} Term */

const tip = make("div", { id: "term-tip", class: "term-tip", role: "tooltip", popover: "manual" });
const [sentence, source] = [make("p"), make("p", { class: "note" })];
tip.append(sentence, source);
/** @type {HTMLElement | null} */
let explained = null;

const isOnWord = (/** @type {Event} */ { target }) =>
  explained?.contains(/** @type {Node} */ (target));
addEventListener("pointerdown", (event) => isOnWord(event) || hideTip(), true);
addEventListener("scroll", hideTip, { capture: true, passive: true });
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !explained) return;
  event.preventDefault(); // it leaves the sentence, and no more
  hideTip();
});

/** name: the texts `term_<name>` and `term_<name>_from`
 * @type {(name: string, words?: string) => Term} */
export function term(name, words = "") {
  const label = make("span", {}, words);
  const node = makeButton(`term-${name}`, toggle, "term", label);
  let wasOpen = false; // before a finger came down
  node.addEventListener("pointerenter", ({ pointerType }) => {
    if (pointerType === "mouse") showTip(node, name);
  });
  node.addEventListener("pointerdown", ({ pointerType }) => {
    wasOpen = explained === node && pointerType !== "mouse";
  });
  for (const end of ["pointerleave", "blur"])
    node.addEventListener(end, () => {
      if (explained === node) hideTip();
    });

  /** @param {MouseEvent} event */
  function toggle(event) {
    event.stopPropagation();
    const isByKey = event.detail === 0;
    if (wasOpen || (isByKey && explained === node)) hideTip();
    else showTip(node, name);
    wasOpen = false;
  }
  return { node, say: (words) => showText(label, words) };
}

/** @type {(node: HTMLElement, name: string) => void} */
function showTip(node, name) {
  hideTip();
  explained = node;
  node.closest(".frame")?.append(tip);
  showTypeset(sentence, text(`term_${name}`));
  showText(source, text(`term_${name}_from`));
  tip.showPopover?.(); // above all, where the browser can
  node.setAttribute("aria-describedby", tip.id);
  const [word, own] = [boxOnScreen(node), boxOnScreen(tip)];
  const left = Math.min(Math.max(word.left, 8), innerWidth - own.width - 8);
  const above = word.top - own.height - 6;
  placeOnScreen(tip, Math.max(left, 0), above < 0 ? word.bottom + 6 : above);
}

function hideTip() {
  if (!explained) return;
  explained.removeAttribute("aria-describedby");
  explained = null;
  tip.remove();
}
