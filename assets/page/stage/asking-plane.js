// The plane of self-attention: the query of the step that asks, the keys it meets, and the values, among
// which the output lies. The more a key points where the query points, the more weight its value has.

import { askingStep, ofHead, seenSteps } from "../core/asking.js";
import { readableNumber } from "../core/numbers.js";
import { labelText, text } from "../state/texts.js";
import { makeShape } from "../ui/dom.js";
import { rowForm, rowStyle } from "../ui/rows.js";
import { isAsked, outputTells } from "./asked.js";
import { vectorsOnPlane } from "./axes.js";
import { alongLine } from "./label-places.js";
import { outputPoint } from "./points.js";
import { vectorLabels } from "./vector-labels.js";

/** @import { Place } from "../core/geometry.js" */
/** @import { Scene, Trace, Vector } from "../core/types.js" */
/** @import { Plane } from "./axes.js" */
/** @import { Obstacle } from "./label-places.js" */
/** @import { PlaneDrawing } from "./types.js" */
/** @import { Tip } from "./vector-labels.js" */
/** lines: what is drawn on the way to its end
 * @typedef {{ node: SVGElement, end: () => Pick<Tip, "at" | "radius">, lines: () => Obstacle[] }} DrawnVector */
/** @typedef {DrawnVector & { point: (tip: Place) => void }} VectorArrow */

const [LEAST, MOST] = [5, 15]; // radius of a value, in pixels
const SHAFTS = { query: 6, key: 2 }; // how thick they are, as in stage.css
const THICKEST_PULL = 16; // of the line that pulls the output
const ARROW_TIP = 7; // radius of an arrow’s head

/** grid: the scales of both axes
 * @type {(scene: Scene, plane: Plane, grid: SVGElement[]) => PlaneDrawing} */
export function askingDrawing(scene, plane, grid) {
  const origin = plane.place(zeros(plane));
  const query = vectorArrow("query", origin, "stage-query");
  const steps = scene.rows.map((_, row) => stepVectors(scene, plane, origin, row));
  const labels = vectorLabels(scene, plane);
  const output = outputPoint(plane);
  /** @type {(trace: Trace) => Trace} */
  const inHead = (trace) => ({ ...trace, output: filled(ofHead(scene, trace.output), plane) });
  /** @type {() => Tip[]} */
  const tips = () => [
    { letter: "q", row: askingStep(scene), ...query.end() },
    ...steps.flatMap((step) => step.tips()),
  ];

  function placeLabels() {
    const lines = [query, ...steps].flatMap((drawn) => drawn.lines());
    labels.place(tips(), output.label([]), lines);
  }

  return {
    plane,
    nodes: [
      ...[...grid, ...steps.map(({ pull }) => pull), ...steps.map(({ key }) => key), query.node],
      ...steps.map(({ value }) => value),
      ...[output.trail, output.pinned, output.node, labels.node],
    ],
    update(shown, trace) {
      const vectors = vectorsOnPlane(scene, trace.whole);
      const asking = askingStep(scene);
      const seen = seenSteps(scene);
      const drawn = inHead(shown);
      const end = outputTells() ? null : plane.place(drawn.output);
      query.node.style.cssText = rowStyle(asking);
      query.point(plane.place(vectors.queries[asking]));
      const name = labelText(scene.rows[asking]);
      tellVector(query.node, text("plane_query", { name }), vectors.queries[asking]);
      steps.forEach((step, row) =>
        step.update(
          vectors.keys[row],
          vectors.values[row],
          isAsked("weights") ? 0 : shown.weights[row],
          seen[row] ? end : null,
          seen[row],
        ),
      );
      output.update(drawn, inHead(trace), outputTells());
      if (!labels.follow(tips())) placeLabels();
    },
    placeLabels,
    sortPoints() {},
  };
}

/** A step's key and its value. end: of the line that pulls the output; null: there is none
 * @typedef {{ key: SVGElement, value: SVGElement, pull: SVGElement, tips: () => Tip[], lines: () => Obstacle[], update: (key: Vector, value: Vector, weight: number, end: Place | null, isSeen: boolean) => void }} StepVectors */

