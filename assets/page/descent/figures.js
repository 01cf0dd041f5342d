// How far training has come: loss, penalty and steps, and the loss as a small curve.

import { smallNumber } from "../core/numbers.js";
import { text } from "../state/texts.js";
import { make, makeShape, showNoValue, showText, showValue } from "../ui/dom.js";

import { term } from "../ui/term.js";

/** @import { DescentLog } from "./log.js" */

const MOST_POINTS = 200; // that the curve has room for
const REDRAW_MS = 90;
const CURVE = { width: 200, height: 44, edge: 4 };

/** @param {DescentLog} log */
export function lossFigures(log) {
  const curve = lossCurve();
  const [loss, penalty, steps] = [
    figure("loss", "strong"),
    figure("penalty", "span"),
    figure("steps", "span"),
  ];
  const all = [loss, penalty, steps];
  let drawnAt = 0;
  return {
    numbers: make("p", { class: "figures" }, ...all.map(({ node }) => node)),
    curve: curve.node,
    words() {
      for (const { key, say } of all) say(text(`train_${key}`));
    },
    /** While it plays, the curve follows a few times a second.
     * @param {boolean} isPlaying */
    update(isPlaying) {
      const point = log.point();
      penalty.node.hidden = !log.hasPenalty();
      if (log.steps() < 0) all.forEach(({ number }) => showNoValue(number));
      if (point) {
        showValue(loss.number, point.loss, smallNumber);
        showValue(penalty.number, point.penalty, smallNumber);
        showValue(steps.number, log.steps(), String);
      }
      if (isPlaying && performance.now() - drawnAt < REDRAW_MS) return;
      drawnAt = performance.now();
      curve.draw(log);
    },
  };
}

/** @param {string} key @param {"strong" | "span"} tag */
function figure(key, tag) {
  const caption = make("span", { class: "caption" });
  const word = key === "loss" ? term(key) : null;
  if (word) caption.append(word.node);
  /** @type {(words: string) => void} */
  const say = (words) => (word ? word.say(words) : showText(caption, words));
  const number = make(tag, { "data-testid": `train-${key}` });
  return { key, say, number, node: make("span", { class: key }, caption, number) };
}

/** From 0 up to the largest loss, step by step; a penalty is a dashed line. It has no numbers: they stand
 * beside it. */
function lossCurve() {
  const { width, height, edge } = CURVE;
  const base = makeShape("path", { class: "base", d: `M0 ${height - edge}H${width}` });
  const [loss, penalty, end] = ["loss", "penalty", "end"].map((name) =>
    makeShape("path", { class: name }),
  );
  const node = makeShape(
    "svg",
    {
      ...{ class: "train-curve", role: "img", "data-testid": "train-curve" },
      ...{ viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none" },
    },
    ...[base, penalty, loss, end],
  );
  return {
    node,
    /** @type {(log: DescentLog) => void} */
    draw(log) {
      const series = [log.losses(), log.hasPenalty() ? log.penalties() : []];
      const most = series.flat().reduce((a, b) => Math.max(a, b), 0) || 1;
      const last = Math.max(log.steps(), 1);
      /** @type {(value: number, i: number) => string} */
      const place = (value, i) =>
        `${(edge + (i / last) * (width - 2 * edge)).toFixed(1)} ` +
        `${(height - edge - (value / most) * (height - 2 * edge)).toFixed(1)}`;
      const [losses] = series;
      [loss, penalty].forEach((line, i) => line.setAttribute("d", pathThrough(series[i], place)));
      end.setAttribute("d", losses.length ? `M${place(losses[log.steps()], log.steps())}h0` : "");
      node.setAttribute("aria-label", curveInWords(losses));
    },
  };
}

/** Through so many of the points as one sees, the last one always.
 * @type {(values: number[], place: (value: number, i: number) => string) => string} */
function pathThrough(values, place) {
  const stride = Math.ceil(values.length / MOST_POINTS);
  const kept = values.flatMap((value, i) =>
    i % stride === 0 || i === values.length - 1 ? [place(value, i)] : [],
  );
  return kept.length > 1 ? `M${kept.join("L")}` : "";
}

/** @type {(losses: number[]) => string} */
function curveInWords(losses) {
  if (!losses.length) return text("train_curve_empty");
  const [first, last] = [losses[0], losses[losses.length - 1]].map((value) => smallNumber(value));
  return text("train_curve", { first, last });
}
