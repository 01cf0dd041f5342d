// Softmax: score, ÷ T, exp, sum and share as columns that one steps or plays through, beside the curve
// on which every row stands.

import { percent } from "../core/percentages.js";
import {
  SOFTMAX_STEPS,
  hasTanh,
  softmaxNumbers,
  writtenExp,
  writtenScore,
} from "../core/softmax-steps.js";
import { text } from "../state/texts.js";
import { make, makeButton, makeShape, showText } from "../ui/dom.js";
import { isStepUntold } from "./asked.js";
import { softmaxCurve } from "./softmax-curve.js";
import { softmaxLine } from "./softmax-line.js";
import { stepColumns } from "./step-columns.js";
import "./softmax.css";

/** @import { Scene, Trace } from "../core/types.js" */
/** @import { SoftmaxStep } from "../core/softmax-steps.js" */
/** @import { StepPlan } from "./step-columns.js" */
/** @import { Size, View } from "./types.js" */

/** @type {Record<SoftmaxStep, string>} */
const STEP_NAMES = {
  ...{ score: "formula_score", scaled: "softmax_scaled", exp: "formula_exp" },
  ...{ sum: "softmax_sum", share: "softmax_share" },
};
/** @type {Partial<Record<SoftmaxStep, number>>} */
const LEAST_END = { scaled: 5, share: 0.5 };

/** @type {StepPlan<SoftmaxStep>} */
const SOFTMAX_PLAN = {
  ...{ name: "softmax", summing: "sum", total: writtenExp },
  numbers: softmaxNumbers,
  written(step, number, scene) {
    if (step === "share") return percent(number);
    return step === "exp" || step === "sum" ? writtenExp(number) : writtenScore(number, scene);
  },
  isUntold: isStepUntold,
  showsMask: () => true,
  least: (step, scene) => (step === "score" && hasTanh(scene) ? 1 : (LEAST_END[step] ?? 0)),
  outlined: (step, numbers) => (step === "sum" ? numbers : null), // from where they have come
};
const PLAYED_MS = 1000; // that a step is shown
const HEAD = 36; // pixels for what one presses
const FOOT = 36; // and for the formula, which may take two lines
const PHONE_WIDTH = 460; // pixels: a phone
const GAP = 18; // between the columns and the curve

/** @type {() => View} */
export function softmaxView() {
  const svg = makeShape("svg", { class: "softmax-picture" });
  const line = softmaxLine();
  const choice = stepChoice(show);
  const node = make("div", { class: "softmax-view" }, choice.node, svg, line.node);
  /** @type {ReturnType<typeof stepColumns<SoftmaxStep>>} */
  let columns;
  /** @type {ReturnType<typeof softmaxCurve>} */
  let curve;
  /** @type {Scene} */
  let scene;
  /** @type {Trace | null} */
  let last = null;

  /** @param {SoftmaxStep} step */
  function show(step) {
    columns.goTo(step);
    if (last) line.update(scene, last, step);
  }

  return {
    node,
    build(given, { width, height }) {
      scene = given;
      const size = { width, height: height - HEAD - FOOT };
      const parts = widthsOf(width);
      columns = stepColumns(SOFTMAX_PLAN, scene, { ...size, width: parts.columns }, choice.step());
      curve = softmaxCurve(scene, { ...size, width: parts.curve }, parts.columns + GAP);
      svg.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
      svg.style.cssText = `top: ${(100 * HEAD) / height}%; height: ${(100 * size.height) / height}%`;
      svg.replaceChildren(columns.node, curve.node);
      choice.relabel();
    },
    update(shown, trace) {
      last = trace;
      columns.update(shown, trace);
      curve.update(shown);
      line.update(scene, trace, choice.step());
    },
  };
}

/** @type {(width: number) => { columns: number, curve: number }} */
function widthsOf(width) {
  const columns = Math.round((width - GAP) * (width < PHONE_WIDTH ? 0.64 : 0.62));
  return { columns, curve: width - GAP - columns };
}

/** The steps to choose from, and a button that plays them. show: another one is chosen
 * @param {(step: SoftmaxStep) => void} show */
function stepChoice(show) {
  /** @type {SoftmaxStep} */
  let present = "share";
  let timer = 0;
  const buttons = SOFTMAX_STEPS.map((step) =>
    makeButton(`softmax-step-${step}`, () => choose(step), "view"),
  );
  const play = makeButton("softmax-play", () => (timer ? stop() : begin()), "view softmax-play");
  const steps = make("div", { class: "stage-views", role: "group" }, ...buttons);
  const node = make("div", { class: "softmax-steps" }, play, steps);

  /** @param {SoftmaxStep} step */
  function go(step) {
    present = step;
    show(step);
    relabel();
  }

  /** @param {SoftmaxStep} step */
  function choose(step) {
    stop();
    go(step);
  }

  function begin() {
    go(SOFTMAX_STEPS[0]);
    timer = setInterval(onwards, PLAYED_MS);
    relabel();
  }

  function onwards() {
    const next = SOFTMAX_STEPS[SOFTMAX_STEPS.indexOf(present) + 1];
    if (next && node.isConnected) go(next);
    if (!node.isConnected || present === "share") stop();
  }

  function stop() {
    clearInterval(timer);
    timer = 0;
    relabel();
  }

  function relabel() {
    buttons.forEach((button, i) => {
      showText(button, text(STEP_NAMES[SOFTMAX_STEPS[i]]));
      button.setAttribute("aria-pressed", String(SOFTMAX_STEPS[i] === present));
    });
    steps.setAttribute("aria-label", text("softmax_steps"));
    showText(play, timer ? "❚❚" : "▶");
    play.setAttribute("aria-label", text(timer ? "train_pause" : "softmax_play"));
  }
  return { node, relabel, step: () => present };
}
