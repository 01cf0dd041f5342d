// The points of the plane: a row's, as large as its weight, and the weighted output's, which they pull.

import { onRange } from "../core/geometry.js";
import { readableNumber } from "../core/numbers.js";
import { moved, selectRow } from "../state/editing.js";
import { rangeOf } from "../state/lessons.js";
import { state } from "../state/store.js";
import { labelText, text } from "../state/texts.js";
import { makeShape } from "../ui/dom.js";
import { rowForm, rowStyle } from "../ui/rows.js";
import { isAsked } from "./asked.js";
import { makeDraggable, sayValue } from "./grip.js";

/** @import { Place } from "../core/geometry.js" */
/** @import { Scene, Trace, Vector } from "../core/types.js" */
/** @import { Plane } from "./axes.js" */
/** @import { Label } from "./label-places.js" */

const [SMALLEST, LARGEST] = [6, 16]; // radius of a point, in pixels
const THICKEST = 16; // of the line that pulls the output
const LONGEST_TRAIL = 90; // places
const SMALL_PLANE = 400; // pixels of width: there the output has its short name

const DIAMOND = "M0 -10L10 0L0 10L-10 0Z";

/** end: of the line that pulls the output; null: it would tell what is asked for
 * @typedef {{ node: SVGElement, pull: SVGElement, ring: SVGElement, words: SVGElement, update: (weight: number, end: Place | null) => void, label: (weights: Vector) => Label[] }} RowPoint */

/** @type {(scene: Scene, plane: Plane, row: number) => RowPoint} */
export function rowPoint(scene, plane, row) {
  const name = labelText(scene.rows[row]);
  const vector = () => scene.x[row];
  const form = makeShape("path", { class: "point-form", d: rowForm(row) });
  const point = makeShape(
    "g",
    { class: "point", role: "slider", "data-testid": `point-${row}`, style: rowStyle(row) },
    form,
  );
  const pull = makeShape("path", { class: "pull", style: rowStyle(row) });
  const ring = makeShape("circle", { class: "outline", style: rowStyle(row) }); // as large as when pinned
  const words = makeShape("text", { class: "point-name", style: rowStyle(row) }, name);
  letDrag(point, scene, plane, row);
  let radius = SMALLEST;
  /** @type {Place} */
  let beside = { x: 0, y: 0 };
  return {
    ...{ node: point, pull, ring, words },
    update(weight, end) {
      const { x, y } = plane.place(vector());
      const isVisible = scene.mask[row];
      radius = radiusOf(weight);
      point.setAttribute("transform", `translate(${x} ${y})`);
      form.setAttribute("transform", `scale(${radius})`);
      point.classList.toggle("masked", !isVisible);
      words.classList.toggle("masked", !isVisible);
      words.setAttribute("transform", `translate(${x + beside.x} ${y + beside.y})`);
      pull.setAttribute("d", isVisible && end ? wayTo({ x, y }, end, plane) : "");
      pull.setAttribute("stroke-width", String(weight * THICKEST));
      const pinned = isAsked("weights") ? undefined : state.pinned?.weights[row];
      ring.setAttribute("r", String(pinned === undefined ? 0 : radiusOf(pinned)));
      ring.setAttribute("transform", `translate(${x} ${y})`);
      tellNumbers(point, scene, plane, row, name);
    },
    label: () => [
      {
        at: plane.place(vector()),
        radius,
        words: name,
        put(place) {
          beside = place;
          const { x, y } = plane.place(vector());
          words.setAttribute("transform", `translate(${x + place.x} ${y + place.y})`);
        },
      },
    ],
  };
}

/** @type {(weight: number) => number} */
const radiusOf = (weight) => SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(weight);

/** Straight; on a line a bow over it, so that one can tell them apart.
 * @type {(from: Place, to: Place, plane: Plane) => string} */
