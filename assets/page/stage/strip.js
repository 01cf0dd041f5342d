// On a phone the rows do not fit on one screen: a strip at its foot keeps every weight and the
// output in sight. It repeats what the table says, so they are hidden from screen readers. Once the
// challenge is done, it says so in place of the output: the challenge itself is far above.

import { twoDecimals } from "../core/numbers.js";
import { percentages } from "../core/percentages.js";
import { run } from "../core/scene.js";
import { emit, listen } from "../state/events.js";
import { challengeTitle, lessonBeside } from "../state/lessons.js";
import { goOn, hides } from "../state/navigation.js";
import { state } from "../state/store.js";
import { labelText, text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";
import "./strip.css";

/** @import { Scene, Trace } from "../core/types.js" */

/** @type {() => HTMLElement} */
export function weightStrip() {
  const node = make("div", { class: "strip-place" });
  /** @type {ReturnType<typeof stripOf>} */
  let strip;
  listen({
    shape() {
      strip = stripOf(state.scene);
      node.replaceChildren(strip.node);
      strip.relabel();
      strip.update(run(state.scene)); // at once, so that the strip has its height from the start
    },
    frame: (trace) => strip.update(trace),
    renamed: () => strip.relabel(),
  });
  return node;
}

/** @param {Scene} scene */
function stripOf(scene) {
  const bars = scene.rows.map(() => {
    const [fill, share, name] = [make("i"), make("b"), make("small", { dir: "auto" })];
    const node = make("div", {}, make("div", { class: "column" }, fill), share, name);
    return { node, fill, share, name };
  });
  const output = make("p", { "aria-hidden": "true" });
  const node = make(
    "div",
    { class: "strip" },
    make("div", { class: "columns", "aria-hidden": "true" }, ...bars.map(({ node }) => node)),
    make("div", { class: "both" }, output, stripDone()),
  );
  node.classList.toggle("many", bars.length > 6);
  return {
    node,
    /** @type {(trace: Trace) => void} */
    update(trace) {
      const shares = percentages(trace.weights);
      bars.forEach(({ fill, share }, row) => {
        fill.style.transform = `scaleY(${trace.weights[row]})`;
        showText(share, shares[row]);
      });
      showText(output, `${text("output")}: ${trace.output.map(twoDecimals).join(" · ")}`);
    },
    relabel() {
      bars.forEach(({ name }, row) => showText(name, labelText(scene.rows[row])));
    },
  };
}

function stripDone() {
  const next = makeButton("strip-next", () => goOn(), null, `${text("lesson_on")} →`);
  next.hidden = !lessonBeside(1) || hides("lesson");
  const toStory = () => emit("read", "story");
  const done = makeButton("strip-done", toStory, null, `✓ ${challengeTitle(true)}`);
  return make("div", { class: "done" }, done, next);
}
