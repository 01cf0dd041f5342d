// How far training has come: loss, penalty and steps, and the loss as a curve.

import { smallNumber } from "../core/numbers.js";
import { inLanguage, text } from "../state/texts.js";
import { axisUpTo, lineChart, seriesSign } from "../ui/chart.js";
import { make, showNoValue, showText, showValue } from "../ui/dom.js";

/** @import { DescentLog } from "./log.js" */

const MOST_POINTS = 300; // that the curve has room for
const REDRAW_MS = 90;

/** @param {DescentLog} log */
export function lossFigures(log) {
  const chart = lineChart("train-curve");
  const [lossSign, penaltySign] = [seriesSign(0), seriesSign(1)];
  const loss = figure("loss", "strong", lossSign);
  const penalty = figure("penalty", "span", penaltySign);
  const steps = figure("steps", "span");
  const all = [loss, penalty, steps];
  let drawnAt = 0;

  function draw() {
    drawnAt = performance.now();
    chart.show(curveOf(log));
  }

  const line = make("p", { class: "figures" }, ...all.map(({ node }) => node));
  return {
    node: make("section", {}, line, chart.node),
    draw,
    words() {
      for (const { key, caption } of all) showText(caption, text(`train_${key}`));
    },
    /** While it plays, the curve follows a few times a second.
     * @param {boolean} isPlaying */
    update(isPlaying) {
      const point = log.point();
      // Two lines have their signs; one needs none.
      penalty.node.hidden = !log.hasPenalty();
      lossSign.toggleAttribute("hidden", !log.hasPenalty());
      if (log.steps() < 0) all.forEach(({ number }) => showNoValue(number));
      if (!point) return;
      showValue(loss.number, point.loss, smallNumber);
      showValue(penalty.number, point.penalty, smallNumber);
      showValue(steps.number, log.steps(), String);
      if (!isPlaying || performance.now() - drawnAt > REDRAW_MS) draw();
    },
  };
}

/** @param {string} key @param {"strong" | "span"} tag @param {Element} [sign] */
function figure(key, tag, sign) {
  const caption = make("span", { class: "caption" });
  const number = make(tag, { "data-testid": `train-${key}` });
  return { key, caption, number, node: make("span", {}, sign, caption, number) };
}

/** @type {(log: DescentLog) => Parameters<ReturnType<typeof lineChart>["show"]>[0]} */
function curveOf(log) {
  const losses = log.losses();
  const series = log.hasPenalty() ? [losses, log.penalties()] : [losses];
  const most = series.flat().reduce((a, b) => Math.max(a, b), 0);
  const last = Math.max(log.steps(), 1);
  const stride = Math.ceil(losses.length / MOST_POINTS);
  /** @type {(values: number[]) => [number, number][]} */
  const kept = (values) =>
    values.flatMap((value, i) => (i % stride === 0 || i === log.steps() ? [[i, value]] : []));
  /** @type {(value: number) => string} */
  const written = (value) => inLanguage(smallNumber(value));
  return {
    series: series.map(kept),
    x: { range: [0, last], ticks: losses.length > 1 ? [0, last] : [0], write: String },
    y: axisUpTo(most, smallNumber),
    at: Math.max(log.steps(), 0),
    label: losses.length
      ? text("train_curve", { first: written(losses[0]), last: written(losses[log.steps()]) })
      : text("train_curve_empty"),
  };
}
