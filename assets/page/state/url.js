// The state in the address, after "#": `key=value` joined by "&", only what differs from the lesson.
// keys.toml has a row for each key.

import { fitTable } from "../core/naming.js";
import { openLesson, switchKind } from "../core/scene.js";
import { CODECS, newLabel, readTable } from "./codecs.js";
import { given, languages } from "./given.js";
import { setAt, valueAt } from "./paths.js";
import { UrlReader, splitAddress } from "./url-reader.js";

/** @import { Notice } from "./notices.js" */
/** @import { State } from "./store.js" */

/** The state as a lesson opens it.
 * @type {(name: string) => State} */
function openedState(name) {
  /** @type {any} */
  const start = {};
  for (const { path, default: usual = null } of given.keys)
    if (!path.startsWith("scene.")) setAt(start, path, usual);
  start.lesson = name;
  start.scene = openLesson(/** @type {any} */ (given.lessons.get(name)), languages());
  const { stage, axes } = /** @type {any} */ (given.lessons.get(name));
  Object.assign(start, { stage: stage ?? "flow", axes: axes ?? null });
  start.hide = [];
  start.gallery.compare = given.variations.length ? [...given.compared] : [];
  start.training.task = given.tasks[0]?.name ?? null;
  return start;
}

/** What an address without a lesson is about.
 * @type {() => string} */
function baseLesson() {
  return given.home ?? [...given.lessons.keys()][0];
}

/** @type {(hash: string) => State & { notices: Notice[] }} */
export function readAddress(hash) {
  /** @type {Notice[]} */
  const notices = [];
  /** @type {import("./url-reader.js").Say} */
  const say = (key, values) => void notices.push({ key: `notice_${key}`, values });
  const read = new UrlReader(splitAddress(hash, say), say);
  const shipped = [...given.lessons].filter(([, { own }]) => !own).map(([name]) => name);
  const named = read.pairs.has("lesson") ? read.choice("lesson", shipped) : undefined;
  const next = openedState(named ?? baseLesson());
  next.home = given.home !== null && named === undefined;
  const labels = { rows: [...next.scene.rows], columns: [...next.scene.columns] };
  for (const row of given.keys) {
    if (row.key === "rows") readTable(read, next.scene, labels);
    if (!read.pairs.has(row.key) || row.key === "tab") continue;
    const value = CODECS[row.type].read(read, row, next);
    if (value !== undefined) setAt(next, row.path, value);
  }
  // A hidden tab does not open, and for a projector there is the first one only.
  const hidden = hiddenNames(next.hide);
  const open = given.tabs.filter((name, i) => i === 0 || !(next.view || hidden.includes(name)));
  if (read.pairs.has("tab")) next.tab = read.choice("tab", open) ?? given.tabs[0];
  return { ...next, notices };
}

/** -> the address' part after "#", without it
 * @type {(state: State) => string} */
export function writeAddress(state) {
  // A lesson of one's own has no name that another page would know: only its table travels.
  const isOwn = given.lessons.get(state.lesson)?.own;
  const name = isOwn ? baseLesson() : state.lesson;
  const start = openedState(name);
  const { kind } = state.scene;
  const first = { lesson: given.home ? null : baseLesson(), kind: start.scene.kind };
  switchKind(start.scene, kind);
  const { rows, columns, x } = structuredClone(start.scene);
  fitTable(start.scene, state.scene.rows.length, state.scene.columns.length, newLabel);
  Object.assign(start.scene, { rows, columns, x }); // these three tell how large the table is
  const pairs = [];
  for (const row of given.keys) {
    const named = isOwn || state.home ? first.lesson : name;
    const value = row.key === "lesson" ? named : valueAt(state, row.path);
    const usual = Object.hasOwn(first, row.key)
      ? /** @type {Record<string, any>} */ (first)[row.key]
      : valueAt(start, row.path);
    const unused = row.kinds && !row.kinds.includes(kind);
    if (unused || JSON.stringify(value) === JSON.stringify(usual)) continue;
    pairs.push(`${row.key}=${(CODECS[row.type].write ?? String)(value, row, state)}`);
  }
  return pairs.join("&");
}

/** A page on which something is hidden is a student's: the tab for teachers would give it away.
 * @type {(hide: string[]) => string[]} */
export function hiddenNames(hide) {
  return hide.length ? [...new Set([...hide, "teach"])] : [];
}
