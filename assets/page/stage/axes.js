// Where numbers stand on the plane: two features are its axes, or one is a line.

import { isSelf, ofHead, ofSelf, runWhole } from "../core/asking.js";
import { isDot } from "../core/scene.js";
import { rangeOf } from "../state/lessons.js";
import { state } from "../state/store.js";
import { labelText, text } from "../state/texts.js";

/** @import { Place } from "../core/geometry.js" */
/** @import { Matrix, Scene, SelfAttentionTrace, Vector } from "../core/types.js" */
/** @import { Size } from "./types.js" */

/** @typedef {[low: number, high: number]} Domain */
/**
 * @typedef {object} Plane
 * @property {number} across a column
 * @property {number | null} up another one; null: the plane is a line
 * @property {Record<"left" | "right" | "top" | "foot", number>} box in pixels, as all that follows
 * @property {Domain} domainX
 * @property {Domain} domainY
 * @property {(vector: Vector) => Place} place of a row's vector
 * @property {(place: Place) => [x: number, y: number]} numbers that stand there, or at the edge nearest to it
 * @property {[x: number, y: number]} unit how much of a feature a pixel is
 */

const PLANE_MARGIN = { left: 46, right: 14, top: 30, foot: 44 };
const ROOM = 0.05; // beside the largest and the smallest number
const SMALL_PART = 0.15; // of a slider's way: numbers that fill less of it would lie on one another
const MUCH = 1.5; // times as far or as near, for which the axes change
const LEAST_STEPS = 2; // of the slider that numbers are taken to fill

/** What can be an axis: a feature, or of self-attention a number of queries, keys and values, in the head
 * that is looked at.
 * @type {(scene: Scene) => { columns: number[], names: string[] }} */
export function axesOf(scene) {
  const { columns, kind, heads, head, wq, wv } = scene;
  const names = columns.map((label) => labelText(label));
  if (!isSelf(scene)) return { columns: [...(kind === "gate" ? [0] : columns.keys())], names };
  const width = Math.max(ofSelf(wq)[0].length, ofSelf(wv)[0].length) / heads;
  const numbers = Array.from({ length: width }, (_, i) => i);
  return {
    columns: numbers,
    names: numbers.map((i) => text("axis_self", { number: head * width + i + 1 })),
  };
}

/** The two that are shown: those of the address as far as the scene has them.
 * @type {(scene: Scene) => [number, number | null]} */
export function shownAxes(scene) {
  const { length } = axesOf(scene).columns;
  if (length < 2) return [0, null];
  const [across, up] = state.axes ?? [0, 1];
  const fits = Math.max(across, up) < length && across !== up;
  return fits ? [across, up] : [0, 1];
}

/** @type {(scene: Scene, size: Size) => Plane} */
export function planeOf(scene, { width, height }) {
  const [across, up] = shownAxes(scene);
  const box = {
    ...{ left: up === null ? 16 : PLANE_MARGIN.left, right: width - PLANE_MARGIN.right },
    ...{ top: PLANE_MARGIN.top, foot: height - PLANE_MARGIN.foot },
  };
  let domainX = domainOf(scene, across);
  let domainY = up === null ? /** @type {Domain} */ ([-1, 1]) : domainOf(scene, up);
  if (up !== null && (isDot(scene) || isSelf(scene)))
    [domainX, domainY] = sameUnits(domainX, domainY, box);
  const unit = /** @type {[number, number]} */ ([
    (domainX[1] - domainX[0]) / (box.right - box.left),
    (domainY[1] - domainY[0]) / (box.foot - box.top),
  ]);
  const middle = (box.top + box.foot) / 2;
  return {
    ...{ across, up, box, domainX, domainY, unit },
    place: (vector) => ({
      x: box.left + (vector[across] - domainX[0]) / unit[0],
      y: up === null ? middle : box.foot - (vector[up] - domainY[0]) / unit[1],
    }),
    numbers: ({ x, y }) => [
      domainX[0] + (withinBounds(x, box.left, box.right) - box.left) * unit[0],
      domainY[0] + (box.foot - withinBounds(y, box.top, box.foot)) * unit[1],
    ],
  };
}

