// The browser's twin of attention/core.py: the same functions in the same order, the same sums in
// the same order, and therefore the same numbers. No page in here: plain arrays in, a trace out.
// One scene at a time (no batch axes); whoever calls has checked shapes and numbers.

/** @import { Activation, Matrix, Trace, Vector } from "./types.js" */
/** @typedef {boolean[] | null} Mask true is visible; null: all are */
/** @typedef {{ activation?: Activation, scale?: boolean, temperature?: number }} How */

/** @type {Record<Activation, (logit: number) => number>} */
export const ACTIVATIONS = { tanh: Math.tanh, linear: (logit) => logit };

/** scores (steps) -> weights (steps): not negative, together 1; all 0 where no step is visible
 * @type {(scores: Vector, mask?: Mask, how?: How) => Vector} */
export function softmax(scores, mask = null, { temperature = 1 } = {}) {
  const exps = exponentials(scores, mask, temperature);
  const total = exps.reduce((sum, exp) => sum + exp, 0);
  return exps.map((exp) => exp / (total > 0 ? total : 1));
}

/** x (steps, features), w (features), b (steps) -> output (features)
 * @type {(x: Matrix, w: Vector, b?: Vector | null, mask?: Mask, how?: How) => Trace} */
export function attend(x, w, b = null, mask = null, { activation = "tanh", temperature = 1 } = {}) {
  const logits = x.map((vector, step) => dot(vector, w) + (b ? b[step] : 0));
  return weigh(x, mask, logits, ACTIVATIONS[activation], temperature);
}

/** x (steps), w (steps, steps), b (steps) -> output (steps): x ⊙ softmax(x·w + b)
 * @type {(x: Vector, w: Matrix, b?: Vector | null, mask?: Mask, how?: How) => Trace} */
export function gate(x, w, b = null, mask = null, { temperature = 1 } = {}) {
  const visible = x.map((number, step) => (!mask || mask[step] ? number : 0));
  const logits = x.map(
    (_, to) =>
      dot(
        visible,
        w.map((row) => row[to]),
      ) + (b ? b[to] : 0),
  );
  const weights = softmax(logits, mask, { temperature });
  return {
    logits,
    scores: logits,
    weights,
    output: weights.map((weight, step) => weight * visible[step]),
  };
}

/** x (steps, features), query (features) -> output (features)
 * @type {(x: Matrix, query: Vector, mask?: Mask, how?: How) => Trace} */
export function dot_product(x, query, mask = null, { scale = false, temperature = 1 } = {}) {
  const logits = x.map((vector) => dot(vector, query));
  const root = scale ? Math.sqrt(query.length) : 1;
  return weigh(x, mask, logits, (logit) => logit / root, temperature);
}

/** What every attention over vectors does once it has its logits.
 * @type {(x: Matrix, mask: Mask, logits: Vector, activation: (logit: number) => number, temperature: number) => Trace} */
function weigh(x, mask, logits, activation, temperature) {
  const scores = logits.map(activation);
  const weights = softmax(scores, mask, { temperature });
  const output = x[0].map((_, feature) =>
    dot(
      weights,
      x.map((vector) => vector[feature]),
    ),
  );
  return { logits, scores, weights, output };
}

/** exp((score − highest visible score) / temperature), 0 where hidden: exp never overflows
 * @type {(scores: Vector, mask: Mask, temperature: number) => Vector} */
export function exponentials(scores, mask, temperature) {
  const visible = scores.map((score, step) => (!mask || mask[step] ? score : -Infinity));
  const highest = visible.reduce((a, b) => Math.max(a, b), -Infinity);
  return visible.map((score) =>
    Math.exp((score - (Number.isFinite(highest) ? highest : 0)) / temperature),
  );
}

/** Σ a·b from left to right
 * @type {(a: Vector, b: Vector) => number} */
export function dot(a, b) {
  let sum = a[0] * b[0];
  for (let i = 1; i < a.length; i += 1) sum += a[i] * b[i];
  return sum;
}
