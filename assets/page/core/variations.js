// The browser's twins of the functions in attention/variations/, one for each, under the same names. A
// variation that has none here is computed on the server. No page in here.

import { softmax } from "./attention.js";
import { normOf, product, sumOf, transposed } from "./matrices.js";

/** @import { Matrix, Vector } from "./types.js" */
/** @typedef {Record<string, any>} Parameters by name: a number, a Vector, a Matrix, or one Matrix a head */
/** @typedef {{ weights: Matrix[], output: Matrix }} Applied weights: of each head, a row for each who asks */
/** @typedef {(x: Matrix, visible: any, parameters: Parameters) => Applied} Twin visible: for each who asks, or for all */

/** Every step asks. score(x, parameters) -> (steps, steps); isSeen: whom it sees at all
 * @type {(score: (x: Matrix, parameters: any) => Matrix, isSeen?: (t: number, s: number) => boolean) => Twin} */
function stepAsks(score, isSeen = () => true) {
  return (x, visible, parameters) => {
    const weights = score(x, parameters).map((row, t) =>
      softmax(
        row,
        row.map((_, s) => visible[t][s] && isSeen(t, s)),
      ),
    );
    return { weights: [weights], output: product(weights, x) };
  };
}

/** @type {(x: Matrix) => Matrix} */
const dots = (x) => product(x, transposed(x));

/** @type {(x: Matrix) => Matrix} */
const scaledDots = (x) => dots(x).map((row) => row.map((score) => score / Math.sqrt(x[0].length)));

/** @type {(x: Matrix, parameters: { W: Matrix }) => Matrix} */
const bilinear = (x, { W }) => product(product(x, W), transposed(x));

/** A small network of one hidden layer looks at both.
 * @type {(x: Matrix, parameters: { W: Matrix, U: Matrix, v: Matrix, b?: Vector, c?: Vector }) => Matrix} */
function additive(x, { W, U, v, b = U.map(() => 0), c = [0] }) {
  const [asking, answering] = [product(x, W), product(x, U)];
  return asking.map((question) =>
    answering.map((answer) =>
      v.reduce(
        (sum, [number], i) => sum + number * Math.tanh(question[i] + answer[i] + b[i]),
        c[0],
      ),
    ),
  );
}

const SHARPNESS = 4; // β

/** @type {(x: Matrix) => Matrix} */
function cosines(x) {
  const unit = x.map((vector) => {
    const length = Math.max(normOf(vector), 1e-12); // a vector of zeros is like no other
    return vector.map((number) => number / length);
  });
  return dots(unit).map((row) => row.map((score) => SHARPNESS * score));
}

/** @type {Record<string, Twin>} */
export const VARIATION_TWINS = {
  dense_gate(x, visible, { w, b }) {
    const shown = x.map((vector, s) => vector.map((number) => (visible[s] ? number : 0)));
    const logits = product(transposed(shown), w);
    const weights = logits.map((row) =>
      softmax(
        row.map((logit, s) => logit + b[s]),
        visible,
      ),
    );
    return {
      weights: [weights],
      output: shown.map((vector, s) => vector.map((number, f) => number * weights[f][s])),
    };
  },

  attention(x, visible, { w, b }) {
    const scores = product(
      x,
      /** @type {Vector} */ (w).map((weight) => [weight]),
    ).map(([logit], s) => Math.tanh(logit + b[s]));
    const weights = [softmax(scores, visible)];
    return { weights: [weights], output: product(weights, x) };
  },

  location: stepAsks((x, { W }) => product(x, W)),
  dot: stepAsks(dots),
  scaled_dot: stepAsks(scaledDots),
  luong_general: stepAsks(bilinear),
  bahdanau_additive: stepAsks(additive),
  cosine: stepAsks(cosines),
  self_attention: stepAsks(additive),

  multi_head(x, visible, { Wq, Wk, Wv, Wo }) {
    const heads = /** @type {Matrix[]} */ (Wq).map((query, h) => {
      const [q, k] = [product(x, query), product(x, Wk[h])];
      const weights = product(q, transposed(k)).map((row, t) =>
        softmax(
          row.map((score) => score / Math.sqrt(k[0].length)),
          visible[t],
        ),
      );
      return { weights, found: product(product(weights, product(x, Wv[h])), Wo[h]) };
    });
    return {
      weights: heads.map(({ weights }) => weights),
      output: sumOf(heads.map(({ found }) => found)),
    };
  },

  causal: stepAsks(scaledDots, (t, s) => s <= t),
  local_window: stepAsks(bilinear, (t, s) => Math.abs(t - s) <= 1),
};
