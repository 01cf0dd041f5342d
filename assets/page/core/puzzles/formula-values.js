// What a formula computes with: numbers, lists of them and tables, and functions of these by name.

import { attend, dot, dot_product, softmax } from "../attention.js";
import { Refused } from "../refused.js";

/** @import { Matrix, Vector } from "../types.js" */
/** @typedef {number | Vector | Matrix} Value */
/** @typedef {{ counts: number[], apply: (...values: Value[]) => Value }} Callable counts: of the values that it may be given */

/** @type {Record<string, (a: number, b: number) => number>} */
const OPERATIONS = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "**": (a, b) => a ** b,
  "<": (a, b) => Number(a < b),
  ">": (a, b) => Number(a > b),
  "<=": (a, b) => Number(a <= b),
  ">=": (a, b) => Number(a >= b),
  "==": (a, b) => Number(a === b),
  "!=": (a, b) => Number(a !== b),
};

/** Number by number; what is a single number counts for all.
 * @type {(sign: string, a: Value, b: Value) => Value} */
export function calculate(sign, a, b) {
  return sign === "@"
    ? matrixProduct(a, b)
    : together((one, other) => OPERATIONS[sign](one, other), a, b);
}

/** @type {(act: (...numbers: number[]) => number, ...values: Value[]) => Value} */
function together(act, ...values) {
  const whole = values.filter(Array.isArray);
  if (!whole.length) return act(.../** @type {number[]} */ (values));
  const [{ length }] = whole;
  if (whole.some((one) => one.length !== length)) throw differ(values);
  /** @type {(value: any, at: number) => Value} */
  const part = (value, at) => (Array.isArray(value) ? value[at] : value);
  return /** @type {Value} */ (
    Array.from({ length }, (_, at) => together(act, ...values.map((value) => part(value, at))))
  );
}

/** Of two lists their dot product; of a list and a table what the list weighs of its rows; of a table and a
 * list a number for each row.
 * @type {(a: Value, b: Value) => Value} */
function matrixProduct(a, b) {
  if (!Array.isArray(a) || !Array.isArray(b)) throw differ([a, b]);
  if (isTable(a) && !isTable(b)) return a.map((row) => dotOfLists(row, b));
  if (isTable(a)) throw differ([a, b]);
  if (!isTable(b)) return dotOfLists(a, b);
  return (b[0] ?? []).map((_, column) => dotOfLists(a, tableColumn(b, column)));
}

/** @type {(a: Vector, b: Vector) => number} */
function dotOfLists(a, b) {
  if (a.length !== b.length) throw differ([a, b]);
  return dot(a, b);
}

/** @type {(value: Value) => value is Matrix} */
function isTable(value) {
  return Array.isArray(value) && Array.isArray(value[0]);
}

/** @type {(matrix: Matrix, at: number) => Vector} */
function tableColumn(matrix, at) {
  return matrix.map((row) => row[at]);
}

/** A row or a number of it, or a column; −1 is the last.
 * @type {(value: Value, place: number, isColumn: boolean) => Value} */
export function picked(value, place, isColumn) {
  const isRight = isColumn ? isTable(value) : Array.isArray(value);
  if (!isRight) throw new Refused("puzzle_formula_whole", { came: shapeOf(value) });
  const most = (isColumn ? /** @type {Matrix} */ (value)[0] : /** @type {any[]} */ (value)).length;
  const at = place < 0 ? most + place : place;
  if (!Number.isInteger(at) || at < 0 || at >= most)
    throw new Refused("puzzle_formula_index", { most: most - 1, came: place });
  return isColumn
    ? tableColumn(/** @type {Matrix} */ (value), at)
    : /** @type {Value} */ (/** @type {any[]} */ (value)[at]);
}

/** @type {(values: Value[]) => Refused} */
function differ(values) {
  return new Refused("puzzle_formula_shapes", { came: values.map(shapeOf).join(" · ") });
}

/** "1", "4" or "4 × 2"
 * @type {(value: Value) => string} */
export function shapeOf(value) {
  if (!Array.isArray(value)) return "1";
  return isTable(value) ? `${value.length} × ${value[0].length}` : String(value.length);
}

/** @type {(value: Value) => Vector} */
function listOf(value) {
  if (!Array.isArray(value) || isTable(value)) throw differ([value]);
  return value;
}

/** @type {(act: (number: number) => number) => Callable} */
const ofEach = (act) => ({ counts: [1], apply: (value) => together((one) => act(one), value) });

/** @type {(act: (numbers: Vector) => number) => Callable} */
const ofAll = (act) => ({
  counts: [1],
  apply: (value) => act(/** @type {Vector} */ ([value].flat(2))),
});

/** @type {(numbers: Vector) => number} */
const sumOfNumbers = (numbers) => numbers.reduce((sum, number) => sum + number, 0);

/** @type {Map<string, Callable>} */
export const FUNCTIONS = new Map([
  ["softmax", { counts: [1], apply: (scores) => softmax(listOf(scores)) }],
  ["exp", ofEach(Math.exp)],
  ["log", ofEach(Math.log)],
  ["sqrt", ofEach(Math.sqrt)],
  ["abs", ofEach(Math.abs)],
  ["tanh", ofEach(Math.tanh)],
  ["sum", ofAll(sumOfNumbers)],
  ["mean", ofAll((numbers) => sumOfNumbers(numbers) / numbers.length)],
  ["max", ofAll((numbers) => numbers.reduce((a, b) => Math.max(a, b), -Infinity))],
  ["min", ofAll((numbers) => numbers.reduce((a, b) => Math.min(a, b), Infinity))],
  [
    "where",
    {
      counts: [3],
      apply: (holds, yes, no) => together((is, a, b) => (is ? a : b), holds, yes, no),
    },
  ],
  [
    "attend",
    {
      counts: [2, 3],
      apply: (x, w, b) => attended(x, w, b),
    },
  ],
  ["dot_product", { counts: [2], apply: (x, query) => compared(x, query) }],
]);

/** The output of the article's attention, without an activation.
 * @type {(x: Value, w: Value, b?: Value) => Vector} */
function attended(x, w, b) {
  const [weights, bias] = [listOf(w), b === undefined ? null : listOf(b)];
  if (!isTable(x) || weights.length !== x[0].length) throw differ([x, w]);
  if (bias && bias.length !== x.length) throw differ([x, bias]);
  return attend(x, weights, bias, null, { activation: "linear" }).output;
}

/** @type {(x: Value, query: Value) => Vector} */
function compared(x, query) {
  const asking = listOf(query);
  if (!isTable(x) || asking.length !== x[0].length) throw differ([x, query]);
  return dot_product(x, asking).output;
}
