// Undo, redo and pin: their buttons, their keys, and where a gesture of the hand begins and ends.

import { listen } from "../state/events.js";
import {
  beginGesture,
  canRedo,
  canUndo,
  endGesture,
  redo,
  undo,
  watchHistory,
} from "../state/history.js";
import { togglePin, watchPin } from "../state/pin.js";
import { state } from "../state/store.js";
import { text } from "../state/texts.js";
import { make } from "../ui/dom.js";
import { iconButton } from "../ui/icons.js";

const TYPED_INTO =
  'input:not([type="checkbox"], [type="range"], [type="radio"]), textarea, [contenteditable]';

/** @type {() => HTMLElement} */
export function historyButtons() {
  watchHistory();
  watchPin();
  const back = iconButton("undo", "undo", () => go(undo));
  const forth = iconButton("redo", "redo", () => go(redo));
  const pin = iconButton("pin", "pin", togglePin);
  watchGestures();
  addEventListener("keydown", (event) => {
    const step = stepOf(event);
    if (!step || event.defaultPrevented || isTyping(event.target)) return;
    if (state.tab !== "play" || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    go(step);
  });
  listen({
    history() {
      const [undoes, redoes] = [canUndo(), canRedo()];
      const held = document.activeElement;
      [back.node.disabled, forth.node.disabled] = [!undoes, !redoes];
      // A button that can no more hands the focus on.
      if (held === back.node && !undoes) forth.node.focus();
      if (held === forth.node && !redoes) back.node.focus();
    },
    pinned: () => pin.node.setAttribute("aria-pressed", String(state.pinned !== null)),
    language() {
      back.say(text("undo"), text("undo_hint"));
      forth.say(text("redo"), text("redo_hint"));
      pin.say(text("pin"), text("pin_hint"));
    },
  });
  pin.node.setAttribute("aria-pressed", "false");
  return make("div", { class: "history", role: "group" }, back.node, forth.node, pin.node);
}

/** The table is built anew: what has the focus gets it back.
 * @type {(step: (focus?: string) => void) => void} */
function go(step) {
  const held = document.activeElement;
  step(held instanceof HTMLElement ? held.dataset.testid : undefined);
}

// Also where nobody asked for it: an undo takes back what is complete.
function watchGestures() {
  /** @type {(does: () => void, unless?: (event: any) => boolean) => (event: Event) => void} */
  const told = (does, unless) => (event) => void (unless?.(event) || does());
  /** @type {(event: PointerEvent) => boolean} */
  const isOther = (event) => !event.isPrimary; // a second finger
  /** @type {(event: KeyboardEvent) => boolean} */
  const isWithin = (event) => event.repeat || isTyping(event.target);
  addEventListener("pointerdown", told(beginGesture, isOther), true);
  addEventListener("keydown", told(beginGesture, isWithin), true);
  addEventListener("pointerup", told(endGesture, isOther));
  addEventListener("keyup", told(endGesture, isWithin));
  for (const name of ["click", "change", "focusout"]) addEventListener(name, told(endGesture));
}

/** @type {(event: KeyboardEvent) => typeof undo | undefined} */
function stepOf({ key, code, ctrlKey, metaKey, altKey, shiftKey }) {
  if (altKey || !(ctrlKey || metaKey)) return undefined;
  const letter = /^[a-z]$/i.test(key) ? key.toLowerCase() : code.slice(-1).toLowerCase();
  if (letter === "z") return shiftKey ? redo : undo;
  return letter === "y" && !shiftKey ? redo : undefined;
}

/** @type {(node: EventTarget | null) => boolean} */
const isTyping = (node) => node instanceof Element && node.matches(TYPED_INTO);
