// "Why it learns": say where the attention should go, and what may turn how fast. aimed() is called
// when something of it has been turned.

import { PARTS, partsOf } from "../core/objective.js";
import { state } from "../state/store.js";
import { text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";
import { term } from "../ui/term.js";
import { partControl, rateControl, targetList } from "./controls.js";

/** @param {() => void} aimed */
export function descentPanel(aimed) {
  const rate = rateControl(aimed);
  const gradient = term("gradient"); // whose numbers stand under the sliders
  const targets = targetList(aimed);
  const parts = PARTS.map((part) => partControl(part, aimed));
  const [summary, intro, rules] = [make("summary"), make("p", { class: "note" }), make("summary")];
  const node = make(
    "details",
    { class: "panel descent", "data-testid": "descent" },
    summary,
    intro,
    make("div", { class: "controls" }, rate.node, gradient.node),
    make(
      "div",
      { class: "descent-columns" },
      targets.node,
      make("details", { class: "parts" }, rules, ...parts.map((part) => part.node)),
    ),
  );
  return {
    node,
    build: targets.build,
    updateTargets: targets.update,
    update() {
      showText(summary, text("descent_title"));
      showText(intro, text("descent_intro"));
      showText(rules, text("train_rules"));
      rate.update();
      gradient.say(text("gradient"));
      targets.update();
      const present = partsOf(state.scene);
      for (const part of parts) {
        part.node.hidden = !present.includes(part.part);
        part.update();
      }
    },
  };
}
