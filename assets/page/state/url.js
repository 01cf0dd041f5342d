// The state in the address, after "#": `key=value` joined by "&", only what differs from the lesson.
// keys.toml has a row for each key.

import { fitTable } from "../core/naming.js";
import { openLesson, switchKind } from "../core/scene.js";
import { CODECS, newLabel, readTable } from "./codecs.js";
import { given, languages } from "./given.js";
import { withNotice } from "./notices.js";
import { isCarried, NO_LESSON } from "./own.js";
import { isPuzzle, puzzleLesson } from "./puzzles.js";
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

/** What stands for `lesson` where an address names none.
 * @type {() => string | null} */
function unsaidLesson() {
  return given.home ? null : baseLesson();
}

/** @type {(hash: string) => State & { notices: Notice[] }} */
export function readAddress(hash) {
  /** @type {Notice[]} */
  let notices = [];
  /** @type {import("./url-reader.js").Say} */
  const say = (key, values) =>
    void (notices = withNotice(notices, { key: `notice_${key}`, values }));
  const read = new UrlReader(splitAddress(hash, say), say);
  const own = read.pairs.get("own") ?? null;
  const named = own === null ? lessonOrPuzzle(read) : ownLesson(own);
  if (own === NO_LESSON) say("table_alone");
  if (own !== null && read.pairs.has("lesson")) say("beside_own");
  const next = openedState(named ?? baseLesson());
  next.home = named === undefined && (given.home !== null || own !== null);
  const labels = { rows: [...next.scene.rows], columns: [...next.scene.columns] };
  for (const row of given.keys) {
    if (row.key === "rows") readTable(read, next.scene, labels);
    if (!read.pairs.has(row.key) || row.key === "tab") continue;
    const value = CODECS[row.type].read(read, row, next);
    if (value !== undefined) setAt(next, row.path, value);
  }
  if (own !== null) next.puzzle = null; // one table at a time
  // A hidden tab does not open, and for a projector there is the first one only.
  const hidden = hiddenNames(next.hide);
  const open = given.tabs.filter((name, i) => i === 0 || !(next.view || hidden.includes(name)));
  if (read.pairs.has("tab")) next.tab = tabIn(read, open, next.view) ?? given.tabs[0];
  return { ...next, notices };
}

/** @type {(read: UrlReader, open: string[], view: string | null) => string | undefined} */
function tabIn(read, open, view) {
  const came = read.plain("tab");
  const isClosed = given.tabs.includes(came) && !open.includes(came);
  return view && isClosed ? read.say("projector_tab", { came }) : read.choice("tab", open);
}

/** -> what either is on this page; undefined: none is asked for, or the puzzle is not here yet. Beside a puzzle
 * a lesson does not count.
 * @type {(read: UrlReader) => string | undefined} */
function lessonOrPuzzle(read) {
  const name = puzzleLesson(read.pairs.get("puzzle") ?? "");
  if (!isPuzzle(name)) return shippedLesson(read);
  return given.lessons.has(name) ? name : undefined;
}

/** @type {(read: UrlReader) => string | undefined} */
function shippedLesson(read) {
  const shipped = [...given.lessons]
    .filter(([, { own, puzzle }]) => !own && !puzzle)
    .map(([name]) => name);
  return read.pairs.has("lesson") ? read.choice("lesson", shipped) : undefined;
}

/** -> the name that a lesson of the reader's own has on this page; undefined: it is not here yet
 * @type {(own: string) => string | undefined} */
function ownLesson(own) {
  return [...given.lessons].find(([, lesson]) => lesson.own === own)?.[0];
}

/** Whether an address brings a lesson or a puzzle that this page has yet to get.
 * @type {(next: Pick<State, "home" | "own" | "puzzle">) => boolean} */
export function bringsLesson({ home, own, puzzle }) {
  return home && (own === null ? puzzle !== null : own !== NO_LESSON);
}

/** -> the address' part after "#", without it
 * @type {(state: State) => string} */
export function writeAddress(state) {
  const isOwn = Boolean(given.lessons.get(state.lesson)?.own);
  const lesson = isOwn || state.home || state.puzzle ? unsaidLesson() : state.lesson;
  const usual = [usualValues(state, state.lesson)];
  // A table that travels alone holds beside its own lesson, and beside none.
  if (isOwn && !isCarried(state.own)) usual.push(usualValues(state, baseLesson()));
  const pairs = [];
  for (const row of given.keys) {
    const value = row.key === "lesson" ? lesson : valueAt(state, row.path);
    const written = JSON.stringify(value);
    const unused = row.kinds && !row.kinds.includes(state.scene.kind);
    if (unused || usual.every((values) => written === JSON.stringify(values(row)))) continue;
    pairs.push(`${row.key}=${(CODECS[row.type].write ?? String)(value, row, state)}`);
  }
  return pairs.join("&");
}

/** What goes without saying for a table of this kind and size in this lesson -> of each key
 * @type {(state: State, name: string) => (row: import("./given.js").Key) => any} */
function usualValues({ scene: { kind, rows, columns } }, name) {
  const start = openedState(name);
  /** @type {Record<string, any>} */
  const first = { lesson: unsaidLesson(), kind: start.scene.kind };
  switchKind(start.scene, kind);
  const size = structuredClone(start.scene);
  fitTable(start.scene, rows.length, columns.length, newLabel);
  Object.assign(start.scene, { rows: size.rows, columns: size.columns, x: size.x }); // these three tell it
  return ({ key, path }) => (Object.hasOwn(first, key) ? first[key] : valueAt(start, path));
}

/** A page on which something is hidden is a student's: the tab for teachers would give it away.
 * @type {(hide: string[]) => string[]} */
export function hiddenNames(hide) {
  return hide.length ? [...new Set([...hide, "teach"])] : [];
}
