// A slider whose track is filled up to its thumb. onslide(value): while it moves.

import { make } from "./dom.js";

/** @type {(options: { testid: string, onslide: (value: number) => void, onrest?: (value: number) => void }) => { node: HTMLInputElement, set: (value: number, range: [number, number]) => void }} */
export function filledSlider({ testid, onslide, onrest }) {
  /** @type {HTMLInputElement} */
  const slider = make("input", {
    ...{ type: "range", class: "slider t", min: 0, max: 1, step: 1, "data-testid": testid },
    oninput: () => {
      fill();
      onslide(Number(slider.value));
    },
    onchange: () => onrest?.(Number(slider.value)),
  });
  const fill = () => {
    const [low, high] = [Number(slider.min), Number(slider.max)];
    const share = (Number(slider.value) - low) / (high - low || 1);
    slider.style.setProperty("--from", "0%");
    slider.style.setProperty("--to", `${100 * share}%`);
  };
  return {
    node: slider,
    set(value, [min, max]) {
      Object.assign(slider, { min, max });
      slider.value = String(value);
      fill();
    },
  };
}
