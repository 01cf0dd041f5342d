// A slider that shows its number truly, and on which a thumb can also scroll the page.

import { make } from "./dom.js";

/** @import { Range } from "../core/types.js" */

/** @typedef {{ node: HTMLInputElement, show: (value: number) => void, share: (value: number) => number }} RangeSlider share: where on its way a number stands, 0 to 1 */

/** onslide: called with each number that a hand sets
 * @type {(testid: string, role: string, range: Range, onslide: (value: number) => void) => RangeSlider} */
export function rangeSlider(testid, role, range, onslide) {
  const slider = make("input", { type: "range", class: `slider ${role}`, "data-testid": testid });
  let present = range[0];
  /** @type {(value: number) => number} */
  const share = (value) => (value - Number(slider.min)) / (Number(slider.max) - Number(slider.min));

  /** @type {(value: number) => void} */
  function show(value) {
    present = value;
    fitSlider(slider, range, value);
    const zero = Math.min(Math.max(0, Number(slider.min)), Number(slider.max));
    slider.style.setProperty("--from", `${100 * share(Math.min(zero, value))}%`);
    slider.style.setProperty("--to", `${100 * share(Math.max(zero, value))}%`);
  }

  const mayScroll = fingerThatMayScroll(slider);
  slider.addEventListener("input", () => {
    if (mayScroll(slider.value)) {
      slider.value = String(present);
      return;
    }
    const asked = Number(slider.value);
    show(slider.step === "any" ? backOnStep(asked, range) : asked);
    onslide(present);
  });
  return { node: slider, show, share };
}

const SIDEWAYS = 6; // pixels: so far a finger has to go before it means the slider

/** A finger that comes down on a slider may want to scroll the page. The slider jumps there at once;
 * what it asks for counts only when the finger goes sideways, or is lifted where it came down.
 * -> mayScroll(asked): whether that is still open, for a value that the slider asks for
 * @type {(slider: HTMLInputElement) => (asked: string) => boolean} */
function fingerThatMayScroll(slider) {
  /** @type {number | null} */
  let from = null; // where the finger came down; stays when the browser has begun to scroll
  /** @type {string | null} */
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
    slider.value = wanted;
    slider.dispatchEvent(new Event("input"));
  });
  slider.addEventListener("keydown", () => (from = null));
  return (asked) => {
    if (from !== null) wanted = asked;
    return from !== null;
  };
}

/** A slider shows its number truly: it widens for one beyond its ends, and refines for one between
 * its steps.
 * @type {(slider: HTMLInputElement, range: Range, value: number) => void} */
function fitSlider(slider, [low, high, step], value) {
  slider.min = String(Math.min(low, value));
  slider.max = String(Math.max(high, value));
  const steps = (value - Number(slider.min)) / step;
  slider.step = Math.abs(steps - Math.round(steps)) < 1e-6 ? String(step) : "any";
  slider.value = String(value);
}

/** After a number between the steps, the hand moves in steps again.
 * @type {(value: number, range: Range) => number} */
function backOnStep(value, [low, , step]) {
  return Number((low + Math.round((value - low) / step) * step).toPrecision(12));
}
