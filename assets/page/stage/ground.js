// The ground of the plane: the darker, the higher the score that the chosen row would have there.

import { ACTIVATIONS } from "../core/attention.js";
import { isDot } from "../core/scene.js";
import { state } from "../state/store.js";
import { makeShape } from "../ui/dom.js";

/** @import { Scene } from "../core/types.js" */
/** @import { Plane } from "./axes.js" */

const STOPS = 13; // enough for the bend of tanh
const [LIGHTEST, DARKEST] = [0.03, 0.36];

/** @type {(scene: Scene, plane: Plane) => { node: SVGElement, update: () => void }} */
export function planeGround(scene, plane) {
  const { left, right, top, foot } = plane.box;
  const stops = Array.from({ length: STOPS }, (_, i) =>
    makeShape("stop", { offset: i / (STOPS - 1), class: "score-shade" }),
  );
  const gradient = makeShape(
    "linearGradient",
    { id: "stage-ground", gradientUnits: "userSpaceOnUse" },
    ...stops,
  );
  const rect = { x: left, y: top, width: right - left, height: foot - top, rx: 6 };
  const area = makeShape("rect", { ...rect, class: "ground", fill: "url(#stage-ground)" });
  const middle = { x: (left + right) / 2, y: (top + foot) / 2 };
  return {
    node: makeShape("g", {}, makeShape("defs", {}, gradient), area),
    update() {
      const [slopeX, slopeY] = slopes(scene, plane);
      const size = Math.hypot(slopeX, slopeY) || 1;
      // From the middle to the corner that lies farthest up the slope.
      const reach =
        (Math.abs(slopeX) * (right - left) + Math.abs(slopeY) * (foot - top)) / 2 / size;
      const [x, y] = [(slopeX / size) * reach, (slopeY / size) * reach];
      for (const [key, value] of Object.entries({
        ...{ x1: middle.x - x, y1: middle.y - y, x2: middle.x + x, y2: middle.y + y },
      }))
        gradient.setAttribute(key, String(value));
      const shades = shadesOf(scene, plane, reach * size);
      stops.forEach((stop, i) => stop.setAttribute("stop-opacity", String(shades[i])));
    },
  };
}

/** How fast the logit rises with each pixel to the right, and downwards.
 * @type {(scene: Scene, plane: Plane) => [number, number]} */
export function slopes(scene, { across, up, unit }) {
  const factors = isDot(scene) ? scene.query : scene.w;
  return [factors[across] * unit[0], up === null ? 0 : -factors[up] * unit[1]];
}

/** rise: of the logit from the middle to the farthest corner
 * @type {(scene: Scene, plane: Plane, rise: number) => number[]} */
function shadesOf(scene, { across, up, domainX, domainY }, rise) {
  const { x, w, b, query, kind, activation } = scene;
  const row = Math.min(state.row, x.length - 1);
  const factors = isDot(scene) ? query : w;
  const vector = [...x[row]];
  vector[across] = (domainX[0] + domainX[1]) / 2;
  if (up !== null) vector[up] = (domainY[0] + domainY[1]) / 2;
  const logit = vector.reduce((sum, number, i) => sum + number * factors[i], b?.[row] ?? 0);
  const score = ACTIVATIONS[kind === "attention" ? activation : "linear"];
  const scores = Array.from({ length: STOPS }, (_, i) =>
    score(logit + rise * ((2 * i) / (STOPS - 1) - 1)),
  );
  // A tanh has its whole range, so that one sees where it is full.
  const [low, high] =
    kind === "attention" && activation === "tanh" ? [-1, 1] : [scores[0], scores[STOPS - 1]];
  return scores.map((one) => LIGHTEST + ((one - low) / (high - low || 1)) * (DARKEST - LIGHTEST));
}
