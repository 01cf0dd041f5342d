// A reader's guess of one weight: a dashed ribbon that a hand can pull thicker, and beside it, once it is
// known, the true one.

import { percent } from "../core/percentages.js";
import { emit } from "../state/events.js";
import { currentLesson } from "../state/lessons.js";
import { isQuestionOpen } from "../state/question.js";
import { state } from "../state/store.js";
import { labelText, text } from "../state/texts.js";
import { makeShape } from "../ui/dom.js";
import { ribbonPath } from "../ui/ribbons.js";
import { makeDraggable, sayValue } from "./grip.js";

/** @import { Scene } from "../core/types.js" */
/** @import { FlowLayout } from "./flow.js" */
/** @import { RibbonEnd } from "./flow-row.js" */

const KEY_STEP = 0.01;

/** ends: of the true ribbons
 * @type {(scene: Scene, layout: FlowLayout) => { node: SVGElement, update: (ends: RibbonEnd[]) => void }} */
export function guessRibbon(scene, { heights, track, output, band, top }) {
  const outline = makeShape("path", { class: "guess" });
  const grip = makeShape("circle", {
    ...{ class: "guess-grip", r: 9, role: "slider", "data-testid": "stage-guess" },
    ...{ "aria-valuemin": 0, "aria-valuemax": 100 },
  });
  const middle = top + band / 2;
  const x = output - 24;
  /** @type {(guess: number) => void} */
  const take = (guess) => {
    state.guess = Math.min(Math.max(Math.round(guess * 100) / 100, 0), 1);
    emit("guess", state.guess);
  };
  makeDraggable(grip, {
    at: () => ({ x, y: middle - ((state.guess ?? 0) * band) / 2 }),
    drag: ({ y }) => take((2 * (middle - y)) / band),
    step: (across, up) => take((state.guess ?? 0) + (across || up) * KEY_STEP),
  });
  const node = makeShape("g", { class: "flow-guess" }, outline, grip);
  return {
    node,
    update(ends) {
      const row = currentLesson().predict?.index ?? null;
      const { guess } = state;
      const isDrawn = guess !== null && row !== null && row < heights.length;
      node.toggleAttribute("hidden", !isDrawn);
      if (!isDrawn) return;
      const isOpen = isQuestionOpen();
      const to = { x: output, y: isOpen ? middle : ends[row].y };
      const from = { x: track[1], y: heights[row] };
      outline.setAttribute("d", ribbonPath(from, to, guess * band));
      grip.toggleAttribute("hidden", !isOpen);
      grip.setAttribute("transform", `translate(${x} ${middle - (guess * band) / 2})`);
      const name = text("stage_guess", { name: labelText(scene.rows[row]) });
      sayValue(grip, name, Math.round(100 * guess), percent(guess));
    },
  };
}
