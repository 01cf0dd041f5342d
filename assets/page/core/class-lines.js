// The article's class, line by line: what each line of its `call` makes of the scene. It is computed
// as Keras computes it, in float32 and without the highest score subtracted first. No page in here.

import { dot } from "./attention.js";

/** @import { Scene, Vector } from "./types.js" */
/** @typedef {"dot" | "bias" | "tanh" | "exp" | "mask" | "share"} ClassLine */

/** @type {ClassLine[]} */
export const CLASS_LINES = ["dot", "bias", "tanh", "exp", "mask", "share"];
export const LAST_LINE = "return K.sum(x * a)";
const EPSILON = 1e-7; // K.epsilon(): where every step is hidden, it keeps 0 ÷ 0 away

/** As the article writes it, but for the temperature, which its class has not.
 * @type {(line: ClassLine, scene: { temperature: number }) => string} */
export function classCode(line, { temperature }) {
  const codes = {
    ...{ dot: "eij = K.dot(x, W)", bias: "eij += b", tanh: "eij = K.tanh(eij)" },
    ...{ exp: `a = K.exp(eij${temperature === 1 ? "" : " / T"})`, mask: "a *= mask" },
    share: "a /= K.sum(a) + K.epsilon()",
  };
  return codes[line];
}

/** Whether the table has the line switched on.
 * @type {(line: ClassLine, scene: Scene) => boolean} */
export function isLineUsed(line, { b, activation }) {
  if (line === "bias") return b !== null;
  return line !== "tanh" || activation === "tanh";
}

/** The numbers after a line, one a row.
 * @type {(line: ClassLine, scene: Scene) => Vector} */
export function classNumbers(line, scene) {
  const { x, w, b, mask, temperature } = scene;
  const upto = CLASS_LINES.indexOf(line);
  /** @type {(line: ClassLine) => boolean} */
  const isOn = (one) => CLASS_LINES.indexOf(one) <= upto && isLineUsed(one, scene);
  let numbers = x.map((vector) => dot(vector, w));
  if (isOn("bias")) numbers = numbers.map((number, row) => number + (b?.[row] ?? 0));
  if (isOn("tanh")) numbers = numbers.map(Math.tanh);
  if (isOn("exp")) numbers = numbers.map((number) => Math.fround(Math.exp(number / temperature)));
  if (isOn("mask")) numbers = numbers.map((number, row) => (mask[row] ? number : number * 0));
  if (!isOn("share")) return numbers;
  const sum = Math.fround(numbers.reduce((all, number) => all + number, 0) + EPSILON);
  return numbers.map((number) => Math.fround(number / sum));
}

/** What all the lines together are: "softmax(tanh(x·W + b))"
 * @type {(scene: Scene) => string} */
export function classFormula({ b, activation, temperature }) {
  const logit = b ? "x·W + b" : "x·W";
  const score = activation === "tanh" ? `tanh(${logit})` : logit;
  if (temperature === 1) return `softmax(${score})`;
  return `softmax(${activation === "tanh" || !b ? score : `(${score})`} ÷ T)`;
}