function wayTo(from, to, { up }) {
  if (up !== null) return `M${from.x} ${from.y}L${to.x} ${to.y}`;
  const high = from.y - Math.min(90, 12 + Math.abs(to.x - from.x) * 0.4);
  return `M${from.x} ${from.y}Q${(from.x + to.x) / 2} ${high} ${to.x} ${to.y}`;
}

/** @type {(point: SVGElement, scene: Scene, plane: Plane, row: number) => void} */
function letDrag(point, scene, plane, row) {
  const { across, up } = plane;
  const vector = () => scene.x[row];
  /** @type {(x: number, y: number) => void} */
  const take = (x, y) => {
    vector()[across] = onRange(x, rangeOf(across));
    if (up !== null) vector()[up] = onRange(y, rangeOf(up));
    moved();
  };
  point.addEventListener("focus", () => selectRow(row));
  makeDraggable(point, {
    at: () => plane.place(vector()),
    drag: (to) => take(...plane.numbers(to)),
    step: (right, upwards) =>
      take(
        vector()[across] + right * rangeOf(across)[2],
        up === null ? 0 : vector()[up] + upwards * rangeOf(up)[2],
      ),
  });
}

/** @type {(point: SVGElement, scene: Scene, plane: Plane, row: number, name: string) => void} */
function tellNumbers(point, scene, { across, up }, row, name) {
  const vector = scene.x[row];
  point.setAttribute("data-x", String(vector[across]));
  if (up !== null) point.setAttribute("data-y", String(vector[up]));
  /** @type {(column: number) => string} */
  const told = (column) => `${labelText(scene.columns[column])} ${readableNumber(vector[column])}`;
  sayValue(
    point,
    name,
    vector[across],
    [across, ...(up === null ? [] : [up])].map(told).join(", "),
  );
}

/** @type {(plane: Plane) => { node: SVGElement, trail: SVGElement, pinned: SVGElement, update: (shown: Trace, trace: Trace, isHidden: boolean) => void, label: (weights: Vector) => Label[] }} */
export function outputPoint(plane) {
  const { across, up, box } = plane;
  const name = text(box.right - box.left < SMALL_PLANE ? "flow_output" : "output");
  const point = makeShape("path", {
    class: "output-point",
    d: DIAMOND,
    "data-testid": "point-output",
  });
  const words = makeShape("text", { class: "point-name" }, name);
  const trail = makeShape("path", { class: "trail" });
  const pinned = makeShape("path", { class: "pinned-output", d: DIAMOND });
  /** @type {string[]} */
  let places = [];
  /** @type {Place} */
  let at = { x: 0, y: 0 };
  let isVisible = true;
  const node = makeShape("g", { class: "output" }, point, words);
  return {
    ...{ node, trail, pinned },
    update(shown, { output, weights }, isHidden) {
      isVisible = weights.some(Boolean) && !isHidden;
      node.toggleAttribute("hidden", !isVisible);
      at = plane.place(shown.output);
      node.setAttribute("transform", `translate(${at.x} ${at.y})`);
      point.setAttribute("data-x", String(output[across]));
      if (up !== null) point.setAttribute("data-y", String(output[up]));
      const place = `${Math.round(at.x)} ${Math.round(at.y)}`;
      if (place !== places[places.length - 1]) places = [...places.slice(1 - LONGEST_TRAIL), place];
      pinned.toggleAttribute("hidden", !state.pinned || isHidden);
      const then = plane.place(state.pinned?.output ?? output);
      pinned.setAttribute("transform", `translate(${then.x} ${then.y})`);
      trail.toggleAttribute("hidden", isHidden);
      trail.setAttribute("d", `M${places.join("L")}`);
    },
    label: () => {
      /** @type {(place: Place) => void} */
      const put = ({ x, y }) => words.setAttribute("transform", `translate(${x} ${y})`);
      return isVisible ? [{ at, radius: 11, words: name, put }] : [];
    },
  };
}
