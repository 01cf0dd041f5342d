// Lessons of files. Each file's notice stands until the next files come; what is wrong with one leaves
// the table as it is.

import { emit } from "../state/events.js";
import { given } from "../state/given.js";
import { addLesson, currentLesson } from "../state/lessons.js";
import { chooseLesson, showTab } from "../state/navigation.js";
import { dropNotices, notify } from "../state/notices.js";
import { ask } from "../state/server.js";
import { lang } from "../state/texts.js";
import { dropTarget } from "./drop-target.js";

/** @import { Message } from "../core/types.js" */
/** @typedef {{ name: string, source: string }} KeptFile */

const OWN_LESSONS_KEY = "attention-own-lessons"; // what this tab keeps, for when it is loaded again
const ABOUT_FILES = "lesson-files";

/** @type {(files: File[]) => Promise<void>} */
export async function openLessonFiles(files) {
  const taken = [];
  for (const file of files) taken.push({ name: file.name, ...(await openLessonFile(file)) });
  const last = taken.findLast(({ lesson }) => lesson)?.lesson;
  if (last) {
    showTab("play");
    chooseLesson(last);
    emit("read", "lesson");
  }
  dropNotices(ABOUT_FILES);
  for (const { name, lesson, error } of taken) {
    if (error) refuseFile(name, error);
    if (!lesson) continue;
    const title = currentLesson(lesson).title[lang()];
    notify("own_opened", { title }, { kind: "done", about: ABOUT_FILES });
  }
  if (!last) document.querySelector('[data-testid="notices"]')?.scrollIntoView({ block: "center" });
}

/** From the first moment on, wherever one is: files that are dropped, and those that this tab has kept. */
export async function acceptLessonFiles() {
  dropTarget(openLessonFiles);
  for (const { name, source } of keptFiles()) {
    const { error } = await addLessonOf(source);
    if (error) refuseFile(name, error);
  }
}

/** -> the lesson's name here, or what is wrong with it
 * @type {(file: File) => Promise<{ lesson?: string, error?: Message }>} */
async function openLessonFile(file) {
  const { name, size } = file;
  const { largest } = given.rules.lesson;
  if (size > largest)
    return { error: { key: "own_large", values: { name, most: largest, came: size } } };
  let source;
  try {
    source = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    return { error: { key: "rule_utf", values: {} } };
  }
  const added = await addLessonOf(source);
  if (added.lesson) keepFile({ name, source });
  return added;
}

/** @type {(source: string) => Promise<{ lesson?: string, error?: Message }>} */
async function addLessonOf(source) {
  const { lesson, error } = await ask("open_lesson", { source });
  return error ? { error } : { lesson: addLesson({ ...lesson, source }) };
}

/** @type {(name: string, error: Message) => void} */
function refuseFile(name, error) {
  const about = { about: ABOUT_FILES };
  if (error.key.startsWith("rule_")) notify("own_broken", { name, faults: error }, about);
  else notify(error.key, error.values, about);
}

/** -> each file; a frame may be allowed to keep nothing: then they go with it
 * @type {() => KeptFile[]} */
function keptFiles() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(OWN_LESSONS_KEY) ?? "[]");
    return kept.filter((/** @type {any} */ { source }) => typeof source === "string");
  } catch {
    return [];
  }
}

/** @type {(file: KeptFile) => void} */
function keepFile(file) {
  const others = keptFiles().filter(({ source }) => source !== file.source);
  try {
    sessionStorage.setItem(OWN_LESSONS_KEY, JSON.stringify([...others, file]));
  } catch {
    // Kept while the page is open.
  }
}
