// How far training has come: loss, penalty and steps, and the loss as a curve.

import { smallNumber } from "../core/numbers.js";
import { inLanguage, text } from "../state/texts.js";
import { axisUpTo, lineChart, seriesSign } from "../ui/chart.js";
import { make, showNoValue, showText, showValue } from "../ui/dom.js";

const MOST_POINTS = 300; // that the curve has room for
const REDRAW_MS = 90;

// log: of log.js
export function lossFigures(log) {
  const chart = lineChart("train-curve");
  const figure = (key, tag, sign) => {
    const caption = make("span", { class: "caption" });
    const number = make(tag, { "data-testid": `train-${key}` });
    return { key, caption, number, sign, node: make("span", {}, sign, caption, number) };
  };
  const [loss, penalty, steps] = [
    figure("loss", "strong", seriesSign(0)),
    figure("penalty", "span", seriesSign(1)),
    figure("steps", "span", null),
  ];
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
    // isPlaying: the curve then follows a few times a second
    update(isPlaying) {
      const point = log.point();
      // Two lines have their signs; one needs none.
      penalty.node.hidden = !log.hasPenalty();
      loss.sign.toggleAttribute("hidden", !log.hasPenalty());
      if (log.steps() < 0) all.forEach(({ number }) => showNoValue(number));
      if (!point) return;
      showValue(loss.number, point.loss, smallNumber);
      showValue(penalty.number, point.penalty, smallNumber);
      showValue(steps.number, log.steps(), String);
      if (!isPlaying || performance.now() - drawnAt > REDRAW_MS) draw();
    },
  };
}

// -> what chart.js draws
function curveOf(log) {
  const losses = log.losses();
  const series = log.hasPenalty() ? [losses, log.penalties()] : [losses];
  const most = series.flat().reduce((a, b) => Math.max(a, b), 0);
  const last = Math.max(log.steps(), 1);
  const stride = Math.ceil(losses.length / MOST_POINTS);
  const kept = (values) =>
    values.map((value, i) => [i, value]).filter(([i]) => i % stride === 0 || i === log.steps());
  const written = (value) => inLanguage(smallNumber(value));
  return {
    series: series.map(kept),
    x: { range: [0, last], ticks: losses.length > 1 ? [0, last] : [0], write: String },
    y: axisUpTo(most, smallNumber),
    at: Math.max(log.steps(), 0),
    label: losses.length
      ? text("train_curve", { first: written(losses[0]), last: written(losses.at(-1)) })
      : text("train_curve_empty"),
  };
}
