// A slider that shows its number truly, and on which a thumb can also scroll the page.

import { readableNumber } from "../core/numbers.js";
import { linearScale, logScale } from "./slider-scale.js";
import { make } from "./dom.js";

/** @import { Range } from "../core/types.js" */

/** @typedef {{ node: HTMLInputElement, show: (value: number) => void, share: (value: number) => number }} RangeSlider share: where on its way a number stands, 0 to 1 */

/** onslide: called with each number that a hand sets; isLog: as far from 1 to 2 as from 10 to 20
 * @type {(testid: string, role: string, range: Range, onslide: (value: number) => void, isLog?: boolean) => RangeSlider} */
export function rangeSlider(testid, role, range, onslide, isLog = false) {
  const className = `slider ${role}${isLog ? " log" : ""}`;
  const slider = make("input", { type: "range", class: className, "data-testid": testid });
  const scale = isLog ? logScale(slider, range) : linearScale(slider, range);
  let present = range[0];

  /** @type {(value: number) => void} */
  function show(value) {
    present = value;
    scale.fit(value);
    slider.setAttribute("aria-valuetext", readableNumber(value));
    const zero = Math.min(Math.max(0, Number(slider.min)), Number(slider.max));
    slider.style.setProperty("--from", `${100 * scale.share(Math.min(zero, value))}%`);
    slider.style.setProperty("--to", `${100 * scale.share(Math.max(zero, value))}%`);
  }

  /** @type {(value: number) => void} */
  function slide(value) {
    show(value);
    onslide(present);
  }

  slider.addEventListener("focus", () => show(present)); // the language may be another by now

  const mayScroll = fingerThatMayScroll(slider);
  slider.addEventListener("input", (event) => {
    const asked = scale.asked(event);
    if (!mayScroll(asked)) slide(asked);
    else slider.value = String(present);
  });
  slider.addEventListener("keydown", (event) => {
    const next = scale.turned(event.key, present);
    if (next === null) return;
    event.preventDefault();
    slide(next);
  });
  return { node: slider, show, share: scale.share };
}

const SIDEWAYS = 6; // pixels: so far a finger has to go before it means the slider

/** A finger that comes down on a slider may want to scroll the page. The slider jumps there at once;
 * what it asks for counts only when the finger goes sideways, or is lifted where it came down.
 * -> mayScroll(asked): whether that is still open, for a value that the slider asks for
 * @type {(slider: HTMLInputElement) => (asked: number) => boolean} */
function fingerThatMayScroll(slider) {
  /** @type {number | null} */
  let from = null; // where the finger came down; stays when the browser has begun to scroll
  /** @type {number | null} */
  let wanted = null;
  slider.addEventListener("pointerdown", (event) => {
    from = event.pointerType === "touch" ? event.clientX : null;
    wanted = null;
  });
  slider.addEventListener("pointermove", (event) => {
    if (from !== null && Math.abs(event.clientX - from) > SIDEWAYS) from = null;
  });
  slider.addEventListener("pointerup", () => {
    const tapped = from !== null;
    from = null;
    if (!tapped || wanted === null) return;
    slider.value = String(wanted);
    slider.dispatchEvent(new Event("input"));
  });
  slider.addEventListener("keydown", () => (from = null));
  return (asked) => {
    if (from !== null) wanted = asked;
    return from !== null;
  };
}
