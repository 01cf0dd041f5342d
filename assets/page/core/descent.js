// Gradient descent on the table, with gradients in closed form: the twin of the training steps that
// real Keras layers take in attention/training/descent.py. No page in here.
//
//   weights = softmax(scores / T),  loss = −Σ target·ln weight   ∂loss/∂score = (weight − target) / T
//   scores = tanh(logits)           ∂loss/∂logit = ∂loss/∂score · (1 − score²)
//   logits = x·w + b                ∂loss/∂w = Σ ∂loss/∂logit · x,  ∂loss/∂b = ∂loss/∂logit
//   logits = k·q,  q = x'·w_q       ∂loss/∂w_q = x' ⊗ Σ ∂loss/∂logit · k,  and the same for w_k
//
// A regulariser adds its own slope, a step takes rate · gradient off, and a constraint has the last
// word. A number of a scene is an entry of `w`, `b`, `query`, `wq` or `wk`: the parts that can learn.

import {
  askingStep,
  headWidth,
  isSelf,
  ofSelf,
  placedVectors,
  runWhole,
  seenSteps,
} from "./asking.js";
import { dot } from "./attention.js";
import { partsOf, targetShares } from "./objective.js";
import { isDot, run } from "./scene.js";

/** @import { Matrix, Objective, Part, PartRules, Scene, Vector } from "./types.js" */
/** @typedef {any} Numbers those of a part: a Vector, or a gate's Matrix */
/** @typedef {Partial<Record<Part, Numbers>>} Parts */
/** @typedef {{ numbers: Parts, gradients: Parts, loss: number, penalty: number }} Point */
/** @typedef {"arrived" | "still" | "diverged" | null} End */

// It has arrived when a step moves no number by more than this times the learning rate.
const ARRIVED = 1e-6;
const LARGEST_NUMBER = 1_000_000;
const MAX_NORM = 2; // of Keras' max_norm
const NORM_EPSILON = 1e-7; // keras.config.epsilon(), which Keras adds to a norm

/** The steps of gradient descent from the scene, as attention/training/descent.py says it: first the
 * point where the scene stands, then one a step, fewer if it ends.
 * @type {(scene: Scene, objective: Objective, steps: number) => { points: Point[], end: End }} */
export function descend(scene, objective, steps) {
  let point = descentPoint(scene, objective);
  const points = [point];
  while (points.length <= steps) {
    const next = stepFrom(point, objective);
    const end = endOf(point, next, scene, objective);
    if (end) return { points, end };
    point = descentPoint({ ...scene, ...next }, objective);
    points.push(point);
  }
  return { points, end: null };
}

/** Where the scene stands: its numbers, how loss and penalty grow with each of them, and both.
 * @type {(scene: Scene, objective: Objective) => Point} */
export function descentPoint(scene, objective) {
  const { temperature } = scene;
  const { scores, weights } = run(scene);
  const mask = seenSteps(scene);
  const target = targetShares({ objective, mask });
  // Where a step is hidden, weight and target are 0, and so is its slope.
  const slopes = weights.map((weight, step) => (weight - target[step]) / temperature);
  const lossGradients = partGradients(scene, logitSlopes(scene, scores, slopes));
  /** @type {Parts} */
  const numbers = {};
  /** @type {Parts} */
  const gradients = {};
  let penalty = 0;
  for (const part of partsOf(scene)) {
    const [size, slope] = [penaltySize(objective[part]), penaltySlope(objective[part])];
    numbers[part] = combine(scene[part], scene[part], (number) => number);
    for (const number of numbers[part].flat()) penalty += size(number);
    // Plus 0: a −0 is a 0.
    gradients[part] = combine(
      lossGradients[part],
      numbers[part],
      (own, number) => own + slope(number) + 0,
    );
  }
  return { numbers, gradients, loss: crossEntropy(scores, target, mask, temperature), penalty };
}

/** −Σ target·ln weight over the visible steps. ln weight is score/T less the logarithm of the sum of
 * all exp(score/T), so that it is finite where the weight itself rounds to 0.
 * @type {(scores: number[], target: number[], mask: boolean[], temperature: number) => number} */
function crossEntropy(scores, target, mask, temperature) {
  const visible = scores.map((score) => score / temperature).filter((_, step) => mask[step]);
  const highest = visible.reduce((a, b) => Math.max(a, b), -Infinity);
  const shifted = visible.map((score) => score - highest);
  const logSum = Math.log(shifted.reduce((sum, score) => sum + Math.exp(score), 0));
  const shares = target.filter((_, step) => mask[step]);
  return shares.reduce((sum, share, i) => sum + share * (logSum - shifted[i]), 0);
}

/** How the loss grows with each logit, from how it grows with each score.
 * @type {(scene: Scene, scores: number[], slopes: number[]) => Vector} */
function logitSlopes(scene, scores, slopes) {
  const { kind, activation, query } = scene;
  if (isSelf(scene)) return slopes.map((slope) => slope / Math.sqrt(headWidth(scene)));
  if (kind === "scaled_dot_product") return slopes.map((slope) => slope / Math.sqrt(query.length));
  if (kind !== "attention" || activation !== "tanh") return slopes;
  return slopes.map((slope, step) => slope * (1 - scores[step] ** 2));
}

/** How the loss grows with each number that can learn, from how it grows with each logit.
 * @type {(scene: Scene, slopes: number[]) => Parts} */