/** @type {(scene: Scene, plane: Plane, origin: Place, row: number) => StepVectors} */
function stepVectors(scene, plane, origin, row) {
  const key = vectorArrow("key", origin, `stage-key-${row}`, row);
  const value = valuePoint(origin, row);
  const name = labelText(scene.rows[row]);
  let isHere = true;
  return {
    ...{ key: key.node, value: value.node, pull: value.pull },
    tips() {
      if (!isHere) return [];
      return [
        { letter: "k", row, ...key.end() },
        { letter: "v", row, ...value.end() },
      ];
    },
    lines: () => [...key.lines(), ...value.lines()],
    update(keyVector, valueVector, weight, end, isSeen) {
      isHere = isSeen;
      key.point(plane.place(keyVector));
      value.show(plane.place(valueVector), weight, end);
      for (const { node } of [key, value]) node.classList.toggle("masked", !isSeen);
      tellVector(key.node, text("plane_key", { name }), keyVector);
      tellVector(value.node, text("plane_value", { name }), valueVector);
    },
  };
}

/** @type {(plane: Plane) => Vector} */
const zeros = ({ across, up }) => Array(Math.max(across, up ?? 0) + 1).fill(0);

/** @type {(vector: Vector, plane: Plane) => Vector} */
const filled = (vector, plane) => zeros(plane).map((zero, i) => vector[i] ?? zero);

/** The numbers in full, for whoever points at it.
 * @type {(node: SVGElement, name: string, vector: Vector) => void} */
function tellVector(node, name, vector) {
  node.setAttribute("data-x", String(vector[0]));
  const said = `${name}: ${vector.map(readableNumber).join("; ")}`;
  if (node.getAttribute("aria-label") !== said) node.setAttribute("aria-label", said);
}

/** What is 0 has no direction: a dot stands for it.
 * @type {(name: "query" | "key", from: Place, testid: string, row?: number) => VectorArrow} */
function vectorArrow(name, from, testid, row) {
  const style = row === undefined ? {} : { style: rowStyle(row) };
  const shaft = makeShape("path", { class: `${name}-shaft` });
  const head = makeShape("path", {
    class: `${name}-head`,
    d: name === "query" ? "M2 0L-15 -8L-10 0L-15 8Z" : "M-9 -5L0 0L-9 5",
  });
  const node = makeShape(
    "g",
    { class: `vector of-${name}`, role: "img", "data-testid": testid, ...style },
    shaft,
    head,
  );
  let at = from;
  return {
    node,
    point(tip) {
      at = tip;
      const isZero = Math.hypot(tip.x - from.x, tip.y - from.y) < 1;
      const angle = Math.atan2(tip.y - from.y, tip.x - from.x);
      const back = name === "query" && !isZero ? 9 : 0;
      const [x, y] = [tip.x - back * Math.cos(angle), tip.y - back * Math.sin(angle)];
      shaft.setAttribute("d", `M${from.x} ${from.y}L${x} ${y}`);
      head.toggleAttribute("hidden", isZero);
      head.setAttribute(
        "transform",
        `translate(${tip.x} ${tip.y}) rotate(${(angle * 180) / Math.PI})`,
      );
    },
    end: () => ({ at, radius: ARROW_TIP }),
    lines: () => alongLine(from, at, SHAFTS[name]),
  };
}

/** Its form is the row's, as large as its weight.
 * @type {(from: Place, row: number) => DrawnVector & { pull: SVGElement, show: (at: Place, weight: number, end: Place | null) => void }} */
function valuePoint(from, row) {
  const style = { style: rowStyle(row) };
  const stem = makeShape("path", { class: "value-stem" });
  const form = makeShape("path", { class: "point-form", d: rowForm(row) });
  const node = makeShape(
    "g",
    { class: "vector of-value", role: "img", "data-testid": `stage-value-${row}`, ...style },
    stem,
    form,
  );
  const pull = makeShape("path", { class: "pull", ...style });
  let [at, radius, thick] = [from, LEAST, 0];
  /** @type {Place} */
  let pulled = from;
  return {
    ...{ node, pull },
    show(next, weight, end) {
      [at, radius] = [next, LEAST + (MOST - LEAST) * Math.sqrt(weight)];
      [pulled, thick] = [end ?? next, weight * THICKEST_PULL];
      stem.setAttribute("d", `M${from.x} ${from.y}L${at.x} ${at.y}`);
      form.setAttribute("transform", `translate(${at.x} ${at.y}) scale(${radius})`);
      pull.setAttribute("d", end ? `M${at.x} ${at.y}L${end.x} ${end.y}` : "");
      pull.setAttribute("stroke-width", String(thick));
    },
    end: () => ({ at, radius }),
    lines: () => [...alongLine(from, at, 0), ...alongLine(at, pulled, thick)],
  };
}
