// How far training has come: loss, penalty and steps, and the loss as a curve.

import { smallNumber } from "../core/numbers.js";
import { inLanguage, text } from "../state/texts.js";
import { axisUpTo, lineChart, seriesSign } from "../ui/chart.js";
import { make, showNoValue, showText, showValue } from "../ui/dom.js";

/** @typedef {{ key: string, caption: Element, number: Element, sign: Element | null, node: HTMLElement }} Figure */

const MOST_POINTS = 300; // that the curve has room for
const REDRAW_MS = 90;

/** @param {import("./log.js").DescentLog} log */
export function lossFigures(log) {
  const chart = lineChart("train-curve");
  /** @type {(key: string, tag: "strong" | "span", sign: SVGElement | null) => Figure} */
  const figure = (key, tag, sign) => {
    const caption = make("span", { class: "caption" });
    const number = make(tag, { "data-testid": `train-${key}` });
    return { key, caption, number, sign, node: make("span", {}, sign, caption, number) };
  };
  const loss = figure("loss", "strong", seriesSign(0));
  const penalty = figure("penalty", "span", seriesSign(1));
  const steps = figure("steps", "span", null);
  const all = [loss, penalty, steps];
  let drawnAt = 0;

  function draw() {
    drawnAt = performance.now();
    chart.show(curveOf(log));
  }

  return {
    node: make(
      "section",
      {},
      make("p", { class: "figures" }, ...all.map(({ node }) => node)),
      chart.node,
    ),
    draw,
    words() {
      for (const { key, caption } of all) showText(caption, text(`train_${key}`));
    },
    /** @param {boolean} isPlaying the curve then follows a few times a second */
    update(isPlaying) {
      const point = log.point();
      // Two lines have their signs; one needs none.
      penalty.node.hidden = !log.hasPenalty();
      loss.sign?.toggleAttribute("hidden", !log.hasPenalty());
      if (log.steps() < 0) all.forEach(({ number }) => showNoValue(number));
      if (!point) return;
      showValue(loss.number, point.loss, smallNumber);
      showValue(penalty.number, point.penalty, smallNumber);
      showValue(steps.number, log.steps(), String);
      if (!isPlaying || performance.now() - drawnAt > REDRAW_MS) draw();
    },
  };
}

/** What chart.js draws.
 * @param {import("./log.js").DescentLog} log */
function curveOf(log) {
  const losses = log.losses();
  const latest = losses.at(-1);
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
    label:
      latest === undefined
        ? text("train_curve_empty")
        : text("train_curve", { first: written(losses[0]), last: written(latest) }),
  };
}
