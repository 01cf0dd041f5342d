// The numbers of the scene by their names: "b.3", "x.0.1", "w.0", "query.0", "temperature".

import { isDot } from "../core/scene.js";
import { currentLesson, rangeOf } from "./lessons.js";
import { valueAt } from "./paths.js";
import { state } from "./store.js";
import { labelText, text } from "./texts.js";

/** @import { Range } from "../core/types.js" */

/** Those that count for a row: its own, and those that the whole table shares.
 * @type {(row: number) => string[]} */
export function numbersOf(row) {
  const { scene } = state;
  const [rows, columns] = [scene.rows, scene.columns].map((labels) => [...labels.keys()]);
  /** @type {Record<string, () => string[]>} */
  const factors = {
    attention: () => columns.map((column) => `w.${column}`),
    gate: () => rows.map((from) => `w.${from}.${row}`),
  };
  return [
    ...(scene.b && !isDot(scene) ? [`b.${row}`] : []),
    ...columns.map((column) => `x.${row}.${column}`),
    ...(factors[scene.kind]?.() ?? columns.map((column) => `query.${column}`)),
    "temperature",
  ];
}

/** Whether the scene has that number, and it counts.
 * @type {(name: string) => boolean} */
export function isNumber(name) {
  return state.scene.rows.some((_, row) => numbersOf(row).includes(name));
}

/** How far its slider goes, and the number itself.
 * @type {(name: string) => { low: number, high: number }} */
export function reachOf(name) {
  const [field, , column] = name.split(".");
  const { ranges } = currentLesson();
  const [low, high] = /** @type {Range} */ (
    field === "x" ? rangeOf(Number(column)) : ranges[/** @type {"w"} */ (field)]
  );
  const number = valueAt(state.scene, name);
  return { low: Math.min(low, number), high: Math.max(high, number) };
}

/** What its slider is called.
 * @type {(name: string) => string} */
export function sliderName(name) {
  const { rows, columns, kind } = state.scene;
  const [field, ...places] = name.split(".");
  const [first, last] = [Number(places[0]), Number(places[places.length - 1])];
  const isGate = kind === "gate";
  if (field === "temperature") return text("temperature");
  if (field === "b") return text("slider_b", { row: labelText(rows[first]) });
  if (field === "query") return text("slider_q", { column: labelText(columns[first]) });
  if (field === "w" && !isGate) return text("slider_w", { column: labelText(columns[first]) });
  const row = labelText(rows[field === "x" ? first : last]);
  const column = labelText(field === "x" ? columns[last] : rows[first]);
  const key = field === "x" ? "slider_x" : "slider_w";
  return text(isGate ? `${key}_gate` : key, { row, column });
}