/** As far as the column's sliders go, or its numbers; and where its numbers and 0 fill a small part of
 * that, as far as they go and as much on either side.
 * @type {(scene: Scene, column: number) => Domain} */
function domainOf(scene, column) {
  if (isSelf(scene)) return domainOfSelf(scene, column);
  const { x, query } = scene;
  const numbers = x.map((vector) => vector[column]);
  if (isDot(scene)) numbers.push(query[column]);
  const [lowest, highest, step] = rangeOf(column);
  const low = Math.min(lowest, ...numbers);
  const high = Math.max(highest, ...numbers);
  const own = [Math.min(0, ...numbers), Math.max(0, ...numbers)];
  const filled = Math.max(own[1] - own[0], LEAST_STEPS * step);
  if (filled < SMALL_PART * (high - low)) return [own[0] - filled, own[1] + filled];
  const room = (high - low) * ROOM;
  return [low - room, high + room];
}

/** The vectors of each step, in the head that is looked at; what has fewer numbers than another is 0 there.
 * @type {(scene: Scene, whole?: Pick<SelfAttentionTrace, "queries" | "keys" | "values">) => { queries: Matrix, keys: Matrix, values: Matrix }} */
export function vectorsOnPlane(scene, { queries, keys, values } = runWhole(scene)) {
  const { length } = axesOf(scene).columns;
  /** @type {(vectors: Matrix) => Matrix} */
  const placed = (vectors) =>
    vectors.map((vector) => {
      const own = ofHead(scene, vector);
      return Array.from({ length }, (_, i) => own[i] ?? 0);
    });
  return { queries: placed(queries), keys: placed(keys), values: placed(values) };
}

/** As far as queries, keys and values go, and 0, where their arrows begin.
 * @type {(scene: Scene, column: number) => Domain} */
function domainOfSelf(scene, column) {
  const { queries, keys, values } = vectorsOnPlane(scene);
  const numbers = [...queries, ...keys, ...values].map((vector) => vector[column]);
  const reach = Math.max(1, ...numbers.map(Math.abs)) * (1 + 2 * ROOM);
  return [numbers.some((number) => number < 0) ? -reach : -reach / 3, reach];
}

/** Where an angle counts, a pixel is as much to the side as upwards: the narrower domain is widened.
 * @type {(x: Domain, y: Domain, box: Plane["box"]) => [Domain, Domain]} */
function sameUnits(x, y, { left, right, top, foot }) {
  const unit = Math.max((x[1] - x[0]) / (right - left), (y[1] - y[0]) / (foot - top));
  /** @type {(domain: Domain, pixels: number) => Domain} */
  const widened = ([low, high], pixels) => {
    const more = (unit * pixels - (high - low)) / 2;
    return [low - more, high + more];
  };
  return [widened(x, right - left), widened(y, foot - top)];
}

/** @type {(value: number, low: number, high: number) => number} */
const withinBounds = (value, low, high) => Math.min(Math.max(value, low), high);

/** Whether other axes would serve better: what can be dragged is outside
 * of these, small in them, or has no room left.
 * @type {(plane: Plane, scene: Scene, size: Size) => boolean} */
export function isUnfit(plane, scene, size) {
  const ratios = planeOf(scene, size).unit.map((one, i) => one / plane.unit[i]);
  return !holds(plane, scene) || ratios.some((ratio) => ratio > MUCH || ratio < 1 / MUCH);
}

/** Whether all that can be dragged still stands inside.
 * @type {(plane: Plane, scene: Scene) => boolean} */
export function holds({ box, place }, scene) {
  const points = isDot(scene) ? [...scene.x, scene.query] : scene.x;
  const vectors = isSelf(scene) ? Object.values(vectorsOnPlane(scene)).flat() : points;
  return vectors.every((vector) => {
    const at = place(vector);
    return at.x >= box.left && at.x <= box.right && at.y >= box.top && at.y <= box.foot;
  });
}