function partGradients(scene, slopes) {
  const { kind, x, mask } = scene;
  if (isSelf(scene)) return projectionGradients(scene, slopes);
  if (kind === "gate") {
    const visible = x.map(([number], step) => (mask[step] ? number : 0));
    return { w: visible.map((number) => slopes.map((slope) => number * slope)), b: slopes };
  }
  const factors = x[0].map((_, feature) =>
    dot(
      slopes,
      x.map((vector) => vector[feature]),
    ),
  );
  return isDot(scene) ? { query: factors } : { w: factors, b: slopes };
}

/** Only the columns of the head that is looked at have a say in its weights; wv has none.
 * @type {(scene: Scene, slopes: number[]) => Parts} */
function projectionGradients(scene, slopes) {
  const placed = placedVectors(scene);
  const { queries, keys } = runWhole(scene);
  const step = askingStep(scene);
  const isLooked = ofSelf(scene.wq)[0].map(() => false);
  isLooked.fill(true, scene.head * headWidth(scene), (scene.head + 1) * headWidth(scene));
  /** @type {(vectors: Matrix) => Vector} slopes as weights of a sum */
  const sum = (vectors) =>
    vectors[0].map((_, i) =>
      dot(
        slopes,
        vectors.map((vector) => vector[i]),
      ),
    );
  /** @type {(across: Vector, down: Vector) => Matrix} */
  const outer = (across, down) =>
    across.map((own) => down.map((other, i) => (isLooked[i] ? own * other : 0)));
  return { wq: outer(placed[step], sum(keys)), wk: outer(sum(placed), queries[step]) };
}

/** What each number adds to the penalty.
 * @type {(rules: PartRules) => (number: number) => number} */
export function penaltySize({ regularizer, strength }) {
  if (regularizer === "l1") return (number) => strength * Math.abs(number);
  return regularizer === "l2" ? (number) => strength * number ** 2 : () => 0;
}

/** How that grows with it.
 * @type {(rules: PartRules) => (number: number) => number} */
function penaltySlope({ regularizer, strength }) {
  if (regularizer === "l1") return (number) => strength * Math.sign(number);
  return regularizer === "l2" ? (number) => 2 * strength * number : () => 0;
}

/** The numbers after a step: less rate · gradient, within the constraints. What may not turn stays.
 * @type {(point: Point, objective: Objective) => Parts} */
function stepFrom({ numbers, gradients }, objective) {
  const next = { ...numbers };
  for (const part of turningParts(numbers, objective)) {
    const moved = combine(
      numbers[part],
      gradients[part],
      (own, slope) => own - objective.rate * slope,
    );
    next[part] = constrain(moved, objective[part].constraint);
  }
  return next;
}

/** Which parts of these a step may move.
 * @type {(numbers: Parts, objective: Objective) => Part[]} */
function turningParts(numbers, { turns }) {
  return turns.filter((part) => part in numbers);
}

/** What every step ends with, as Keras does it: a norm is that of a vector, or of each column of a
 * gate's matrix (`axis=0`).
 * @type {(numbers: Numbers, constraint: string) => Numbers} */
function constrain(numbers, constraint) {
  if (constraint === "none") return numbers;
  if (constraint === "non_neg") return combine(numbers, numbers, (number) => Math.max(number, 0));
  /** @type {(column: Vector) => number} */
  const factor = (column) => {
    const norm = Math.sqrt(dot(column, column));
    return (constraint === "max_norm" ? Math.min(norm, MAX_NORM) : 1) / (NORM_EPSILON + norm);
  };
  /** @type {(numbers: Vector, factors: Vector) => Vector} */
  const times = (numbers, factors) => numbers.map((number, i) => number * factors[i]);
  if (!Array.isArray(numbers[0]))
    return times(
      numbers,
      numbers.map(() => factor(numbers)),
    );
  /** @type {Matrix} */
  const rows = numbers;
  const factors = rows[0].map((_, i) => factor(rows.map((row) => row[i])));
  return rows.map((row) => times(row, factors));
}

/** Why the step from a point to the next numbers is not worth taking, if it is not.
 * @type {(point: Point, next: Parts, scene: Scene, objective: Objective) => End} */
function endOf({ numbers, gradients, loss }, next, scene, objective) {
  const mask = seenSteps(scene);
  const parts = turningParts(numbers, objective);
  /** @type {(values: Parts) => Vector} */
  const all = (values) => parts.flatMap((part) => values[part].flat());
  const there = all(next);
  if (!there.every((number) => Math.abs(number) <= LARGEST_NUMBER)) return "diverged";
  const farthest = all(numbers).reduce(
    (far, number, i) => Math.max(far, Math.abs(there[i] - number)),
    0,
  );
  if (farthest > ARRIVED * objective.rate) return null;
  const isFlat = farthest === 0 && all(gradients).every((gradient) => gradient === 0);
  const shares = targetShares({ objective, mask }).filter((share) => share > 0);
  const lowest = -dot(shares, shares.map(Math.log)); // where each weight is its target
  return isFlat && loss > lowest + ARRIVED ? "still" : "arrived";
}

/** Of two vectors or matrices alike, one made number by number.
 * @type {(one: Numbers, other: Numbers, merge: (one: number, other: number) => number) => Numbers} */
function combine(one, other, merge) {
  return one.map((/** @type {Numbers} */ own, /** @type {number} */ i) =>
    Array.isArray(own) ? combine(own, other[i], merge) : merge(own, other[i]),
  );
}
