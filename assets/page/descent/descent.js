// Gradient descent on the page: under the stage what one presses, and how far it has come; below the
// table what it is to reach. Both turn one trainer.

import { targetShares } from "../core/objective.js";
import { emit, listen } from "../state/events.js";
import { settle } from "../state/settle.js";
import { state } from "../state/store.js";
import { descentPanel } from "./panel.js";
import { descentStrip } from "./strip.js";
import { DescentTrainer } from "./trainer.js";
import "./descent.css";

/** Its two parts of the page, the first of which builds both.
 * @type {() => { strip: () => HTMLElement, panel: () => HTMLElement }} */
export function gradientDescent() {
  /** @type {{ strip: HTMLElement, panel: HTMLElement } | null} */
  let parts = null;
  const both = () => (parts ??= descentParts());
  return { strip: () => both().strip, panel: () => both().panel };
}

function descentParts() {
  const trainer = new DescentTrainer({ onstep: show, onchange: update });
  const strip = descentStrip(trainer);
  const panel = descentPanel(() => emit("aimed"));
  let isLesson = false; // it is what the lesson is about
  panel.node.addEventListener("toggle", () => {
    if (!panel.node.open) trainer.pause();
    mark();
  });

  // The numbers of the present point, wherever they stand.
  function show() {
    const point = trainer.log.point();
    const { turns } = state.scene.objective;
    if (point) emit("gradients", point.gradients, trainer.log.largest(), turns);
    strip.show();
  }

  function mark() {
    showTargets(panel.node.open);
    strip.node.hidden = !panel.node.open && !isLesson && state.stage !== "loss";
  }

  function update() {
    panel.update();
    strip.update();
  }

  listen({
    opened({ learns }) {
      trainer.forget();
      panel.node.open = isLesson = learns;
    },
    shape() {
      panel.build();
      update();
      mark();
      show();
    },
    aimed() {
      trainer.touched();
      update();
      mark();
      settle();
    },
    looked: mark,
    renamed: panel.updateTargets,
    edited() {
      trainer.touched();
      panel.updateTargets();
      strip.update();
      mark();
    },
    tab: (tab) => tab !== "play" && trainer.pause(),
    reshaping: () => trainer.reshaping(),
  });
  return { strip: strip.node, panel: panel.node };
}

/** What the table shows of it.
 * @type {(on: boolean) => void} */
function showTargets(on) {
  emit("lanes", on);
  emit("targets", on ? targetShares(state.scene) : null);
}
