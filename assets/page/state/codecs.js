// How each type of value in keys.toml is read from the address and written into it.

import { setPositions } from "../core/asking.js";
import { tidyCode } from "../core/class-code.js";
import { fitTable, nameAxis } from "../core/naming.js";
import { switchBias, switchKind } from "../core/scene.js";
import { given, languages, lookUp } from "./given.js";
import { labelText, textIn } from "./texts.js";
import { optionLimits } from "./training-options.js";
import { tidySentence } from "./url-reader.js";

/** @import { Label, Scene } from "../core/types.js" */
/** @import { Key } from "./given.js" */
/** @import { State } from "./store.js" */
/** @import { UrlReader } from "./url-reader.js" */

/**
 * @typedef {object} Codec
 * @property {(read: UrlReader, row: Key, next: State) => any} read the value, or undefined: it stays
 * @property {(value: any, row: Key, next: State) => string} [write]
 */

/** What only self-attention has, which no other kind reads.
 * @type {(read: (read: UrlReader, key: string, scene: any, row: Key) => any, write?: Codec["write"]) => Codec} */
const ofSelfAttention = (read, write) => ({
  read: (reader, row, { scene }) =>
    /** @type {string} */ (scene.kind) === "self_attention"
      ? read(reader, row.key, scene, row)
      : undefined,
  write,
});
/** @type {(list: any[]) => string} */
const joined = (list) => list.join(",");
/** @type {(rows: any[]) => string} */
const lines = (rows) => rows.join(";"); // a row inside joins itself by ","
/** @type {(value: any) => string} */
const digit = (value) => String(Number(value));

/** @type {Record<string, Codec>} */
export const CODECS = {
  lesson: { read: () => undefined }, // it is what all the rest differs from
  class_code: {
    // A page in one file is in no class.
    read: (read, { key }) =>
      (given.rules.class && tidyCode(read.plain(key), given.rules.class)) ??
      read.say(given.rules.class ? "no_class_code" : "no_class_page", { came: read.plain(key) }),
  },
  own: { read: (read, { key }) => read.plain(key), write: encodeURIComponent },
  kind: {
    read: (read, { key, among }, { scene }) => {
      const kind = read.choice(key, lookUp(among));
      if (kind) switchKind(scene, /** @type {any} */ (kind));
    },
  },
  choice: { read: (read, { key, among }) => read.choice(key, lookUp(among)) },
  choices: {
    read: (read, { key, among }) => read.several(key, lookUp(among)),
    write: (names, { among }) =>
      joined(lookUp(among).filter((/** @type {string} */ one) => names.includes(one))) || "none",
  },
  number: { read: (read, { key, limits }) => read.vector(key, 1, lookUp(limits))?.[0] },
  whole: { read: (read, { key, limits }) => read.whole(key, lookUp(limits)) },
  switch: { read: (read, { key }) => read.onOff(key), write: digit },
  per_row: {
    read: (read, { key, limits }, { scene }) => read.vector(key, scene.rows.length, lookUp(limits)),
    write: joined,
  },
  per_column: {
    read: (read, { key }, { scene }) => read.vector(key, scene.columns.length),
    write: joined,
  },
  axes: {
    read: (read, { key }, { scene }) => read.axes(key, scene.columns.length),
    write: (axes) => (axes ? joined(axes) : "0,1"),
  },
  mask: {
    read: (read, { key }, { scene }) => read.switches(key, scene.rows.length),
    write: (mask) => mask.map(digit).join(""),
  },
  factors: {
    read: (read, { key }, { scene }) =>
      scene.kind === "gate"
        ? read.square(key, scene.rows.length)
        : read.vector(key, scene.columns.length),
    write: (weights, _, { scene }) => (scene.kind === "gate" ? lines : joined)(weights),
  },
  bias: {
    read(read, { key }, { scene }) {
      if (read.plain(key) !== "none") return read.vector(key, scene.rows.length);
      return switchBias(scene, false);
    },
    write: (bias) => (bias ? joined(bias) : "none"),
  },
  projection: ofSelfAttention(readProjection, lines),
  heads: ofSelfAttention((read, key, scene, { limits }) => {
    const [least, most] = lookUp(limits);
    const counts = Array.from({ length: most - least + 1 }, (_, i) => least + i);
    const widths = [scene.wq[0].length, scene.wv[0].length];
    const allowed = counts.filter((heads) => widths.every((width) => width % heads === 0));
    return read.number(key, allowed);
  }),
  head: ofSelfAttention((read, key, { heads }) => read.whole(key, [0, heads - 1])),
  asks: ofSelfAttention((read, key, { rows }) =>
    read.plain(key) === "none" ? null : read.whole(key, [0, rows.length - 1]),
  ),
  causal_mask: ofSelfAttention((read, key) => read.onOff(key), digit),
  pos: ofSelfAttention(
    (read, key, { rows, columns }) =>
      read.plain(key) === "none" ? undefined : read.table(key, rows.length, columns.length),
    lines,
  ),
  positions: ofSelfAttention((read, key, scene, { among }) => {
    const positions = read.choice(key, lookUp(among));
    if (positions) setPositions(scene, /** @type {any} */ (positions));
  }),
  names: { read: () => undefined, write: writtenNames }, // both by readTable
  vectors: { read: () => undefined, write: lines },
  sentence: {
    read: (read, { key }) => tidySentence(read.plain(key), read.say),
    write: encodeURIComponent,
  },
  pair: {
    read(read, { key, among }) {
      const [came, allowed] = [read.plain(key).split(","), lookUp(among)];
      const wrong = came.find((name) => !allowed.includes(name));
      if (wrong !== undefined)
        return read.say("choice", { key, allowed: allowed.join(", "), came: wrong });
      return came.length === 2 ? came : undefined;
    },
    write: joined,
  },
  option: {
    read(read, { key }, { training }) {
      const limits = optionLimits(training.task, key);
      if (limits?.among) return read.number(key, limits.among);
      return limits && read.whole(key, [limits.least, limits.most]);
    },
  },
  hidden: {
    read: (read, { key }) =>
      read.known(
        key,
        given.hide.map(({ name }) => name),
        given.also_called,
      ),
    write: joined,
  },
};

