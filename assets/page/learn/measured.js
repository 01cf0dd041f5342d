// What a task says of a step, in the words of the page.

import { inLanguage, text } from "../state/texts.js";
import { percentInText } from "./models.js";

// "440 Hz", "1.3 s" as the language writes them; what else a task says is words or digits already.
export function measured(said) {
  const [, written, unit] = /^([\d.]+) (Hz|s)$/.exec(said) ?? [];
  const number = unit && inLanguage(written);
  return { Hz: text("unit_hz", { number }), s: text("unit_s", { number }) }[unit] ?? said;
}

// -> which step is looked at most, in words
export function mostSeen(weights, steps) {
  const at = weights.indexOf(Math.max(...weights));
  return text("learn_most", {
    number: at + 1,
    step: measured(steps[at]),
    share: percentInText(weights[at]),
  });
}
