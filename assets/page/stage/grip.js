// What one can take hold of in the picture: with a mouse, a finger, or the arrow keys.

import { boxOnScreen } from "../ui/zoom.js";

/** @import { Place } from "../core/geometry.js" */

/**
 * @typedef {object} Grip
 * @property {() => Place} at where its middle is, in the units of the drawing
 * @property {(to: Place) => void} drag
 * @property {(across: number, up: number) => void} step so many steps by the arrow keys
 */

/** @type {Record<string, [across: number, up: number]>} */
const KEYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const LARGE_STEP = 10; // with Shift

/** @type {(node: SVGElement, grip: Grip) => void} */
export function makeDraggable(node, { at, drag, step }) {
  node.classList.add("grip");
  node.setAttribute("tabindex", "0");
  /** @type {((event: PointerEvent) => Place) | null} */
  let follow = null;
  // Or the page would scroll under the finger: `touch-action` does not hold for all shapes of a drawing.
  const isOneFinger = (/** @type {TouchEvent} */ event) => event.touches.length === 1; // two zoom
  const holdPage = (/** @type {TouchEvent} */ event) =>
    isOneFinger(event) && event.preventDefault();
  node.addEventListener("touchmove", holdPage, { passive: false });
  node.addEventListener("touchstart", (event) => isOneFinger(event) || (follow = null));
  node.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault(); // no text is selected, no page scrolled
    node.focus({ preventScroll: true });
    node.setPointerCapture(event.pointerId);
    follow = placesUnder(node, event, at());
  });
  node.addEventListener("pointermove", (event) => follow && drag(follow(event)));
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"])
    node.addEventListener(end, () => (follow = null));
  node.addEventListener("keydown", (event) => {
    if (!Object.hasOwn(KEYS, event.key) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const size = event.shiftKey ? LARGE_STEP : 1;
    const [across, up] = KEYS[event.key];
    step(across * size, up * size);
  });
}

/** Measured once, where the hand comes down. Where it took hold beside the middle, it stays beside it.
 * @type {(node: SVGElement, down: PointerEvent, middle: Place) => (event: PointerEvent) => Place} */
function placesUnder(node, down, middle) {
  const svg = /** @type {SVGSVGElement} */ (node.ownerSVGElement);
  const enlarged = boxOnScreen(svg).width / svg.viewBox.baseVal.width;
  return ({ clientX, clientY }) => ({
    x: middle.x + (clientX - down.clientX) / enlarged,
    y: middle.y + (clientY - down.clientY) / enlarged,
  });
}

/** What a screen reader hears of it.
 * @type {(node: SVGElement, name: string, value: number, words: string) => void} */
export function sayValue(node, name, value, words) {
  node.setAttribute("aria-label", name);
  node.setAttribute("aria-valuenow", String(value));
  node.setAttribute("aria-valuetext", words);
}
