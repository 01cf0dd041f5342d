// The lessons and their order, and the one that is open.

import { isSameTable, openLesson } from "../core/scene.js";
import { given, languages } from "./given.js";
import { state } from "./store.js";
import { lang, text } from "./texts.js";

/** @import { Lesson, Range, Scene } from "../core/types.js" */

/** @type {(name?: string) => Lesson} */
export function currentLesson(name = state.lesson) {
  return /** @type {Lesson} */ (given.lessons.get(name));
}

/** -> the scene as a lesson opens it, to change
 * @type {(name?: string) => Scene} */
export function sceneOf(name = state.lesson) {
  return openLesson(currentLesson(name), languages());
}

/** @type {Map<string, Scene>} */
const opened = new Map();

/** -> the scene as the present lesson opens it: to look at, not to change
 * @type {() => Scene} */
export function startScene() {
  if (!opened.has(state.lesson)) opened.set(state.lesson, sceneOf());
  return /** @type {Scene} */ (opened.get(state.lesson));
}

/** How far the sliders of a column of x go.
 * @type {(column: number) => Range} */
export function rangeOf(column) {
  const { x } = currentLesson().ranges;
  return /** @type {Range} */ (Array.isArray(x[0]) ? (x[column] ?? x[0]) : x);
}

/** How far the sliders of the numbers that are not in x go; those of self-attention go as far as the
 * weights, where the lesson says nothing else.
 * @type {(field: Exclude<keyof Lesson["ranges"], "x">) => Range} */
export function rangeOfField(field) {
  const { ranges } = currentLesson();
  return ranges[field] ?? ranges.w;
}

/** @type {() => boolean} */
export function isAsOpened() {
  return isSameTable(state.scene, startScene(), lang());
}

/** -> the name of the lesson so many further on; undefined where there is none
 * @type {(step: number) => string | undefined} */
export function lessonBeside(step) {
  const course = [...given.lessons].filter(([, { puzzle }]) => !puzzle);
  const names = course.map(([name]) => name);
  if (state.puzzle) {
    // It stands between the last lesson of its level and what comes after.
    const { level } = currentLesson();
    const at = course.filter(([, lesson]) => !lesson.own && lesson.level <= level).length;
    return names[step > 0 ? at : at - 1];
  }
  const at = state.home ? -1 : names.indexOf(state.lesson); // home stands before the first
  return names[at + step];
}

/** Whether a link has brought a table, but not the lesson that it belongs to: it is nobody else's.
 * @type {() => boolean} */
export function isTableAlone() {
  return state.home && state.own !== null;
}

/** Whether the table is that of a lesson which the server knows, and not of a puzzle or of none.
 * @type {() => boolean} */
export function isOfLesson() {
  return !isTableAlone() && !state.puzzle;
}

/** -> the title of the present lesson, in the reader's language
 * @type {() => string} */
export function lessonTitle() {
  return isTableAlone() ? text("alone_title") : currentLesson().title[lang()];
}

/** @type {(done: boolean) => string} */
export function challengeTitle(done) {
  return text("challenge") + (done ? ` — ${text("challenge_done")}` : "");
}
