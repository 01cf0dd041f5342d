// A scene in the browser: what stands on the table, and how it changes. No page in here.
//
// Its fields are those of attention/scene.py, with four additions that the page needs:
// a name is a text, or (as the lesson wrote it) one text a language; `origins` says which row of
// the lesson each row was (null: a new one); `stash` keeps what the present kind does not show;
// `objective` is what training is to reach (objective.js).

import { PROJECTIONS, askingStep, beginSelf, isSelf, runAsking, valueWidth } from "./asking.js";
import { attend, dot_product, gate } from "./attention.js";

/** @import { Kind, Label, Lesson, Matrix, PlainScene, Scene, Trace, Vector } from "./types.js" */

/** @type {(lesson: Lesson, languages: string[]) => Scene} */
export function openLesson(lesson, languages) {
  const given = /** @type {Scene} */ (structuredClone(lesson.scene));
  /** @type {(names: Record<string, string[]>) => Label[]} */
  const labels = (names) =>
    names[languages[0]].map((_, i) =>
      Object.fromEntries(languages.map((lang) => [lang, names[lang][i]])),
    );
  const rows = labels(lesson.rows);
  return {
    ...given,
    rows,
    columns: labels(lesson.columns),
    mask: given.mask.length ? given.mask : rows.map(() => true),
    ...NO_SELF,
    ...selfFields(given),
    ...factorsOf(given),
    origins: rows.map((_, i) => i),
    stash: {},
    objective: structuredClone(lesson.objective),
  };
}

/** What no lesson needs to say of other kinds. */
const NO_SELF = {
  ...{ wq: null, wk: null, wv: null, heads: 1, causal: false },
  ...{ positions: /** @type {const} */ ("none"), pos: null, asks: null, head: 0 },
};

/** @type {(given: PlainScene) => PlainScene} */
const selfFields = (given) =>
  Object.fromEntries(
    Object.keys(NO_SELF).flatMap((name) => (name in given ? [[name, given[name]]] : [])),
  );

/** What a scene of one kind lacks and the next one needs: w for the query and the other way round.
 * @type {(given: PlainScene) => { w: any, query: Vector }} */
export function factorsOf({ kind, x, w, query }) {
  const ones = x[0].map(() => 1);
  return { w: w ?? [...(query ?? ones)], query: query ?? (kind === "gate" || !w ? ones : [...w]) };
}

/** @type {(label: Label, lang: string) => string} */
export function nameOf(label, lang) {
  return typeof label === "string" ? label : label[lang];
}

/** @type {(scene: { kind: Kind }) => boolean} */
export function isDot(scene) {
  return scene.kind === "dot_product" || scene.kind === "scaled_dot_product";
}

/** Whether each column has a weight, and each row may have a bias.
 * @type {(scene: { kind: Kind }) => boolean} */
export function hasWeights({ kind }) {
  return kind === "attention" || kind === "gate";
}

/** What the numbers of the output are called.
 * @type {(scene: Scene) => Label[]} */
export function outputLabels(scene) {
  if (isSelf(scene)) return Array.from({ length: valueWidth(scene) }, (_, i) => `v${i + 1}`);
  return scene.kind === "gate" ? scene.rows : scene.columns;
}

/** Whether the score is the logit by the root of what is compared.
 * @type {(scene: { kind: Kind }) => boolean} */
export function isScaled({ kind }) {
  return kind === "scaled_dot_product" || kind === "self_attention";
}

/** Whether scores are something else than the logits.
 * @type {(scene: { kind: Kind, activation: string }) => boolean} */
export function hasScores({ kind, activation }) {
  return isScaled({ kind }) || (kind === "attention" && activation === "tanh");
}

/** @type {(scene: Scene) => Trace} */
export function run(scene) {
  const { kind, x, w, b, query, mask, activation, temperature } = scene;
  if (isSelf(scene)) return runAsking(scene);
  if (kind === "attention") return attend(x, w, b, mask, { activation, temperature });
  if (kind === "gate")
    return gate(
      x.map(([number]) => number),
      w,
      b,
      mask,
      { temperature },
    );
  return dot_product(x, query, mask, { scale: kind === "scaled_dot_product", temperature });
}

/** The scene as attention/scene.py reads it.
 * @type {(scene: Scene, lang: string) => PlainScene} */
export function toPlain(scene, lang) {
  const { kind, x, w, b, query, mask, activation, temperature } = scene;
  return structuredClone({
    kind,
    rows: scene.rows.map((label) => nameOf(label, lang)),
    columns: scene.columns.map((label) => nameOf(label, lang)),
    x,
    w: hasWeights(scene) ? w : null,
    b: hasWeights(scene) ? b : null,
    query: isDot(scene) ? query : null,
    mask,
    activation,
    temperature,
    ...(isSelf(scene) ? selfFields(scene) : {}),
  });
}

/** Whether both show the same table, with the same names in a language.
 * @type {(scene: Scene, other: Scene, lang: string) => boolean} */
export function isSameTable(scene, other, lang) {
  return JSON.stringify(toPlain(scene, lang)) === JSON.stringify(toPlain(other, lang));
}

// How the table grows and shrinks. A new row or column starts at 0.

