// The arrow of w or of the query: it points where the score rises, and a hand can turn it.

import { onRange } from "../core/geometry.js";
import { readableNumber } from "../core/numbers.js";
import { isDot } from "../core/scene.js";
import { moved } from "../state/editing.js";
import { currentLesson } from "../state/lessons.js";
import { labelText, text } from "../state/texts.js";
import { makeShape } from "../ui/dom.js";
import { makeDraggable, sayValue } from "./grip.js";
import { slopes } from "./ground.js";

/** @import { Place } from "../core/geometry.js" */
/** @import { Range, Scene } from "../core/types.js" */
/** @import { Plane } from "./axes.js" */

const UNDER_LINE = 44; // pixels: where all points stand on a line, the arrow stands below it
const CLEAR = 40; // pixels between its tip and any row
const [OVER_TIP, BESIDE_TIP] = [-8, 5]; // pixels: where the arrow's name stands
const INSIDE = 6; // pixels from the edge of the plane, where the tip stands at most
const LONGEST = 0.62; // of the plane's smaller side, for weights at the end of their sliders

/** @type {(scene: Scene, plane: Plane) => { node: SVGElement, covers: () => { at: Place, radius: number }[], update: () => void }} */
export function planeArrow(scene, plane) {
  const dot = isDot(scene);
  const { across, up } = plane;
  const { ranges } = currentLesson();
  const range = dot ? ranges.query : ranges.w;
  const factors = dot ? scene.query : scene.w;
  const long = lengthOf(scene, plane, range);
  const from = startOf(scene, plane, long);
  const below = up === null ? BESIDE_TIP : OVER_TIP;
  const shape = arrowShape(dot ? "q" : "w", from, range, below);
  /** @type {() => Place} */
  const tip = () => {
    const [x, y] = slopes(scene, plane);
    const way = { x: x * long, y: y * long };
    const part = Math.min(1, partWithin(from, way, plane.box)); // what is out of sight cannot be held
    return { x: from.x + part * way.x, y: from.y + part * way.y };
  };
  /** @type {(x: number, y: number) => void} */
  const take = (x, y) => {
    factors[across] = onRange(x, range);
    if (up !== null) factors[up] = onRange(y, range);
    moved();
  };
  const { unit } = plane;
  makeDraggable(shape.grip, {
    at: tip,
    drag: ({ x, y }) =>
      take((x - from.x) / long / unit[0], up === null ? 0 : (from.y - y) / long / unit[1]),
    step: (right, upwards) =>
      take(factors[across] + right * range[2], up === null ? 0 : factors[up] + upwards * range[2]),
  });
  const said = text(dot ? "query_row" : "weights_row");
  const columns = [across, ...(up === null ? [] : [up])];
  const names = scene.columns.map((label) => labelText(label));
  return {
    node: shape.node,
    covers() {
      const { x, y } = tip();
      const middle = { x: (from.x + x) / 2, y: (from.y + y) / 2 };
      return [
        { at: { x, y }, radius: 9 },
        { at: middle, radius: 7 },
        { at: { x: x + 16, y: y + below - 4 }, radius: 8 },
      ];
    },
    update() {
      shape.point(tip());
      const words = columns.map((column) => `${names[column]} ${readableNumber(factors[column])}`);
      sayValue(shape.grip, said, factors[across], words.join(", "));
    },
  };
}

