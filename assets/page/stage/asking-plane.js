// The plane of self-attention: the query of the step that asks, the keys it meets, and the values, among
// which the output lies. The more a key points where the query points, the more weight its value has.

import { askingStep, ofHead, seenSteps } from "../core/asking.js";
import { readableNumber } from "../core/numbers.js";
import { labelText, text } from "../state/texts.js";
import { makeShape, showText } from "../ui/dom.js";
import { rowForm, rowStyle } from "../ui/rows.js";
import { isAsked, outputTells } from "./asked.js";
import { vectorsOnPlane } from "./axes.js";
import { labelPlaces } from "./label-places.js";
import { outputPoint } from "./points.js";

/** @import { Place } from "../core/geometry.js" */
/** @import { Scene, Trace, Vector } from "../core/types.js" */
/** @import { Plane } from "./axes.js" */
/** @import { Label } from "./label-places.js" */
/** @import { PlaneDrawing } from "./types.js" */
/** @typedef {{ node: SVGElement, words: SVGElement, point: (tip: Place) => void, label: () => Label }} VectorArrow */

const [LEAST, MOST] = [5, 15]; // radius of a value, in pixels
const THICKEST_PULL = 16; // of the line that pulls the output
const MOST_NAMED = 6; // rows whose names have room beside both of their vectors

/** grid: the scales of both axes
 * @type {(scene: Scene, plane: Plane, grid: SVGElement[]) => PlaneDrawing} */
export function askingDrawing(scene, plane, grid) {
  const origin = plane.place(zeros(plane));
  const query = vectorArrow("query", origin, "stage-query");
  const steps = scene.rows.map((_, row) => stepVectors(scene, plane, origin, row));
  const output = outputPoint(plane);
  /** @type {(trace: Trace) => Trace} */
  const inHead = (trace) => ({ ...trace, output: filled(ofHead(scene, trace.output), plane) });
  let isFirst = true;

  function placeLabels() {
    const labels = [query.label(), ...steps.flatMap(({ labels }) => labels()), ...output.label([])];
    labelPlaces(labels, plane.box, []).forEach((place, i) => labels[i].put(place));
  }

  return {
    plane,
    nodes: [
      ...[...grid, ...steps.map(({ pull }) => pull), ...steps.map(({ key }) => key), query.node],
      ...steps.map(({ value }) => value),
      ...[output.trail, output.pinned, output.node],
      ...[...steps.flatMap(({ words }) => words), query.words],
    ],
    update(shown, trace) {
      const vectors = vectorsOnPlane(scene, trace.whole);
      const asking = askingStep(scene);
      const seen = seenSteps(scene);
      const drawn = inHead(shown);
      const end = outputTells() ? null : plane.place(drawn.output);
      query.node.style.cssText = query.words.style.cssText = rowStyle(asking);
      query.point(plane.place(vectors.queries[asking]));
      const name = labelText(scene.rows[asking]);
      showText(query.words, `q · ${name}`);
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
      if (isFirst) placeLabels();
      isFirst = false;
    },
    placeLabels,
    sortPoints() {},
  };
}

/** A step's key and its value. end: of the line that pulls the output; null: there is none
 * @typedef {{ key: SVGElement, value: SVGElement, pull: SVGElement, words: SVGElement[], labels: () => Label[], update: (key: Vector, value: Vector, weight: number, end: Place | null, isSeen: boolean) => void }} StepVectors */

/** @type {(scene: Scene, plane: Plane, origin: Place, row: number) => StepVectors} */
function stepVectors(scene, plane, origin, row) {
  const [key, value] = [
    vectorArrow("key", origin, `stage-key-${row}`, row),
    valuePoint(origin, row),
  ];
  const name = labelText(scene.rows[row]);
  const beside = scene.rows.length <= MOST_NAMED ? ` · ${name}` : "";
  showText(key.words, `k${beside}`);
  showText(value.words, `v${beside}`);
  let isHere = true;
  return {
    ...{ key: key.node, value: value.node, pull: value.pull, words: [key.words, value.words] },
    labels: () => (isHere ? [key.label(), value.label()] : []),
    update(keyVector, valueVector, weight, end, isSeen) {
      isHere = isSeen;
      key.point(plane.place(keyVector));
      value.show(plane.place(valueVector), weight, end);
      for (const { node, words } of [key, value]) {
        node.classList.toggle("masked", !isSeen);
        words.toggleAttribute("hidden", !isSeen);
      }
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

/** @type {(name: "query" | "key", from: Place, testid: string, row?: number) => VectorArrow} */
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
  const words = makeShape("text", { class: "point-name", ...style });
  let at = from;
  return {
    ...{ node, words },
    point(tip) {
      at = tip;
      const angle = Math.atan2(tip.y - from.y, tip.x - from.x);
      const back = name === "query" ? 9 : 0;
      const [x, y] = [tip.x - back * Math.cos(angle), tip.y - back * Math.sin(angle)];
      shaft.setAttribute("d", `M${from.x} ${from.y}L${x} ${y}`);
      head.setAttribute(
        "transform",
        `translate(${tip.x} ${tip.y}) rotate(${(angle * 180) / Math.PI})`,
      );
      moveWords(words, at);
    },
    label: () => labelOf(words, () => at, 7),
  };
}

/** @type {WeakMap<SVGElement, Place>} where words stand beside their point */
const besides = new WeakMap();

/** @type {(words: SVGElement, at: Place) => void} */
function moveWords(words, at) {
  const beside = besides.get(words) ?? { x: 0, y: 0 };
  words.setAttribute("transform", `translate(${at.x + beside.x} ${at.y + beside.y})`);
}

/** @type {(words: SVGElement, at: () => Place, radius: number) => Label} */
const labelOf = (words, at, radius) => ({
  ...{ at: at(), radius, words: words.textContent ?? "" },
  put(beside) {
    besides.set(words, beside);
    moveWords(words, at());
  },
});

/** Its form is the row's, as large as its weight.
 * @type {(from: Place, row: number) => Omit<VectorArrow, "point"> & { pull: SVGElement, show: (at: Place, weight: number, end: Place | null) => void }} */
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
  const words = makeShape("text", { class: "point-name", ...style });
  let [at, radius] = [from, LEAST];
  return {
    ...{ node, pull, words },
    show(next, weight, end) {
      [at, radius] = [next, LEAST + (MOST - LEAST) * Math.sqrt(weight)];
      stem.setAttribute("d", `M${from.x} ${from.y}L${at.x} ${at.y}`);
      form.setAttribute("transform", `translate(${at.x} ${at.y}) scale(${radius})`);
      pull.setAttribute("d", end ? `M${at.x} ${at.y}L${end.x} ${end.y}` : "");
      pull.setAttribute("stroke-width", String(weight * THICKEST_PULL));
      moveWords(words, at);
    },
    label: () => labelOf(words, () => at, radius),
  };
}