/** @type {(scene: Scene, label: Label) => void} */
export function addRow(scene, label) {
  scene.rows.push(label);
  scene.origins.push(null);
  scene.mask.push(true);
  scene.objective.target.push(0);
  for (const matrix of matricesOf(scene)) matrix.push(matrix[0].map(() => 0));
  for (const bias of [scene.b, scene.stash.b]) bias?.push(0);
  for (const pos of placesKept(scene)) pos.push(pos[0].map(() => 0));
  for (const square of squaresOf(scene)) {
    square.forEach((weights) => weights.push(0));
    square.push(scene.rows.map(() => 0));
  }
}

/** The rows below move up a place: of the positions, which belong to places, the last is gone.
 * @type {(scene: Scene, row: number) => void} */
export function removeRow(scene, row) {
  const { rows, origins, mask, b, stash, objective } = scene;
  const lists = [rows, origins, mask, b, stash.b, objective.target, ...matricesOf(scene)];
  const { asks } = scene; // the last row asks in its place
  if (asks !== null && asks >= row) scene.asks = asks === row ? null : asks - 1;
  for (const list of [...lists, ...squaresOf(scene)]) list?.splice(row, 1);
  for (const places of placesKept(scene)) places.pop();
  for (const square of squaresOf(scene)) square.forEach((weights) => weights.splice(row, 1));
}

/** A row goes to another place with its name, vector and mask, and goes on asking. The biases, a gate's
 * weights and positions belong to the places: they stay.
 * @type {(scene: Scene, from: number, to: number) => void} */
export function moveRow(scene, from, to) {
  if (isSelf(scene)) {
    const order = scene.rows.map((_, row) => row);
    order.splice(to, 0, ...order.splice(from, 1));
    scene.asks = order.indexOf(askingStep(scene));
  }
  const { rows, origins, mask, objective } = scene;
  for (const list of [rows, origins, mask, objective.target, ...matricesOf(scene)])
    list.splice(to, 0, .../** @type {any[]} */ (list.splice(from, 1)));
}

/** What has a row for each step: on the table or stash.
 * @type {(scene: Scene) => Matrix[]} */
function matricesOf({ x, stash }) {
  return stash.vectors ? [x, stash.vectors.x] : [x];
}

/** The positions, which have a row for each place.
 * @type {(scene: Scene) => Matrix[]} */
function placesKept({ pos, stash }) {
  return [pos, stash.vectors?.pos ?? null].filter((one) => one !== null);
}

/** What has a number for each feature: in a row, or a row of them.
 * @type {(scene: Scene) => Matrix[]} */
const projectionsOf = (scene) =>
  PROJECTIONS.map((name) => scene[name]).filter((one) => one !== null);

/** @type {(scene: Scene) => Matrix[]} */
function squaresOf({ kind, w, stash }) {
  return [kind === "gate" ? w : null, stash.square].filter(Boolean);
}

/** @type {(scene: Scene, label: Label) => void} */
export function addColumn(scene, label) {
  scene.columns.push(label);
  scene.x.forEach((vector) => vector.push(0));
  scene.w.push(0);
  scene.query.push(0);
  scene.pos?.forEach((place) => place.push(0));
  for (const matrix of projectionsOf(scene)) matrix.push(matrix[0].map(() => 0));
}

/** @type {(scene: Scene, column: number) => void} */
export function removeColumn(scene, column) {
  const { columns, x, w, query, pos } = scene;
  for (const list of [columns, ...x, w, query, ...(pos ?? []), ...projectionsOf(scene)])
    list.splice(column, 1);
}

/** @type {(scene: Scene, on: boolean) => void} */
export function switchBias(scene, on) {
  const { stash, rows } = scene;
  if (on === Boolean(scene.b)) return;
  [scene.b, stash.b] = on ? [stash.b ?? rows.map(() => 0), null] : [null, scene.b];
}

/** A gate has one number per row and a square of weights. What it cannot show waits stash, grows and
 * shrinks with the table, and comes back with the next kind; and so does its square.
 * @type {(scene: Scene, kind: Kind) => void} */
export function switchKind(scene, kind) {
  const { stash, x, w } = scene;
  const toGate = kind === "gate" && scene.kind !== "gate";
  const fromGate = kind !== "gate" && scene.kind === "gate";
  scene.kind = kind;
  if (toGate) {
    const { columns, query, wq, wk, wv, pos } = scene;
    Object.assign(scene, {
      columns: columns.slice(0, 1),
      x: x.map((vector) => vector.slice(0, 1)),
      w: stash.square ?? identity(x.length),
      query: query.slice(0, 1),
      ...{ wq: null, wk: null, wv: null, pos: null },
      stash: { b: stash.b, vectors: { columns, x, w, query, wq, wk, wv, pos } },
    });
  } else if (fromGate) {
    const none = { columns: [], x, w: [1], query: [1], wq: null, wk: null, wv: null, pos: null };
    const { columns, x: vectors, w: weights, ...rest } = stash.vectors ?? none;
    Object.assign(scene, {
      columns: [...scene.columns, ...columns.slice(1)],
      x: x.map(([number], row) => [number, ...vectors[row].slice(1)]),
      w: weights,
      ...rest,
      stash: { b: stash.b, square: w },
    });
  }
  if (isSelf(scene)) beginSelf(scene);
}

/** @type {(size: number) => Matrix} */
function identity(size) {
  return Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => (i === j ? 1 : 0)),
  );
}
