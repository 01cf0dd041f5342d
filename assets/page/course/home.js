// The page before any lesson: what happens on the table, in a line as it happens, and the way into the
// course or on with it.

import { readableNumber } from "../core/numbers.js";
import { percent } from "../core/percentages.js";
import { hasWeights } from "../core/scene.js";
import { listen } from "../state/events.js";
import { given } from "../state/given.js";
import { currentLesson } from "../state/lessons.js";
import { beginLesson } from "../state/navigation.js";
import { firstUndone, progress } from "../state/progress.js";
import { state } from "../state/store.js";
import { labelText, lang, text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { openSummary } from "./summary.js";

/** @import { Trace } from "../core/types.js" */

/** What the chosen row gets, and what its bias has to do with it. Who hears the page is told by the
 * table's own summary, when the hand rests.
 * @type {(trace: Trace) => string} */
export function whatHappens({ weights, scores }) {
  const { scene, row } = state;
  const values = { name: labelText(scene.rows[row]), share: percent(weights[row]) };
  if (!scene.mask[row]) return text("home_masked", values);
  const wins = weights.every((weight, i) => i === row || weight < weights[row]);
  const bias = scene.b && hasWeights(scene) ? scene.b[row] : 0;
  const key = bias < 0 ? "home_bias_takes" : bias > 0 ? "home_bias_adds" : "home_score";
  const size = readableNumber(bias ? Math.abs(bias) : Number(scores[row].toFixed(2)));
  return `${text(wins ? "home_wins" : "home_gets", values)} ${text(key, { size })}`;
}

/** The way into the course; where this browser has been before, on with it. more: what is beside it
 * @type {(more: HTMLElement[]) => HTMLElement} */
export function startButtons(more) {
  const first = () => [...given.lessons.keys()][0];
  const onward = () => (hasBegun() ? firstUndone() : first());
  const start = makeButton(
    "start-course",
    () => {
      const name = onward();
      if (name) beginLesson(name);
      else openSummary();
    },
    "pill onward",
  );
  const over = makeButton("start-over", () => beginLesson(first()), "quiet aside");
  function words() {
    const name = onward();
    over.hidden = !hasBegun();
    showText(over, text("home_over"));
    const title = name ? currentLesson(name).title[lang()] : "";
    const key = !hasBegun() ? "home_start" : name ? "home_go_on" : "end_title";
    showText(start, `${text(key, { title })} →`);
  }
  listen({ language: words, progress: words });
  return make("div", { class: "starting" }, start, over, ...more);
}

/** @type {() => boolean} */
function hasBegun() {
  const { done, predicted } = progress.read();
  return done.size + predicted.size > 0;
}
