// Where on a slider its numbers stand, and in which steps a hand moves it.

/** @import { Range } from "../core/types.js" */

/**
 * @typedef {object} SliderScale
 * @property {(value: number) => void} fit shows a number truly: widens for one beyond the ends
 * @property {(value: number) => number} share where on its way a number stands, 0 to 1
 * @property {(event: Event) => number} asked the number that a hand asks for
 * @property {(key: string, value: number) => number | null} turned the number that a key leads to; null: as the browser has it
 */

/** @type {(slider: HTMLInputElement, range: Range) => SliderScale} */
export function linearScale(slider, range) {
  const [low, , step] = range;
  return {
    // It refines for a number between the steps; after that, the hand moves in steps again.
    fit(value) {
      widen(slider, range, value);
      const steps = (value - Number(slider.min)) / step;
      slider.step = Math.abs(steps - Math.round(steps)) < 1e-6 ? String(step) : "any";
      slider.value = String(value);
    },
    share: (value) => (value - Number(slider.min)) / (Number(slider.max) - Number(slider.min)),
    asked() {
      const asked = Number(slider.value);
      return slider.step === "any" ? exact(low + Math.round((asked - low) / step) * step) : asked;
    },
    turned: () => null,
  };
}

/** The browser's own slider is linear: its thumb is not drawn, and where a pointer puts it is read as a
 * share of the way. The slider's value is the number itself.
 * @type {(slider: HTMLInputElement, range: Range) => SliderScale} */
export function logScale(slider, range) {
  let held = false;
  slider.addEventListener("pointerdown", () => (held = true));
  for (const name of ["pointercancel", "blur"]) slider.addEventListener(name, () => (held = false));
  slider.addEventListener("pointerup", () => setTimeout(() => (held = false))); // Firefox asks once more
  const ends = () => [Number(slider.min), Number(slider.max)];
  /** @type {(value: number) => number} */
  const share = (value) => {
    const [low, high] = ends();
    return Math.log(Math.max(value, low) / low) / Math.log(high / low);
  };
  return {
    fit(value) {
      widen(slider, range, value);
      slider.step = "any";
      slider.value = String(value);
      slider.style.setProperty("--at", String(share(value)));
    },
    share,
    asked({ isTrusted }) {
      const value = Number(slider.value);
      if (!isTrusted || !held) return value;
      const [low, high] = ends();
      const there = low * (high / low) ** ((value - low) / (high - low));
      return Math.min(Math.max(onGrid(there, there), low), high);
    },
    turned(key, value) {
      const [low, high] = ends();
      const ways = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };
      const far = { PageUp: 2, PageDown: 0.5 };
      let next = null;
      if (Object.hasOwn(ways, key))
        next = onGridBeside(value, ways[/** @type {keyof ways} */ (key)]);
      if (Object.hasOwn(far, key)) next = value * far[/** @type {keyof far} */ (key)];
      return next && Math.min(Math.max(exact(next), low), high);
    },
  };
}

/** @type {(slider: HTMLInputElement, range: Range, value: number) => void} */
function widen(slider, [low, high], value) {
  slider.min = String(Math.min(low, value));
  slider.max = String(Math.max(high, value));
}

/** 0.05 from 1 to 10, 0.5 from 10 to 100
 * @type {(value: number) => number} */
const gridOf = (value) => 10 ** Math.floor(Math.log10(value) + 1e-9) / 20;

/** @type {(value: number, size: number) => number} */
const onGrid = (value, size) => exact(Math.round(value / gridOf(size)) * gridOf(size));

/** The next number of the grid, up or down.
 * @type {(value: number, way: number) => number} */
function onGridBeside(value, way) {
  const grid = gridOf(way < 0 ? value * (1 - 1e-6) : value);
  const steps = value / grid;
  return grid * (way > 0 ? Math.floor(steps + 1e-6) + 1 : Math.ceil(steps - 1e-6) - 1);
}

/** Without what sums of steps leave behind.
 * @type {(value: number) => number} */
const exact = (value) => Number(value.toPrecision(12));
