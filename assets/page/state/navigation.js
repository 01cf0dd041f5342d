// From lesson to lesson, from tab to tab, from language to language.

import { compute } from "./editing.js";
import { emit } from "./events.js";
import { currentLesson, lessonBeside, sceneOf } from "./lessons.js";
import { setNotices } from "./notices.js";
import { bringLesson } from "./own.js";
import { followAddress, settle } from "./settle.js";
import { bringPuzzle, puzzleLesson } from "./puzzles.js";
import { replaceState, state } from "./store.js";
import { preferredLanguage } from "./texts.js";
import { bringsLesson, hiddenNames, readAddress } from "./url.js";

/** @import { State } from "./store.js" */

/** How often something has been opened: what was awaited meanwhile comes too late. */
let openings = 0;

/** Whether the present address has been read, but nothing was opened for it yet: a lesson that it
 * brings is unpacked and checked first. */
let isAwaited = false;

/** @type {(hash: string) => void} */
export function openAddress(hash) {
  const read = readAddress(hash);
  if (bringsLesson(read)) return void openBrought(hash, read);
  isAwaited = true;
  openRead(read);
}

/** @type {(read: ReturnType<typeof readAddress>) => void} */
function openRead({ notices, ...next }) {
  open(next);
  setNotices(notices);
}

/** read: the address as it is without the lesson, where its table stands alone
 * @type {(hash: string, read: ReturnType<typeof readAddress>) => Promise<void>} */
async function openBrought(hash, read) {
  if (!state.lesson) openRead(read); // unseen, for the page to be built around
  isAwaited = true;
  openings += 1;
  const [opening, present] = [openings, location.hash];
  emit("awaited", read.lang ?? preferredLanguage());
  const lost = await (read.puzzle ? bringPuzzle(read.puzzle) : bringLesson(String(read.own)));
  if (opening !== openings || location.hash !== present) return; // a later address wins
  if (!lost) openRead(readAddress(hash));
  else openRead({ ...read, own: lost.own, puzzle: null, notices: [lost.notice, ...read.notices] });
}

/** @type {(name: string) => void} */
export function chooseLesson(name) {
  const { stage = "flow", axes = null, own = null, puzzle = null } = currentLesson(name);
  open({
    lesson: name,
    home: false,
    own,
    puzzle,
    puzzleSeed: 0,
    scene: sceneOf(name),
    stage,
    axes,
  });
  setNotices([]);
}

/** @type {(name: string) => Promise<void>} */
export async function choosePuzzle(name) {
  openings += 1;
  const opening = openings;
  const lost = await bringPuzzle(name);
  if (opening !== openings) return; // something else was opened meanwhile
  if (lost) return setNotices([lost.notice]);
  beginLesson(puzzleLesson(name));
}

/** Without a lesson: back to the page as it opens.
 * @type {() => void} */
export function resetLesson() {
  open({ scene: sceneOf(), own: state.home ? null : state.own }, true);
  setNotices([]);
}

/** again: the lesson that is open, from its start
 * @type {(next: Partial<State>, again?: boolean) => void} */
function open(next, again) {
  openings += 1;
  if (isAwaited) followAddress();
  isAwaited = false;
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
