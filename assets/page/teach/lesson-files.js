// Lessons of files. Each file's notice stands until the next files come; what is wrong with one leaves
// the table as it is.

import { emit } from "../state/events.js";
import { given } from "../state/given.js";
import { currentLesson } from "../state/lessons.js";
import { chooseLesson, showTab } from "../state/navigation.js";
import { dropNotices, notify } from "../state/notices.js";
import { isCarried } from "../state/own.js";
import { addOwnLesson, keepFile, keptFiles } from "../state/own-lessons.js";
import { lang } from "../state/texts.js";
import { dropTarget } from "./drop-target.js";

/** @import { Message } from "../core/types.js" */

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
    const { title, own } = currentLesson(lesson);
    const values = { title: title[lang()], most: given.rules.lesson.longest };
    const key = isCarried(own) ? "own_opened" : "own_opened_table";
    notify(key, values, { kind: "done", about: ABOUT_FILES });
  }
  if (!last) document.querySelector('[data-testid="notices"]')?.scrollIntoView({ block: "center" });
}

/** From the first moment on, wherever one is: files that are dropped, and those that this tab has kept. */
export async function acceptLessonFiles() {
  dropTarget(openLessonFiles);
  for (const { name, source } of keptFiles()) {
    const { error } = await addOwnLesson(source);
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
  const added = await addOwnLesson(source);
  if (added.lesson) keepFile({ name, source });
  return added;
}

/** @type {(name: string, error: Message) => void} */
function refuseFile(name, error) {
  const about = { about: ABOUT_FILES };
  if (error.key.startsWith("rule_")) notify("own_broken", { name, faults: error }, about);
  else notify(error.key, error.values, about);
}
