// A dot for each step of the lesson: how far one is, and a way to each of them.

import { stepsHere } from "../state/steps.js";
import { state } from "../state/store.js";
import { text } from "../state/texts.js";
import { make, makeButton } from "../ui/dom.js";

/** @import { Step } from "../state/store.js" */

/** @type {Step[]} */
const STEPS = ["touch", "predict", "challenge", "seen"];

/** @type {(go: (step: Step) => void) => { node: HTMLElement, update: () => void }} */
export function stepDots(go) {
  const dots = STEPS.map((step) => ({
    step,
    node: makeButton(`step-${step}`, () => go(step), "dot", make("i")),
  }));
  const node = make("div", { class: "dots", role: "group" }, ...dots.map(({ node }) => node));
  return {
    node,
    update() {
      const here = stepsHere();
      node.hidden = state.home || here.length < 2;
      node.setAttribute("aria-label", text("steps"));
      for (const { step, node } of dots) {
        const at = here.indexOf(step);
        node.hidden = at < 0;
        const name = text("step_of", {
          number: at + 1,
          count: here.length,
          name: text(`step_${step}`),
        });
        node.setAttribute("aria-label", name);
        node.title = text(`step_${step}`);
        node.classList.toggle("past", at < here.indexOf(state.step));
        if (step === state.step) node.setAttribute("aria-current", "step");
        else node.removeAttribute("aria-current");
      }
    },
  };
}
