// Where two numbers that learn stand on the map of the loss.

import { roundTicks } from "../core/geometry.js";
import { learnerValue } from "../core/loss-map.js";
import { readableNumber } from "../core/numbers.js";
import { makeShape } from "../ui/dom.js";
import { rangeOfLearner } from "./loss-choice.js";

/** @import { Learner } from "../core/loss-map.js" */
/** @import { Place } from "../core/geometry.js" */
/** @import { Scene } from "../core/types.js" */
/** @import { Domain } from "./axes.js" */
/** @import { Size } from "./types.js" */

/**
 * @typedef {object} LossPlane
 * @property {[Learner, Learner]} learners
 * @property {Record<"left" | "right" | "top" | "foot", number>} box in pixels
 * @property {[Domain, Domain]} domains
 * @property {(values: number[]) => Place} place
 * @property {(place: Place) => number[]} numbers
 */

const LOSS_MARGIN = { left: 52, right: 16, top: 32, foot: 44 };
// Of a slider's way, so much farther goes the map, and where the ball has left it.
const [EDGE_ROOM, BEYOND] = [0.04, 0.25];

/** @type {(scene: Scene, size: Size, learners: [Learner, Learner]) => LossPlane} */
export function lossPlane(scene, { width, height }, learners) {
  const { left, right, top, foot } = LOSS_MARGIN;
  const box = { left, right: width - right, top, foot: height - foot };
  const [domainX, domainY] = learners.map((one) => domainOfLearner(one, learnerValue(scene, one)));
  const unitX = (domainX[1] - domainX[0]) / (box.right - box.left);
  const unitY = (domainY[1] - domainY[0]) / (box.foot - box.top);
  return {
    learners,
    box,
    domains: [domainX, domainY],
    place: ([a, b]) => ({
      x: box.left + (a - domainX[0]) / unitX,
      y: box.foot - (b - domainY[0]) / unitY,
    }),
    numbers: ({ x, y }) => [
      domainX[0] + (x - box.left) * unitX,
      domainY[0] + (box.foot - y) * unitY,
    ],
  };
}

/** As far as its slider goes, with some room, and farther where the number is.
 * @type {(learner: Learner, value: number) => Domain} */
function domainOfLearner(learner, value) {
  const [low, high] = rangeOfLearner(learner);
  const [room, more] = [EDGE_ROOM * (high - low), BEYOND * (high - low)];
  return [value < low ? value - more : low - room, value > high ? value + more : high + room];
}

/** @type {(plane: LossPlane, values: number[]) => boolean} */
export const holdsValues = ({ domains }, values) =>
  values.every((value, i) => value >= domains[i][0] && value <= domains[i][1]);

/** @type {(plane: LossPlane) => SVGElement[]} */
export function lossScales({ box, domains, place }) {
  const [domainX, domainY] = domains;
  const across = roundTicks(...domainX, 5).map((value) => {
    const { x } = place([value, 0]);
    const at = { class: "tick", x, y: box.foot + 15, "text-anchor": "middle" };
    return makeShape("text", at, readableNumber(value));
  });
  const up = roundTicks(...domainY, 5).map((value) => {
    const { y } = place([0, value]);
    const at = { class: "tick", x: box.left - 6, y: y + 4, "text-anchor": "end" };
    return makeShape("text", at, readableNumber(value));
  });
  return [...across, ...up];
}

/** What of a drawing lies on the map.
 * @type {(plane: LossPlane, drawn: SVGElement) => SVGElement} */
export function insideMap({ box: { left, right, top, foot } }, drawn) {
  const area = { x: left, y: top, width: right - left, height: foot - top };
  const clip = makeShape("clipPath", { id: "loss-map" }, makeShape("rect", area));
  return makeShape("g", { "clip-path": "url(#loss-map)" }, clip, drawn);
}
