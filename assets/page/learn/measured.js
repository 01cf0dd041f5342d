// What a task says of a step, in the words of the page.

import { inLanguage } from "../core/numbers.js";
import { percentInText } from "./models.js";

// "440 Hz", "1.3 s" as the language writes them; what else a task says is words or digits already.
export function measured(said, page) {
  const [, written, unit] = /^([\d.]+) (Hz|s)$/.exec(said) ?? [];
  const number = unit && inLanguage(written, page);
  return { Hz: page.text("unit_hz", { number }), s: page.text("unit_s", { number }) }[unit] ?? said;
}

// -> which step is looked at most, in words
export function mostSeen(page, weights, steps) {
  const at = weights.indexOf(Math.max(...weights));
  return page.text("learn_most", {
    number: at + 1,
    step: measured(steps[at], page),
    share: percentInText(page)(weights[at]),
  });
}
