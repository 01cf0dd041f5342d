// A slider whose track is filled up to its thumb. onslide(value): while it moves.

import { make } from "./dom.js";

export function filledSlider({ testid, onslide, onrest }) {
  const slider = make("input", {
    ...{ type: "range", class: "slider t", min: 0, max: 1, step: 1, "data-testid": testid },
    oninput: () => {
      fill();
      onslide(Number(slider.value));
    },
    onchange: () => onrest?.(Number(slider.value)),
  });
  const fill = () => {
    const share = (slider.value - slider.min) / (slider.max - slider.min || 1);
    slider.style.setProperty("--from", "0%");
    slider.style.setProperty("--to", `${100 * share}%`);
  };
  return {
    node: slider,
    set(value, [min, max]) {
      Object.assign(slider, { min, max });
      slider.value = value;
      fill();
    },
  };
}
