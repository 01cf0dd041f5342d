// What self-attention has beside the other kinds: a step that asks, heads, positions, and an output with
// columns of its own. No page in here.

import { dot, self_attention, sinusoidal } from "./attention.js";

/** @import { Matrix, Positions, Projection, Scene, SelfAttentionTrace, Trace, Vector } from "./types.js" */

/** @type {Projection[]} */
export const PROJECTIONS = ["wq", "wk", "wv"];

/** @type {(scene: { kind?: string }) => boolean} */
export const isSelf = ({ kind }) => kind === "self_attention";

/** Which step asks; where nothing is said, the last one.
 * @type {(scene: { asks?: number | null, mask: boolean[] }) => number} */
export const askingStep = ({ asks, mask }) => asks ?? mask.length - 1;

/** Which steps can get attention: those the mask shows, and in causal self-attention no later one than
 * the step that asks.
 * @type {(scene: { kind?: string, causal?: boolean, asks?: number | null, mask: boolean[] }) => boolean[]} */
export function seenSteps(scene) {
  const { mask, causal } = scene;
  if (!isSelf(scene) || !causal) return mask;
  const last = askingStep(scene);
  return mask.map((isShown, step) => isShown && step <= last);
}

/** What is added to x, a vector for each place (steps, features); null: nothing.
 * @type {(scene: Scene) => Matrix | null} */
export function placesOf({ positions, pos, x }) {
  if (positions === "sinusoidal") return sinusoidal(x.length, x[0].length);
  return positions === "learned" ? pos : null;
}

/** What the matrices multiply: x, and what is added to it.
 * @type {(scene: Scene) => Matrix} */
export function placedVectors(scene) {
  const places = placesOf(scene);
  if (!places) return scene.x;
  return scene.x.map((vector, step) => vector.map((number, i) => number + places[step][i]));
}

/** All steps and all heads.
 * @type {(scene: Scene) => SelfAttentionTrace} */
export function runWhole(scene) {
  const { x, wq, wk, wv, mask, heads, causal, temperature } = scene;
  return self_attention(x, ofSelf(wq), ofSelf(wk), ofSelf(wv), mask, {
    ...{ heads, causal, temperature, positions: placesOf(scene) },
  });
}

/** What the step that asks gets in the head that is looked at; its output has the numbers of all heads.
 * @type {(scene: Scene) => Trace} */
export function runAsking(scene) {
  const whole = runWhole(scene);
  const step = askingStep(scene);
  const [logits, scores, weights] = [whole.logits, whole.scores, whole.weights].map(
    (stage) => stage[scene.head][step],
  );
  return { logits, scores, weights, output: whole.output[step], whole };
}

/** A matrix of the scene, which every scene of this kind has.
 * @type {(matrix: Matrix | null) => Matrix} */
export const ofSelf = (matrix) => /** @type {Matrix} */ (matrix);

/** How many numbers an output has: of self-attention, columns of wv.
 * @type {(scene: Scene) => number} */
export const valueWidth = ({ wv }) => ofSelf(wv)[0].length;

/** How many numbers of a query and a key a head compares.
 * @type {(scene: Scene) => number} */
export const headWidth = ({ wq, heads }) => ofSelf(wq)[0].length / heads;

/** The columns of a vector that belong to the head that is looked at.
 * @type {(scene: Scene, vector: Vector) => Vector} */
export function ofHead({ heads, head }, vector) {
  const width = vector.length / heads;
  return vector.slice(head * width, (head + 1) * width);
}

/** How fast each row's logit grows with the numbers of its x, in the head that is looked at: W_k·q.
 * @type {(scene: Scene, whole: SelfAttentionTrace) => Vector} */
export function factorsAsked(scene, { queries }) {
  const query = ofHead(scene, queries[askingStep(scene)]);
  return ofSelf(scene.wk).map((row) => dot(ofHead(scene, row), query));
}

/** The head that makes a number of the output.
 * @type {(scene: Scene, column: number) => number} */
export const headOfOutput = (scene, column) =>
  Math.floor((column * scene.heads) / valueWidth(scene));

/** What is weighed and added up for a number of the output: of each row its weight and its number. In
 * self-attention a number of the output belongs to a head, which has weights of its own.
 * @type {(scene: Scene, trace: Trace, column: number) => { weights: Vector, numbers: Vector }} */
export function addends(scene, { weights, whole }, column) {
  if (!whole) return { weights, numbers: scene.x.map((vector) => vector[column]) };
  return {
    weights: whole.weights[headOfOutput(scene, column)][askingStep(scene)],
    numbers: whole.values.map((vector) => vector[column]),
  };
}

// How the matrices follow. What is new in them is 0, and changes nothing.

/** Queries and keys are compared: wq and wk have as many columns.
 * @type {(scene: Scene, of: "wq" | "wv", width: number) => void} */
export function setWidth(scene, of, width) {
  for (const name of of === "wv" ? ["wv"] : ["wq", "wk"])
    for (const row of ofSelf(scene[/** @type {Projection} */ (name)])) {
      row.length = Math.min(row.length, width);
      while (row.length < width) row.push(0);
    }
}

/** Both widths become the next multiple of the heads.
 * @type {(scene: Scene, heads: number) => void} */
export function setHeads(scene, heads) {
  for (const of of /** @type {("wq" | "wv")[]} */ (["wq", "wv"]))
    setWidth(scene, of, Math.ceil(ofSelf(scene[of])[0].length / heads) * heads);
  scene.heads = heads;
  scene.head = Math.min(scene.head, heads - 1);
}

/** Positions that are learned by hand begin at 0, or where they were.
 * @type {(scene: Scene, positions: Positions) => void} */
export function setPositions(scene, positions) {
  scene.positions = positions;
  if (positions === "learned") scene.pos ??= scene.x.map((vector) => vector.map(() => 0));
}

const WIDEST = 4; // columns of a matrix
const LARGEST_PRODUCT = 4; // of a number of a query and one of a key, to begin with

/** Where a scene has no matrices, those that change nothing but the size of what is compared: with large
 * numbers, one row would get it all.
 * @type {(scene: Scene) => void} */
export function beginSelf(scene) {
  const { x } = scene;
  const largest = Math.max(...x.flat().map(Math.abs));
  const scale = largest ** 2 > LARGEST_PRODUCT ? Math.sqrt(LARGEST_PRODUCT) / largest : 1;
  const width = Math.min(x[0].length, WIDEST);
  const factors = { wq: scale, wk: scale, wv: 1 };
  for (const name of PROJECTIONS)
    scene[name] ??= x[0].map((_, row) =>
      Array.from({ length: width }, (_, column) =>
        row === column ? Number(factors[name].toPrecision(1)) : 0,
      ),
    );
}
