// What a hand can take hold of, as a lesson's file names it: "b.3", "x.0.1", "mask.2", "temperature".

import { PROJECTIONS, askingStep, isSelf } from "../core/asking.js";
import { hasWeights, isDot } from "../core/scene.js";
import { currentLesson, isTableAlone, rangeOfField } from "./lessons.js";
import { state } from "./store.js";
import { labelText, text } from "./texts.js";

/** @import { Lesson, Range } from "../core/types.js" */
/** @type {Range} of the slider of the learning rate, which goes by powers */
const RATES = [0.01, 1000, 0.01];

const OF_SELF = [...PROJECTIONS, "pos", "heads", "head", "causal", "positions", "asks"];

/** @typedef {{ name: string, at: number[] }} Touch name: of a field of the scene, "move", "code" or "train"; at: the number's place in it */

/** -> what of it is on the table now; home has one, a table alone none
 * @type {() => Touch[]} */
export function touchedHere() {
  if (isTableAlone()) return [];
  const { touch, focus } = currentLesson();
  const named = touch.length ? touch : [`x.${focus}.0`];
  const found = named.map(parsedTouch).filter((one) => one !== null);
  return state.home ? found.slice(0, 1) : found;
}

/** What of self-attention a lesson has changed: the matrices and settings that it touches, or that a puzzle leaves
 * free. All matrices, where it names none.
 * @type {(lesson: Lesson) => string[]} */
export function changedParts({ touch, puzzle, objective }) {
  const touched = touch.map((named) => named.split(".")[0]);
  const names = new Set(puzzle ? [...touched, ...objective.turns] : touched);
  const matrices = [...PROJECTIONS, "pos"];
  return [...names, ...(matrices.some((name) => names.has(name)) ? [] : matrices)];
}

/** The numbers that count for a row: its own, and those that the whole table shares.
 * @type {(row: number) => Touch[]} */
export function numbersOf(row) {
  const { scene } = state;
  const [rows, columns] = [scene.rows, scene.columns].map((labels) => [...labels.keys()]);
  /** @type {(name: string, ...at: number[]) => Touch} */
  const touch = (name, ...at) => ({ name, at });
  const factors = {
    attention: () => columns.map((column) => touch("w", column)),
    gate: () => rows.map((from) => touch("w", from, row)),
    dot_product: () => columns.map((column) => touch("query", column)),
    scaled_dot_product: () => columns.map((column) => touch("query", column)),
    self_attention: () =>
      PROJECTIONS.flatMap((name) =>
        columns.flatMap((column) => scene[name]?.[0].map((_, i) => touch(name, column, i)) ?? []),
      ),
  };
  return [
    ...(scene.b && hasWeights(scene) ? [touch("b", row)] : []),
    ...columns.map((column) => touch("x", row, column)),
    ...factors[scene.kind](),
    touch("temperature"),
  ];
}

/** The lesson's row may stand elsewhere by now, or be gone.
 * @type {(named: string) => Touch | null} */
function parsedTouch(named) {
  const [name, ...places] = named.split(".");
  const { scene } = state;
  const at = places.map(Number);
  /** @type {(i: number) => void} */
  const toRow = (i) => void (at[i] = scene.origins.indexOf(at[i]));
  const isGate = scene.kind === "gate";
  if (["x", "b", "mask", "move", "asks"].includes(name)) toRow(0);
  if (name === "w" && isGate) [0, 1].forEach(toRow);
  const used = {
    ...Object.fromEntries(OF_SELF.map((field) => [field, isSelf(scene)])),
    w: hasWeights(scene) && at.length === (isGate ? 2 : 1),
    b: Boolean(scene.b) && hasWeights(scene),
    query: isDot(scene),
    activation: scene.kind === "attention",
  };
  const isUsed = !Object.hasOwn(used, name) || used[/** @type {keyof used} */ (name)];
  const isThere =
    name === "move" || name === "asks"
      ? at[0] >= 0
      : !at.length || valueOf({ name, at }) !== undefined;
  return isUsed && isThere ? { name, at } : null;
}

/** @type {(touch: Touch) => any} */
export function valueOf({ name, at }) {
  if (name === "rate") return state.scene.objective.rate;
  if (name === "asks") return askingStep(state.scene) === at[0];
  return at.reduce((list, i) => list?.[i], /** @type {any} */ (state.scene)[name]);
}

