// The curve that turns scores into exp, less the highest score, and every row as a point on it: the
// higher T is, the flatter it is.

import { seenSteps } from "../core/asking.js";
import { roundTicks } from "../core/geometry.js";
import { readableNumber } from "../core/numbers.js";
import { hasTanh, highestScore } from "../core/softmax-steps.js";
import { selectRow } from "../state/editing.js";
import { labelText, text } from "../state/texts.js";
import { makeShape, showText } from "../ui/dom.js";
import { rowForm, rowStyle } from "../ui/rows.js";
import { isAsked } from "./asked.js";

/** @import { Scene, Vector } from "../core/types.js" */
/** @import { Size } from "./types.js" */
/** @typedef {{ left: number, right: number, top: number, foot: number }} Frame */

const PIECES = 40; // of the curve
const NARROW_CURVE = 170; // pixels
const POINT = 6; // radius, in pixels

/** @type {(scene: Scene, size: Size, left: number) => { node: SVGElement, update: (shown: { scores: Vector }) => void }} */
export function softmaxCurve(scene, { width, height }, left) {
  /** @type {Frame} */
  const frame = { left: left + 14, right: left + width - 14, top: 22, foot: height - 34 };
  const curve = makeShape("path", { class: "curve" });
  const power = makeShape("tspan", { dy: "-0.4em", "font-size": "85%" });
  const formula = makeShape("text", { class: "soft", x: left + width - 2, y: 16 }, "e", power);
  formula.setAttribute("text-anchor", "end");
  const [minus, over] = width < NARROW_CURVE ? ["−", "÷"] : [" − ", " ÷ "];
  const ticks = curveTicks(frame);
  const points = scene.rows.map((_, row) => curvePoint(scene, row));
  const one = makeShape("text", { class: "tick", x: left + 10, y: frame.top + 4 }, "1");
  one.setAttribute("text-anchor", "end");
  const lines = `M${frame.left} ${frame.top}H${frame.right}M${frame.left} ${frame.foot}H${frame.right}`;
  const end = { class: "axis-name", x: frame.right + 10, y: height - 4, "text-anchor": "end" };
  const node = makeShape(
    "g",
    { class: "softmax-curve" },
    makeShape("path", { class: "grid", d: lines }),
    ticks.node,
    one,
    curve,
    ...points.map(({ node }) => node),
    formula,
    makeShape("text", end, `${text("formula_score")} →`),
  );
  return {
    node,
    update({ scores }) {
      node.toggleAttribute("hidden", isAsked("scores")); // it ends at the highest one
      const [mask, { temperature }] = [seenSteps(scene), scene];
      const isSeen = mask.some(Boolean);
      const highest = isSeen ? highestScore(scene, scores) : Math.max(...scores);
      const [low, high] = curveDomain(scores, scene);
      /** @type {(score: number) => number} */
      const across = (score) =>
        frame.left + ((score - low) / (high - low)) * (frame.right - frame.left);
      /** @type {(score: number) => number} */
      const up = (score) =>
        frame.foot - Math.exp((score - highest) / temperature) * (frame.foot - frame.top);
      curve.setAttribute("d", curvePath(low, Math.min(high, highest), across, up));
      ticks.update(low, high, across);
      showText(power, `(s${minus}max)${over}${readableNumber(temperature)}`);
      points.forEach((point, row) => {
        const isShown = mask[row];
        point.update(
          across(scores[row]),
          isShown ? up(scores[row]) : frame.foot,
          frame.foot,
          isShown,
        );
      });
    },
  };
}

/** From a round number to a round one, so that points move and the axis does not.
 * @type {(scores: Vector, scene: Scene) => [low: number, high: number]} */
function curveDomain(scores, scene) {
  if (hasTanh(scene)) return [-1, 1];
  const [low, high] = [Math.min(...scores), Math.max(...scores)];
  const span = Math.max(high - low || 1, 1e-9 * Math.abs(high), 1e-3);
  const size = 10 ** Math.floor(Math.log10(span));
  const step = size * (span / size > 5 ? 2 : span / size > 2 ? 1 : 0.5);
  return [Math.floor(low / step) * step, (Math.floor(high / step) + 1) * step];
}

/** Closer together where it is steep, at the highest score.
 * @type {(low: number, high: number, across: (score: number) => number, up: (score: number) => number) => string} */
function curvePath(low, high, across, up) {
  const places = Array.from({ length: PIECES + 1 }, (_, i) => {
    const score = high - (high - low) * (i / PIECES) ** 3;
    return `${across(score).toFixed(1)} ${up(score).toFixed(1)}`;
  });
  return `M${places.join("L")}`;
}

/** @type {(frame: Frame) => { node: SVGElement, update: (low: number, high: number, across: (score: number) => number) => void }} */
function curveTicks({ left, right, foot }) {
  const node = makeShape("g");
  let ends = "";
  const most = right - left > 160 ? 4 : 2;
  return {
    node,
    update(low, high, across) {
      if (ends === `${low} ${high}`) return;
      ends = `${low} ${high}`;
      node.replaceChildren(
        ...roundTicks(low, high, most).map((value) => {
          const at = { class: "tick", x: across(value), y: foot + 15, "text-anchor": "middle" };
          return makeShape("text", at, readableNumber(value));
        }),
      );
    },
  };
}

/** @type {(scene: Scene, row: number) => { node: SVGElement, update: (x: number, y: number, foot: number, isShown: boolean) => void }} */
function curvePoint(scene, row) {
  const stem = makeShape("path", { class: "stem" });
  const point = makeShape("path", { class: "point", d: rowForm(row) });
  const node = makeShape(
    "g",
    {
      ...{ style: rowStyle(row), "data-testid": `softmax-point-${row}` },
      onclick: () => selectRow(row),
    },
    ...[makeShape("title", {}, labelText(scene.rows[row])), stem, point],
  );
  return {
    node,
    update(x, y, foot, isShown) {
      node.classList.toggle("masked", !isShown);
      stem.setAttribute("d", `M${x} ${foot}V${y}`);
      point.setAttribute("transform", `translate(${x} ${y}) scale(${POINT})`);
    },
  };
}
