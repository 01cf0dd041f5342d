// On a phone the rows do not fit on one screen: a strip at its foot keeps every weight and the
// output in sight. It repeats what the table says, so they are hidden from screen readers. Once the
// challenge is done, it says so in place of the output: the challenge itself is far above.

import { fixedNumber } from "../core/numbers.js";
import { percentages } from "../core/percentages.js";
import { emit, listen } from "../state/events.js";
import { challengeTitle, lessonBeside } from "../state/lessons.js";
import { goOn, hides } from "../state/navigation.js";
import { state } from "../state/store.js";
import { labelText, text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";

export function weightStrip() {
  const node = make("div", { class: "strip-place" });
  let strip;
  listen({
    shape() {
      strip = stripOf(state.scene);
      node.replaceChildren(strip.node);
      strip.relabel();
    },
    frame: (trace) => strip.update(trace),
    renamed: () => strip.relabel(),
  });
  return node;
}

function stripOf(scene) {
  const bars = scene.rows.map(() => {
    const [fill, share, name] = [make("i"), make("b"), make("small", { dir: "auto" })];
    return {
      node: make("div", {}, make("div", { class: "column" }, fill), share, name),
      fill,
      share,
      name,
    };
  });
  const output = make("p", { "aria-hidden": "true" });
  const node = make(
    "div",
    { class: "strip" },
    make("div", { class: "columns", "aria-hidden": "true" }, ...bars.map((bar) => bar.node)),
    make("div", { class: "both" }, output, stripDone()),
  );
  node.classList.toggle("many", bars.length > 6);
  return {
    node,
    update(trace) {
      const shares = percentages(trace.weights);
      bars.forEach(({ fill, share }, row) => {
        fill.style.transform = `scaleY(${trace.weights[row]})`;
        showText(share, shares[row]);
      });
      showText(
        output,
        `${text("output")}: ${trace.output.map((value) => fixedNumber(value, 2)).join(" · ")}`,
      );
    },
    relabel() {
      bars.forEach(({ name }, row) => showText(name, labelText(scene.rows[row])));
    },
  };
}

function stripDone() {
  const button = (name, text, onclick) =>
    make("button", { type: "button", "data-testid": `strip-${name}`, onclick }, text);
  const next = button("next", `${text("lesson_on")} →`, () => goOn());
  next.hidden = !lessonBeside(1) || hides("lesson");
  const done = button("done", `✓ ${challengeTitle(true)}`, () => emit("read", "story"));
  return make("div", { class: "done" }, done, next);
}