/** @type {(name: string, from: Place, range: Range, below: number) => { node: SVGElement, grip: SVGElement, point: (tip: Place) => void }} */
function arrowShape(name, from, [low, high], below) {
  const shaft = makeShape("path", { class: "shaft" });
  const head = makeShape("path", { class: "arrow-head", d: "M0 0L-15 -7L-11 0L-15 7Z" });
  const reach = makeShape("circle", { class: "reach", r: 16, cx: -6 });
  const label = makeShape("text", { class: "arrow-name" }, name);
  const said = { role: "slider", "aria-valuemin": low, "aria-valuemax": high };
  const grip = makeShape(
    "g",
    { class: "arrow-grip", "data-testid": "arrow", ...said },
    reach,
    head,
  );
  return {
    node: makeShape("g", { class: `of-${name}` }, shaft, grip, label),
    grip,
    point({ x, y }) {
      const angle = Math.atan2(y - from.y, x - from.x);
      const end = `${x - 9 * Math.cos(angle)} ${y - 9 * Math.sin(angle)}`;
      shaft.setAttribute("d", `M${from.x} ${from.y}L${end}`);
      grip.setAttribute("transform", `translate(${x} ${y}) rotate(${(angle * 180) / Math.PI})`);
      label.setAttribute("transform", `translate(${x + 10} ${y + below})`);
    },
  };
}

/** -> how much of a way leads to the edge of the plane
 * @type {(from: Place, way: Place, box: Plane["box"]) => number} */
function partWithin(from, way, box) {
  /** @type {(start: number, by: number, low: number, high: number) => number} */
  const part = (start, by, low, high) => {
    const room = by > 0 ? high - INSIDE - start : start - low - INSIDE;
    return by === 0 || room < 0 ? Infinity : room / Math.abs(by);
  };
  return Math.min(part(from.x, way.x, box.left, box.right), part(from.y, way.y, box.top, box.foot));
}

/** A query starts where all features are 0, as the rows do. What w has is a direction: it starts there
 * too, or where its tip is clear of the rows.
 * @type {(scene: Scene, plane: Plane, long: number) => Place} */
function startOf(scene, plane, long) {
  const { up, box } = plane;
  const origin = plane.place(scene.columns.map(() => 0));
  const middle = { x: (box.left + box.right) / 2, y: (box.top + box.foot) / 2 };
  const isInside = origin.x >= box.left && origin.x <= box.right;
  if (up === null) return { x: isInside ? origin.x : middle.x, y: origin.y + UNDER_LINE };
  if (isDot(scene)) return origin;
  const quarter = { x: (box.right - box.left) / 4, y: (box.foot - box.top) / 4 };
  const choices = [
    ...(isInside && origin.y >= box.top && origin.y <= box.foot ? [origin] : []),
    middle,
    { x: middle.x + quarter.x, y: middle.y - quarter.y },
    { x: middle.x - quarter.x, y: middle.y - quarter.y },
    { x: middle.x + quarter.x, y: middle.y + quarter.y },
    { x: middle.x - quarter.x, y: middle.y + quarter.y },
  ];
  const [x, y] = slopes(scene, plane);
  const way = { x: x * long, y: y * long };
  const whole = choices.filter((start) => partWithin(start, way, box) >= 1);
  return clearest(whole.length ? whole : choices, way, scene.x.map(plane.place));
}

/** The first of the places from which the way ends clear of all rows, or else the one that comes nearest to it.
 * @type {(starts: Place[], way: Place, rows: Place[]) => Place} */
function clearest(starts, way, rows) {
  const distances = starts.map(({ x, y }) =>
    Math.min(...rows.map((row) => Math.hypot(x + way.x - row.x, y + way.y - row.y))),
  );
  const clear = distances.findIndex((distance) => distance > CLEAR);
  return starts[clear >= 0 ? clear : distances.indexOf(Math.max(...distances))];
}

/** -> pixels of the arrow for each pixel's rise of the logit. A query's tip stands at the query itself.
 * @type {(scene: Scene, plane: Plane, range: Range) => number} */
function lengthOf(scene, { up, box, unit }, [low, high]) {
  if (isDot(scene)) return 1 / unit[0] ** 2; // where a pixel is as much to the side as upwards
  const steepest =
    Math.max(Math.abs(low), Math.abs(high)) * Math.max(unit[0], up === null ? 0 : unit[1]);
  return (LONGEST * Math.min(box.right - box.left, box.foot - box.top)) / steepest;
}
