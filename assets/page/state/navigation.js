// From lesson to lesson, from tab to tab, from language to language.

import { compute } from "./editing.js";
import { emit } from "./events.js";
import { currentLesson, lessonBeside, sceneOf } from "./lessons.js";
import { setNotices } from "./notices.js";
import { followAddress, settle } from "./settle.js";
import { replaceState, state } from "./store.js";
import { hiddenNames, readAddress } from "./url.js";

/** @import { State } from "./store.js" */

/** @type {(hash: string) => void} */
export function openAddress(hash) {
  followAddress();
  const { notices, ...next } = readAddress(hash);
  open(next);
  setNotices(notices);
}

/** @type {(name: string) => void} */
export function chooseLesson(name) {
  const { stage = "flow", axes = null } = currentLesson(name);
  open({ lesson: name, home: false, scene: sceneOf(name), stage, axes });
  setNotices([]);
}

/** @type {() => void} */
export function resetLesson() {
  open({ scene: sceneOf() }, true);
  setNotices([]);
}

/** again: the lesson that is open, from its start
 * @type {(next: Partial<State>, again?: boolean) => void} */
function open(next, again) {
  replaceState(next);
  state.row = Math.min(currentLesson().focus, state.scene.rows.length - 1);
  emit("view", state.view);
  emit("opened", currentLesson(), again);
  showWords();
}

/** To the next lesson, at its beginning.
 * @type {() => void} */
export function goOn() {
  beginLesson(/** @type {string} */ (lessonBeside(1)));
}

/** Open a lesson, seen from its top.
 * @type {(name: string) => void} */
export function beginLesson(name) {
  chooseLesson(name);
  emit("read", "lesson");
}

/** @type {(code: string) => void} */
export function setLanguage(code) {
  state.lang = code;
  showWords();
}

/** @type {() => void} */
function showWords() {
  emit("language");
  emit("shape");
  compute();
  emit("tab", state.tab);
  settle();
}

/** @type {(name: string) => void} */
export function showTab(name) {
  if (hides(name)) return;
  state.tab = name;
  emit("tab", name);
  settle();
}

/** "projector" shows the table and nothing else; null shows all.
 * @type {(view: string | null) => void} */
export function setView(view) {
  state.view = view;
  emit("view", view);
  showTab("play");
}

/** Another view of the stage, or other axes of its plane.
 * @type {(view: Partial<Pick<State, "stage" | "axes">>) => void} */
export function showStage(view) {
  replaceState(view);
  emit("looked");
  settle();
}

/** Whether a link has hidden something: a name in keys.toml.
 * @type {(name: string) => boolean} */
export function hides(name) {
  return hiddenNames(state.hide).includes(name);
}
