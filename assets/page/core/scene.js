// A scene in the browser: what stands on the table, and how it changes. No page in here.
//
// Its fields are those of attention/scene.py, with four additions that the page needs:
// a name is a text, or (as the lesson wrote it) one text a language; `origins` says which row of
// the lesson each row was (null: a new one); `stash` keeps what the present kind does not show;
// `objective` is what training is to reach (objective.js).

import { attend, dot_product, gate } from "./attention.js";

/** @import { Kind, Label, Lesson, Matrix, PlainScene, Scene, Trace } from "./types.js" */

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
    w: given.w ?? [...given.query],
    query: given.query ?? (given.kind === "gate" ? [1] : [...given.w]),
    origins: rows.map((_, i) => i),
    stash: {},
    objective: structuredClone(lesson.objective),
  };
}

/** @type {(label: Label, lang: string) => string} */
export function nameOf(label, lang) {
  return typeof label === "string" ? label : label[lang];
}

/** @type {(scene: { kind: Kind }) => boolean} */
export function isDot(scene) {
  return scene.kind === "dot_product" || scene.kind === "scaled_dot_product";
}

/** Whether scores are something else than the logits.
 * @type {(scene: { kind: Kind, activation: string }) => boolean} */
export function hasScores({ kind, activation }) {
  return kind === "scaled_dot_product" || (kind === "attention" && activation === "tanh");
}

/** @type {(scene: Scene) => Trace} */
export function run(scene) {
  const { kind, x, w, b, query, mask, activation, temperature } = scene;
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
    w: isDot(scene) ? null : w,
    b: isDot(scene) ? null : b,
    query: isDot(scene) ? query : null,
    mask,
    activation,
    temperature,
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
  for (const square of squaresOf(scene)) {
    square.forEach((weights) => weights.push(0));
    square.push(scene.rows.map(() => 0));
  }
}

/** @type {(scene: Scene, row: number) => void} */
export function removeRow(scene, row) {
  const { rows, origins, mask, b, stash, objective } = scene;
  const lists = [rows, origins, mask, b, stash.b, objective.target, ...matricesOf(scene)];
  for (const list of [...lists, ...squaresOf(scene)]) list?.splice(row, 1);
  for (const square of squaresOf(scene)) square.forEach((weights) => weights.splice(row, 1));
}

/** A row goes to another place with its name, vector and mask. The biases, and a gate's weights, belong
 * to the places: they stay.
 * @type {(scene: Scene, from: number, to: number) => void} */
export function moveRow(scene, from, to) {
  const { rows, origins, mask, objective } = scene;
  for (const list of [rows, origins, mask, objective.target, ...matricesOf(scene)])
    list.splice(to, 0, .../** @type {any[]} */ (list.splice(from, 1)));
}

/** What has a row for each step: on the table or stash.
 * @type {(scene: Scene) => Matrix[]} */
function matricesOf({ x, stash }) {
  return stash.vectors ? [x, stash.vectors.x] : [x];
}

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
}

/** @type {(scene: Scene, column: number) => void} */
export function removeColumn(scene, column) {
  for (const list of [scene.columns, ...scene.x, scene.w, scene.query]) list.splice(column, 1);
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
    const { columns, query } = scene;
    Object.assign(scene, {
      columns: columns.slice(0, 1),
      x: x.map((vector) => vector.slice(0, 1)),
      w: stash.square ?? identity(x.length),
      query: query.slice(0, 1),
      stash: { b: stash.b, vectors: { columns, x, w, query } },
    });
  } else if (fromGate) {
    const {
      columns,
      x: vectors,
      w: weights,
      query,
    } = stash.vectors ?? { columns: [], x, w: [1], query: [1] };
    Object.assign(scene, {
      columns: [...scene.columns, ...columns.slice(1)],
      x: x.map(([number], row) => [number, ...vectors[row].slice(1)]),
      w: weights,
      query,
      stash: { b: stash.b, square: w },
    });
  }
}

/** @type {(size: number) => Matrix} */
function identity(size) {
  return Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => (i === j ? 1 : 0)),
  );
}
