// The loss over two of the numbers that learn, all others as they are: what gradient descent comes down
// on. The loss is that of descent.js, cross-entropy and penalty. No page in here.
//
// A logit is linear in each number, so that what the others add to it is summed up once. In
// self-attention one of a query multiplies one of a key: there it has a term with both.

import { headWidth, isSelf, seenSteps } from "./asking.js";
import { ACTIVATIONS, dot } from "./attention.js";
import { penaltySize } from "./descent.js";
import { partsOf, targetShares } from "./objective.js";
import { isDot, run } from "./scene.js";

/** @import { Part, Scene, Vector } from "./types.js" */
/** @typedef {{ part: Part, index: number, to: number | null }} Learner a number that learns; to: the column of a gate's w */

/** All numbers of a scene that can learn.
 * @type {(scene: Scene) => Learner[]} */
export function learnersOf(scene) {
  return partsOf(scene).flatMap((part) =>
    scene[part].flatMap((/** @type {number | Vector} */ own, /** @type {number} */ index) =>
      Array.isArray(own)
        ? own.map((_, to) => ({ part, index, to }))
        : [{ part, index, to: /** @type {number | null} */ (null) }],
    ),
  );
}

/** @type {(numbers: Partial<Record<Part, any>>, learner: Learner) => number} */
export const learnerValue = (numbers, { part, index, to }) =>
  to === null ? numbers[part][index] : numbers[part][index][to];

/** @type {(scene: Scene, learner: Learner, value: number) => void} */
export function setLearner(scene, { part, index, to }, value) {
  const list = /** @type {any} */ (scene[part]);
  if (to === null) list[index] = value;
  else list[index][to] = value;
}

/** -> the loss, penalty included, where the two have these values
 * @type {(scene: Scene, one: Learner, other: Learner) => (a: number, b: number) => number} */
export function lossOver(scene, one, other) {
  const { kind, temperature, objective } = scene;
  const seen = seenSteps(scene).flatMap((isSeen, row) => (isSeen ? [row] : []));
  const shares = targetShares(scene);
  const target = seen.map((row) => shares[row]);
  /** @type {(values: Vector) => Float64Array} */
  const visible = (values) => Float64Array.from(seen, (row) => values[row]);
  const rest = visible(run(withBoth(scene, [one, 0], [other, 0])).logits);
  const [a, b, both] = (
    isSelf(scene) ? askedSlopes(scene, one, other) : learnerSlopes(scene, one, other)
  ).map(visible);
  const scores = new Float64Array(seen.length);
  const scale = rootOf(scene) * temperature;
  const activate = kind === "attention" ? ACTIVATIONS[scene.activation] : ACTIVATIONS.linear;
  const [sizeA, sizeB] = [one, other].map(({ part }) => penaltySize(objective[part]));
  const penaltyOfOthers = penaltyBeside(scene, one, other);
  return (x, y) => {
    let highest = -Infinity;
    for (let i = 0; i < scores.length; i += 1) {
      scores[i] = activate(rest[i] + x * a[i] + y * b[i] + x * y * both[i]) / scale;
      if (scores[i] > highest) highest = scores[i];
    }
    let sum = 0;
    for (const score of scores) sum += Math.exp(score - highest);
    const logSum = Math.log(sum) + highest;
    let loss = 0;
    for (let i = 0; i < scores.length; i += 1)
      if (target[i]) loss += target[i] * (logSum - scores[i]);
    return loss + penaltyOfOthers + sizeA(x) + sizeB(y);
  };
}

/** The scene with these values.
 * @type {(scene: Scene, ...both: [Learner, number][]) => Scene} */
function withBoth({ w, b, query, wq, wk, ...scene }, ...both) {
  const still = { ...scene, ...structuredClone({ w, b, query, wq, wk }) };
  for (const [learner, value] of both) setLearner(still, learner, value);
  return still;
}

/** What divides a logit.
 * @type {(scene: Scene) => number} */
function rootOf(scene) {
  if (isSelf(scene)) return Math.sqrt(headWidth(scene));
  return scene.kind === "scaled_dot_product" ? Math.sqrt(scene.query.length) : 1;
}

/** How the logits grow with the one, the other, and the product of both, by their values at 0 and 1.
 * @type {(scene: Scene, one: Learner, other: Learner) => [Vector, Vector, Vector]} */
function askedSlopes(scene, one, other) {
  const [none, first, second, all] = [
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
  ].map(([x, y]) => run(withBoth(scene, [one, x], [other, y])).logits);
  return [
    first.map((logit, i) => logit - none[i]),
    second.map((logit, i) => logit - none[i]),
    all.map((logit, i) => logit - first[i] - second[i] + none[i]),
  ];
}

/** @type {(scene: Scene, one: Learner, other: Learner) => [Vector, Vector, Vector]} */
const learnerSlopes = (scene, one, other) => [
  logitSlopesOf(scene, one),
  logitSlopesOf(scene, other),
  scene.mask.map(() => 0),
];

/** How each row's logit grows with the number.
 * @type {(scene: Scene, learner: Learner) => Vector} */
function logitSlopesOf(scene, { part, index, to }) {
  const { kind, x, mask } = scene;
  if (part === "b") return x.map((_, row) => Number(row === index));
  if (kind !== "gate") return x.map((vector) => vector[index]);
  const from = mask[index] ? x[index][0] : 0;
  return x.map((_, row) => (row === to ? from : 0));
}

/** @type {(scene: Scene, one: Learner, other: Learner) => number} */
function penaltyBeside(scene, one, other) {
  /** @type {(learner: Learner) => boolean} */
  const isOne = (learner) =>
    [one, other].some(
      ({ part, index, to }) =>
        learner.part === part && learner.index === index && learner.to === to,
    );
  const sizes = learnersOf(scene).map((learner) =>
    isOne(learner) ? 0 : penaltySize(scene.objective[learner.part])(learnerValue(scene, learner)),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Losses on a grid from edge to edge, row by row, the first row at the largest b.
 * @type {(loss: (a: number, b: number) => number, across: [number, number], up: [number, number], size: number) => Float64Array} */
export function lossGrid(loss, [left, right], [low, high], size) {
  const losses = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) {
    const b = high - ((high - low) * i) / (size - 1);
    for (let j = 0; j < size; j += 1)
      losses[i * size + j] = loss(left + ((right - left) * j) / (size - 1), b);
  }
  return losses;
}
