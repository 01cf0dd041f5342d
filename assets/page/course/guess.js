// A share that one draws before one sees it, by this slider or on the stage.

import { percent } from "../core/percentages.js";
import { emit, listen } from "../state/events.js";
import { state } from "../state/store.js";
import { text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { filledSlider } from "../ui/filled-slider.js";

export const FIRST_GUESS = 0.5; // where one begins to draw

/** oncheck: called with the share, 0 to 1
 * @type {(oncheck: (share: number) => void) => { node: HTMLElement, words: (question: string) => void, checkedBy: (key: string) => void }} */
export function guessField(oncheck) {
  const slider = filledSlider({
    testid: "predict-guess",
    onslide(value) {
      state.guess = value / 100;
      emit("guess", state.guess);
    },
  });
  const written = make("output", { class: "number", "data-testid": "predict-guessed" });
  const check = makeButton(
    "predict-check",
    () => state.guess !== null && oncheck(state.guess),
    "pill onward",
  );
  /** @type {(share: number | null) => void} */
  function show(share) {
    const hundredths = Math.round(100 * (share ?? FIRST_GUESS));
    slider.set(hundredths, [0, 100]);
    showText(written, percent(hundredths / 100));
  }
  show(null); // the next question does not begin with what was said to the last
  listen({ guess: show, language: () => show(state.guess) });
  return {
    node: make("div", { class: "guess" }, slider.node, written, check),
    words(question) {
      slider.node.setAttribute("aria-label", question);
    },
    /** What the button says. */
    checkedBy: (key) => showText(check, text(key)),
  };
}
