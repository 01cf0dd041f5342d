// Plane: rows are points in the space of two features, and the weighted output is a point among them,
// pulled by lines as thick as the weights. The ground is shaded by the score.

import { isSelf } from "../core/asking.js";
import { convexHull, roundTicks } from "../core/geometry.js";
import { readableNumber } from "../core/numbers.js";
import { text } from "../state/texts.js";
import { make, makeShape } from "../ui/dom.js";
import { isAsked, outputTells } from "./asked.js";
import { planeArrow } from "./arrow.js";
import { askingDrawing } from "./asking-plane.js";
import { axesOf, holds, isUnfit, planeOf } from "./axes.js";
import { axisChoice } from "./axis-choice.js";
import { isHandDown } from "./glide.js";
import { planeGround } from "./ground.js";
import { labelPlaces } from "./label-places.js";
import { outputPoint, rowPoint } from "./points.js";

/** @import { Scene, Trace } from "../core/types.js" */
/** @import { Plane } from "./axes.js" */
/** @import { PlaneDrawing, Size, View } from "./types.js" */

/** @type {() => View} */
export function planeView() {
  const svg = makeShape("svg", { class: "plane" });
  const axes = axisChoice();
  const node = make("div", {}, svg, ...axes.nodes);
  /** @type {PlaneDrawing} */
  let drawing;
  /** @type {Scene} */
  let scene;
  /** @type {Size} */
  let size;
  /** @type {Trace | null} of this scene */
  let last = null;

  /** @type {View["build"]} */
  function build(...given) {
    [scene, size] = given;
    const plane = planeOf(scene, size);
    drawing = isSelf(scene)
      ? askingDrawing(scene, plane, scales(scene, plane))
      : planeDrawing(scene, plane);
    svg.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
    const focused = svg.querySelector(":focus")?.getAttribute("data-testid");
    svg.replaceChildren(...drawing.nodes);
    const again = focused && svg.querySelector(`[data-testid="${focused}"]`);
    if (again instanceof SVGElement) again.focus({ preventScroll: true });
    axes.update();
  }

  /** Other axes would be a jump under the hand, so it is lifted first. */
  function fit() {
    if (!last || !node.isConnected || isHandDown() || !isUnfit(drawing.plane, scene, size)) return;
    build(scene, size);
    drawing.update(last, last);
  }

  addEventListener("pointerup", fit);

  return {
    node,
    build(...given) {
      last = null;
      build(...given);
    },
    update(shown, trace) {
      last = trace;
      // A number beyond the axes widens them. What is moved by its own number waits for the hand to rest.
      const waits = isHandDown() && !isSelf(scene);
      if (!waits && !holds(drawing.plane, scene)) build(scene, size);
      drawing.update(shown, trace);
    },
    rest() {
      if (!last) return;
      fit();
      drawing.placeLabels(last);
      if (!svg.querySelector(":active, :focus")) drawing.sortPoints(last);
    },
  };
}

/** @type {(scene: Scene, plane: Plane) => PlaneDrawing} */
function planeDrawing(scene, plane) {
  const hull = makeShape("path", { class: "hull" });
  const ground = scene.kind === "gate" ? null : planeGround(scene, plane);
  const arrow = scene.kind === "gate" ? null : planeArrow(scene, plane);
  const points = scene.rows.map((_, row) => rowPoint(scene, plane, row));
  const output = scene.kind === "gate" ? null : outputPoint(plane);
  const group = makeShape("g", {}, ...points.flatMap(({ node, ring }) => [node, ring]));
  let isFirst = true;

  /** @type {(trace: Trace) => void} */
  function placeLabels({ weights }) {
    const labels = [...points, output].flatMap((point) => point?.label(weights) ?? []);
    labelPlaces(labels, plane.box, arrow?.covers() ?? []).forEach((place, i) =>
      labels[i].put(place),
    );
  }

  return {
    plane,
    nodes: [
      ...(ground ? [ground.node] : []),
      ...scales(scene, plane),
      hull,
      ...points.map(({ pull }) => pull),
      ...(output ? [output.trail, output.pinned] : []),
      group,
      ...(arrow ? [arrow.node] : []),
      ...(output ? [output.node] : []),
      ...points.map(({ words }) => words),
    ],
    update(shown, trace) {
      const end = plane.place(shown.output);
      ground?.update();
      arrow?.update();
      points.forEach((point, row) => {
        const own = scene.kind === "gate" ? plane.place([shown.output[row]]) : end;
        const isUntold = scene.kind === "gate" ? isAsked("output", row) : outputTells();
        point.update(isAsked("weights") ? 0 : shown.weights[row], isUntold ? null : own);
      });
      output?.update(shown, trace, outputTells());
      if (plane.up !== null) hull.setAttribute("d", hullOf(scene, plane));
      if (isFirst) placeLabels(trace);
      isFirst = false;
    },
    placeLabels,
    // Of two rows at the same place the lighter one lies on top, and both are seen.
    sortPoints({ weights }) {
      const order = points.map((_, row) => row).sort((a, b) => weights[b] - weights[a]);
      group.append(...order.flatMap((row) => [points[row].node, points[row].ring]));
    },
  };
}

/** Around all rows that the mask shows.
 * @type {(scene: Scene, plane: Plane) => string} */
function hullOf({ x, mask }, plane) {
  const places = x.filter((_, row) => mask[row]).map(plane.place);
  const corners = convexHull(places).map(({ x, y }) => `${x} ${y}`);
  return corners.length > 1 ? `M${corners.join("L")}Z` : "";
}

/** Round numbers along both axes; a line has its name, a plane a choice in its place (axis-choice.js).
 * @type {(scene: Scene, plane: Plane) => SVGElement[]} */
function scales(scene, { across, up, box, domainX, domainY, unit }) {
  const ticks = roundTicks(...domainX, 5).flatMap((value) => {
    const x = box.left + (value - domainX[0]) / unit[0];
    const at = { class: "tick", x, y: box.foot + 15, "text-anchor": "middle" };
    const line = makeShape("path", { class: "grid", d: `M${x} ${box.top}V${box.foot}` });
    return [line, makeShape("text", at, readableNumber(value))];
  });
  if (up === null) {
    const name = scene.kind === "gate" ? text("x_number") : axesOf(scene).names[across];
    const end = { class: "axis-name", x: box.right, y: box.foot + 30, "text-anchor": "end" };
    return [...ticks, makeShape("text", end, `${name} →`)];
  }
  const sides = roundTicks(...domainY, 4).flatMap((value) => {
    const y = box.foot - (value - domainY[0]) / unit[1];
    const at = { class: "tick", x: box.left - 6, y: y + 4, "text-anchor": "end" };
    const line = makeShape("path", { class: "grid", d: `M${box.left} ${y}H${box.right}` });
    return [line, makeShape("text", at, readableNumber(value))];
  });
  return [...ticks, ...sides];
}
