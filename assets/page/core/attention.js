// The browser's twin of attention/core.py: the same functions in the same order, the same sums in
// the same order, and therefore the same numbers. No page in here: plain arrays in, a trace out.
// One scene at a time (no batch axes); whoever calls has checked shapes and numbers.

/** @import { Activation, Matrix, SelfAttentionTrace, Trace, Vector } from "./types.js" */
/** @typedef {boolean[] | null} Mask true is visible; null: all are */
/** @typedef {{ activation?: Activation, scale?: boolean, temperature?: number }} How */
/** @typedef {{ heads?: number, causal?: boolean, positions?: Matrix | null, temperature?: number }} HowOfSelf */

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

/** x (steps, features), w_q, w_k (features, d_k), w_v (features, d_v), positions (steps, features)
 * -> output (steps, d_v); logits, scores and weights a matrix (steps, steps) a head
 * @type {(x: Matrix, w_q: Matrix, w_k: Matrix, w_v: Matrix, mask?: Mask, how?: HowOfSelf) => SelfAttentionTrace} */
export function self_attention(
  x,
  w_q,
  w_k,
  w_v,
  mask = null,
  { heads = 1, causal = false, positions = null, temperature = 1 } = {},
) {
  const placed = positions
    ? x.map((vector, step) => vector.map((number, feature) => number + positions[step][feature]))
    : x;
  const [queries, keys, values] = [w_q, w_k, w_v].map((w) => times(placed, w));
  /** @type {(from: number) => boolean[]} which steps it sees */
  const seen = (from) => x.map((_, step) => (!mask || mask[step]) && !(causal && step > from));
  const root = Math.sqrt(w_q[0].length / heads);
  const [asked, found, said] = [queries, keys, values].map((vectors) => by_heads(vectors, heads));
  const each = asked.map((own, head) => {
    const logits = own.map((query) => found[head].map((key) => dot(query, key)));
    const scores = logits.map((row) => row.map((logit) => logit / root));
    const weights = scores.map((row, from) => softmax(row, seen(from), { temperature }));
    return { logits, scores, weights, output: times(weights, said[head]) };
  });
  return {
    queries,
    keys,
    values,
    logits: each.map((head) => head.logits),
    scores: each.map((head) => head.scores),
    weights: each.map((head) => head.weights),
    output: x.map((_, step) => each.flatMap((head) => head.output[step])),
  };
}

/** -> positions (steps, features): sin in even columns, cos in odd ones, from pair to pair slower
 * @type {(steps: number, features: number) => Matrix} */
export function sinusoidal(steps, features) {
  return Array.from({ length: steps }, (_, step) =>
    Array.from({ length: features }, (_, column) => {
      const angle = step / 10_000 ** ((column - (column % 2)) / features);
      return column % 2 ? Math.cos(angle) : Math.sin(angle);
    }),
  );
}

/** (steps, d) -> (heads, steps, d / heads): the columns in so many equal parts
 * @type {(vectors: Matrix, heads: number) => Matrix[]} */
function by_heads(vectors, heads) {
  const width = vectors[0].length / heads;
  return Array.from({ length: heads }, (_, head) =>
    vectors.map((vector) => vector.slice(head * width, (head + 1) * width)),
  );
}

/** (n, m) times (m, k) -> (n, k), each sum from left to right
 * @type {(a: Matrix, b: Matrix) => Matrix} */
function times(a, b) {
  return a.map((row) =>
    b[0].map((_, column) =>
      dot(
        row,
        b.map((line) => line[column]),
      ),
    ),
  );
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