/** A matrix of self-attention. Queries and keys are compared, so the keys are as wide as the queries;
 * and heads that no longer go into the width become one.
 * @type {(read: UrlReader, key: string, scene: any) => import("../core/types.js").Matrix | undefined} */
function readProjection(read, key, scene) {
  const wanted = key === "wk" ? scene.wq[0].length : undefined;
  const matrix = read.table(key, scene.columns.length, wanted, given.rules.projected);
  if (!matrix) return undefined;
  const width = matrix[0].length;
  if (key === "wq")
    scene.wk = scene.wk.map((/** @type {number[]} */ line) =>
      Array.from({ length: width }, (_, i) => line[i] ?? 0),
    );
  if (width % scene.heads) Object.assign(scene, { heads: 1, head: 0 });
  return matrix;
}

/** How many rows and columns there are: as x has them, or else the names. The labels are the lesson's.
 * @type {(read: UrlReader, scene: Scene, labels: { rows: Label[], columns: Label[] }) => void} */
export function readTable(read, scene, labels) {
  const { rules } = given;
  const isGate = scene.kind === "gate";
  const x = !read.pairs.has("x")
    ? undefined
    : isGate
      ? read.single("x")
      : read.matrix("x", rules.columns);
  /** @type {(key: string, most: number) => string[] | undefined} */
  const names = (key, most) => (read.pairs.has(key) ? read.names(key, most) : undefined);
  const [rows, columns] = [names("rows", rules.rows), names("columns", isGate ? 1 : rules.columns)];
  fitTable(scene, x?.length ?? rows?.length, x?.[0].length ?? columns?.length, newLabel);
  if (x) scene.x = x;
  nameAxis(scene, "rows", rows, labels.rows, languages(), read.say);
  nameAxis(scene, "columns", columns, labels.columns, languages(), read.say);
}

/** The name of a new row or column, in each language.
 * @type {(key: string, number: number) => Record<string, string>} */
export function newLabel(key, number) {
  return Object.fromEntries(languages().map((lang) => [lang, textIn(lang, key, { number })]));
}

/** @type {(labels: Label[]) => string} */
function writtenNames(labels) {
  return labels.map((label) => encodeURIComponent(labelText(label))).join(",");
}
