// The steps of softmax, from scores to shares, and how their numbers are written. No page in here.

import { seenSteps } from "./asking.js";
import { exponentials } from "./attention.js";
import { fixedNumber, powerOfTen, readableNumber } from "./numbers.js";

/** @import { Scene, Vector } from "./types.js" */
/** @typedef {"score" | "scaled" | "exp" | "sum" | "share"} SoftmaxStep */

/** @type {SoftmaxStep[]} */
export const SOFTMAX_STEPS = ["score", "scaled", "exp", "sum", "share"];
const LARGEST_POWER = 12; // of e, that one can read

/** The numbers of a step, one a row: in the sum they are what is summed up.
 * @type {(step: SoftmaxStep, scene: Scene, trace: { scores: Vector, weights: Vector }) => Vector} */
export function softmaxNumbers(step, scene, { scores, weights }) {
  if (step === "score") return scores;
  if (step === "scaled") return scores.map((score) => score / scene.temperature);
  return step === "share" ? weights : exponentialsAsWritten(scene, scores);
}

/** exp of the score itself is written, as long as it is a number that one can read.
 * @type {(scene: Scene, scores: Vector) => boolean} */
export function isPlainExp(scene, scores) {
  const [mask, { temperature }] = [seenSteps(scene), scene];
  return scores.every((score, row) => !mask[row] || Math.abs(score / temperature) < LARGEST_POWER);
}

/** Among the rows that are seen.
 * @type {(scene: Scene, scores: Vector) => number} */
export function highestScore(scene, scores) {
  const mask = seenSteps(scene);
  return scores.reduce((high, score, row) => (mask[row] ? Math.max(high, score) : high), -Infinity);
}

/** exp of each score, or of what it is less than the highest one; 0 where the mask hides the row.
 * @type {(scene: Scene, scores: Vector) => Vector} */
export function exponentialsAsWritten(scene, scores) {
  const [mask, { temperature }] = [seenSteps(scene), scene];
  if (!isPlainExp(scene, scores)) return exponentials(scores, mask, temperature);
  return scores.map((score, row) => (mask[row] ? Math.exp(score / temperature) : 0));
}

/** @type {(scene: { kind: string, activation: string }) => boolean} */
export const hasTanh = ({ kind, activation }) => kind === "attention" && activation === "tanh";

/** @type {(score: number, scene: { kind: string, activation: string }) => string} */
export const writtenScore = (score, scene) => fixedNumber(score, hasTanh(scene) ? 4 : 2);

/** @type {(exp: number) => string} */
export const writtenExp = (exp) =>
  exp >= 0.001 || exp === 0 ? fixedNumber(exp, 3) : powerOfTen(exp);

/** "e^(65.00 / 20)", or with the highest score taken off "e^((65.00 − 100.00) / 0.5)"
 * @type {(scene: Scene, scores: Vector, row: number) => string} */
export function writtenPower(scene, scores, row) {
  const { temperature } = scene;
  const own = writtenScore(scores[row], scene);
  const isBare = isPlainExp(scene, scores) && (scores[row] >= 0 || temperature !== 1);
  const power = isBare
    ? own
    : `(${own}${isPlainExp(scene, scores) ? "" : lessHighest(scene, scores)})`;
  return temperature === 1 ? `e^${power}` : `e^(${power} / ${readableNumber(temperature)})`;
}

/** @type {(scene: Scene, scores: Vector) => string} */
function lessHighest(scene, scores) {
  const highest = highestScore(scene, scores);
  const written = writtenScore(highest, scene);
  return ` − ${highest < 0 ? `(${written})` : written}`;
}
