// What all variations look at: the browser's twin of attention/variations/setting.py, as far as no random
// numbers are needed, and of comparing two of them. No page in here.

import { VARIATION_TWINS } from "./variations.js";

/** @import { Matrix, Vector } from "./types.js" */
/** @import { Applied, Parameters } from "./variations.js" */
/** @typedef {"step" | "layer" | "feature"} Rows who asks */
/** @typedef {{ padding: boolean, causal: boolean, width: number | null }} Masks width: of the window in steps */
/** @typedef {{ x: Matrix, mask: boolean[], masks: Masks }} VariationSetting mask: whom the padding mask would show */
/** @typedef {{ name: string, rows: Rows }} Asked */

/** (x − mean) / spread of each feature over the steps that are shown; a constant one is 0 there.
 * @type {(x: Matrix, shown: boolean[]) => Matrix} */
export function standardised(x, shown) {
  const visible = x.filter((_, step) => shown[step]);
  const known = visible.length ? visible : x;
  const measures = x[0].map((_, feature) => spreadOf(known.map((vector) => vector[feature])));
  return x.map((vector) =>
    vector.map((number, feature) => (number - measures[feature].mean) / measures[feature].spread),
  );
}

/** @type {(numbers: Vector) => { mean: number, spread: number }} */
function spreadOf(numbers) {
  // Not by its rounded mean: what is constant has no spread at all.
  if (numbers.every((number) => number === numbers[0])) return { mean: numbers[0], spread: 1 };
  /** @type {(values: Vector) => number} */
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const middle = mean(numbers);
  const spread = Math.sqrt(mean(numbers.map((number) => (number - middle) ** 2)));
  return { mean: middle, spread: spread || 1 };
}

/** @type {(setting: { mask: boolean[], masks: Masks }) => boolean[]} */
export function shownSteps({ mask, masks }) {
  return masks.padding ? mask : mask.map(() => true);
}

/** Who may look at whom: for each who asks, or for all alike.
 * @type {(rows: Rows, setting: { mask: boolean[], masks: Masks }) => boolean[] | boolean[][]} */
export function visibleTo(rows, { mask, masks }) {
  const shown = shownSteps({ mask, masks });
  if (rows !== "step") return shown;
  const { causal, width } = masks;
  return shown.map((asks, t) =>
    shown.map((answers, s) => {
      const lower = width === null ? 0 : t - (causal ? width - 1 : Math.floor(width / 2));
      const within = width === null || (lower <= s && s < lower + width);
      return asks && answers && within && (!causal || s <= t);
    }),
  );
}

/** @type {(asked: Asked, setting: VariationSetting, parameters: Parameters) => Applied} */
export function applyVariation({ name, rows }, setting, parameters) {
  return VARIATION_TWINS[name](setting.x, visibleTo(rows, setting), parameters);
}

/** The weights of a minus those of b, heads and features averaged; a single row goes with every row of
 * the other. -> the largest difference, and the first place where it is
 * @type {(a: Applied & { rows: Rows }, b: Applied & { rows: Rows }) => { difference: number, row: number, column: number, single: boolean }} */
export function largestDifference(a, b) {
  const [one, other] = [a, b].map(({ rows, weights }) =>
    averaged(rows === "feature" ? weights[0].map((row) => [row]) : weights),
  );
  const count = Math.max(one.length, other.length);
  let found = { difference: 0, row: 0, column: 0, single: count === 1 };
  for (let row = 0; row < count; row += 1) {
    const [mine, theirs] = [one, other].map((rows) => rows[rows.length > 1 ? row : 0]);
    mine.forEach((weight, column) => {
      const difference = weight - theirs[column];
      if (Math.abs(difference) > Math.abs(found.difference))
        found = { ...found, difference, row, column };
    });
  }
  return found;
}

/** @type {(matrices: Matrix[]) => Matrix} */
function averaged(matrices) {
  return matrices[0].map((row, i) =>
    row.map((_, j) => matrices.reduce((sum, one) => sum + one[i][j], 0) / matrices.length),
  );
}

const HEADS = 2; // of a variation that has several
/** @type {Record<string, string>} in shapes a size is a word, in costs a letter */
const LETTERS = { n: "steps", d: "features", h: "heads", k: "key" };

/** How many pictures a variation has.
 * @type {(variation: { parameters: Record<string, (string | number)[]> }) => number} */
export function headsOf({ parameters }) {
  return Object.values(parameters).some((shape) => shape.includes("heads")) ? HEADS : 1;
}

/** How much a variation learns and multiplies.
 * @type {(variation: { cost: string, parameters: Record<string, (string | number)[]> }, steps: number, features: number) => { parameters: number, multiplications: number }} */
export function costOf({ cost, parameters }, steps, features) {
  /** @type {Record<string, number>} */
  const sizes = { steps, features, heads: HEADS, key: Math.ceil(features / HEADS) };
  /** @type {(factors: number[]) => number} */
  const times = (factors) => factors.reduce((all, factor) => all * factor, 1);
  const shapes = Object.values(parameters).map((shape) =>
    times(shape.map((size) => (typeof size === "number" ? size : sizes[size]))),
  );
  const terms = cost.split(" + ").map((term) =>
    times(
      term.split("·").map((factor) => {
        const base = factor.replace("²", "");
        const number = /^\d+$/.test(base) ? Number(base) : sizes[LETTERS[base]];
        return base === factor ? number : number ** 2;
      }),
    ),
  );
  /** @type {(numbers: number[]) => number} */
  const total = (numbers) => numbers.reduce((sum, number) => sum + number, 0);
  return { parameters: total(shapes), multiplications: total(terms) };
}