/** @type {(touch: Touch, value: any) => void} */
export function setValueOf({ name, at }, value) {
  const scene = /** @type {any} */ (state.scene);
  if (name === "rate") scene.objective.rate = value;
  else if (!at.length) scene[name] = value;
  else
    at.slice(0, -1).reduce((list, i) => list[i], scene[name])[/** @type {number} */ (at.at(-1))] =
      value;
}

/** @type {(touch: Touch) => Range} */
export function rangeOfTouch({ name, at }) {
  if (name === "rate") return RATES;
  const range = /** @type {any} */ (rangeOfField(/** @type {any} */ (name)));
  return Array.isArray(range[0]) ? (range[at[1]] ?? range[0]) : range;
}

/** Where two rows have one name, it comes with the row's number.
 * @type {(row: number) => string} */
function rowLabel(row) {
  const labels = state.scene.rows.map(labelText);
  const isOnly = labels.filter((label) => label === labels[row]).length === 1;
  return isOnly ? labels[row] : `${labels[row]} (${row + 1})`;
}

/** What to do with it: "drag the bias of “ghost”".
 * @type {(touch: Touch) => string} */
export function touchInWords({ name, at }) {
  const { columns, kind } = state.scene;
  const isGate = kind === "gate";
  const [first, last] = [at[0], at.at(-1) ?? 0];
  const [ofRow, ofColumn] = [rowLabel, (/** @type {number} */ i) => labelText(columns[i])];
  /** @type {Record<string, () => import("../core/types.js").Values>} */
  const names = {
    x: () => ({ row: ofRow(first), column: ofColumn(last) }),
    w: () => (isGate ? { column: ofRow(first), row: ofRow(last) } : { column: ofColumn(first) }),
    b: () => ({ row: ofRow(first) }),
    query: () => ({ column: ofColumn(first) }),
    mask: () => ({ row: ofRow(first) }),
    move: () => ({ row: ofRow(first) }),
    asks: () => ({ row: ofRow(first) }),
    pos: () => ({ row: first + 1, column: ofColumn(last) }),
    ...Object.fromEntries(
      PROJECTIONS.map((one) => [one, () => ({ name: projectionCell(one, first, last) })]),
    ),
  };
  if (isProjection(name)) return text("try_projection", names[name]());
  const key = isGate && (name === "x" || name === "w") ? `try_${name}_gate` : `try_${name}`;
  return text(key, names[name]?.());
}

/** @type {(touch: Touch) => string} */
export function touchName({ name, at }) {
  const { columns, kind } = state.scene;
  const isGate = kind === "gate";
  const [first, last] = [at[0], at.at(-1) ?? 0];
  /** @type {Record<string, () => string>} */
  const names = {
    x: () =>
      text(isGate ? "slider_x_gate" : "slider_x", {
        row: rowLabel(first),
        column: labelText(columns[last]),
      }),
    w: () =>
      isGate
        ? text("slider_w_gate", { column: rowLabel(first), row: rowLabel(last) })
        : text("slider_w", { column: labelText(columns[first]) }),
    b: () => text("slider_b", { row: rowLabel(first) }),
    query: () => text("slider_q", { column: labelText(columns[first]) }),
    mask: () => text("show_row", { name: rowLabel(first) }),
    move: () => text("move_row", { name: rowLabel(first) }),
    asks: () => text("asks_row", { name: rowLabel(first) }),
    pos: () => text("slider_pos", { row: first + 1, column: labelText(columns[last]) }),
    ...Object.fromEntries(PROJECTIONS.map((one) => [one, () => projectionCell(one, first, last)])),
    causal: () => text("causal_mask"),
    train: () => `▶ ${text("train_play")}`,
    rate: () => text("train_rate"),
  };
  return Object.hasOwn(names, name) ? names[name]() : text(name);
}

/** @type {(name: string) => boolean} */
const isProjection = (name) => PROJECTIONS.includes(/** @type {any} */ (name));

/** "W_q, happiness → q1": the number by which a column of x goes into one of the query.
 * @type {(name: string, row: number, column: number) => string} */
export function projectionCell(name, row, column) {
  const letter = name[1];
  const values = { letter, column: labelText(state.scene.columns[row]), number: column + 1 };
  return text("slider_projection", values);
}
