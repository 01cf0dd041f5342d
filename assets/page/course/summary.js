// The end of the course: its words, one sentence each, with one's own numbers from the table beside
// them, and the way on to a real network.

import { askingStep } from "../core/asking.js";
import { readableNumber } from "../core/numbers.js";
import { percent } from "../core/percentages.js";
import { hasWeights, isDot, run } from "../core/scene.js";
import { emit, listen } from "../state/events.js";
import { state } from "../state/store.js";
import { inList, labelText, text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { puzzleLinks } from "./puzzle-links.js";
import { taskLinks } from "./seen.js";
import "./summary.css";

/** @import { Scene, Trace } from "../core/types.js" */

/** @type {() => void} */
export function openSummary() {
  emit("summary", true);
}

/** @type {() => HTMLElement} */
export function courseSummary() {
  const title = make("h2", { tabindex: "-1" });
  const close = makeButton("summary-close", () => emit("summary", false), "quiet", "×");
  const terms = Object.keys(NUMBERS).map(termLine);
  const [numbers, onward] = [make("p", { class: "note" }), make("p")];
  const doors = taskLinks();
  const puzzles = puzzleLinks("puzzle-of", () => [1, 2, 3, 4]);
  const node = make(
    "section",
    { class: "panel course-summary", "data-testid": "course-summary", hidden: true },
    make("div", { class: "head" }, title, close),
    numbers,
    make("dl", {}, ...terms.map((one) => one.node)),
    make("div", { class: "onward-line" }, onward, doors.node),
    puzzles.node,
  );
  const update = () => void (node.hidden || terms.forEach((one) => one.update(run(state.scene))));
  listen({
    opened: () => emit("summary", false),
    summary(isOpen) {
      node.hidden = !isOpen;
      update();
      if (isOpen) title.focus();
    },
    language() {
      showText(title, text("end_title"));
      showText(numbers, text("end_numbers"));
      showText(onward, text("end_onward"));
      close.setAttribute("aria-label", text("end_close"));
      doors.tell(["numbers"]);
      puzzles.tell();
      terms.forEach((one) => one.words());
    },
    frame: update,
    selected: update,
    result: update,
  });
  return node;
}

/** @type {(name: string) => { node: HTMLElement, words: () => void, update: (trace: Trace) => void }} */
function termLine(name) {
  const [term, said] = [make("dt"), make("span")];
  const number = make("strong", { "data-testid": `summary-${name}` });
  return {
    node: make("div", {}, term, make("dd", {}, said, " ", number)),
    words() {
      showText(term, text(`end_${name}`));
      showText(said, text(`term_${name}`));
    },
    update(trace) {
      const isAsked = state.resultHidden && (name === "softmax" || name === "output");
      showText(number, isAsked ? "?" : NUMBERS[name](state.scene, trace));
    },
  };
}

/** @type {(numbers: number[]) => string} */
const listed = (numbers) =>
  inList(numbers.map((number) => readableNumber(Number(number.toFixed(2)))));

/** One's own numbers.
 * @type {Record<string, (scene: Scene, trace: Trace) => string>} */
const NUMBERS = {
  w: (scene) => (hasWeights(scene) ? listed([scene.w].flat(2)) : text("end_none")),
  b: (scene) => (scene.b && hasWeights(scene) ? listed(scene.b) : text("end_none")),
  softmax: ({ rows }, { scores, weights }) =>
    text("end_softmax_here", {
      name: labelText(rows[state.row]),
      score: listed([scores[state.row]]),
      share: percent(weights[state.row]),
    }),
  mask: ({ mask }) =>
    text("end_mask_here", { count: mask.filter(Boolean).length, all: mask.length }),
  output: (_, { output }) => listed(output),
  query(scene, { whole }) {
    if (whole) return listed(whole.queries[askingStep(scene)]);
    return isDot(scene) ? listed(scene.query) : text("end_none");
  },
};
