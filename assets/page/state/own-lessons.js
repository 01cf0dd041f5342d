// Lessons of the reader's own: from a file, kept by this tab, or in the address.

import { fingerprint, packText, unpackText } from "../core/packing.js";
import { emit } from "./events.js";
import { given } from "./given.js";
import { FILE_MARK, NO_LESSON, OWN_NAME } from "./own.js";
import { askWithin } from "./server.js";

/** @import { Message } from "../core/types.js" */
/** @import { Notice } from "./notices.js" */
/** @typedef {{ name: string, source: string }} KeptFile */

const KEPT_FILES = "attention-own-lessons"; // what this tab keeps, for when it is loaded again
const LONGEST_WAIT = 20_000; // milliseconds

/** A lesson's file -> the lesson's name here, the same for the same file, or what is wrong with it.
 * own: what stands in the address for it, where that is known
 * @type {(source: string, own?: string) => Promise<{ lesson?: string, error?: Message }>} */
export async function addOwnLesson(source, own) {
  const { lesson, error } = await askWithin(LONGEST_WAIT, "open_lesson", { source });
  return error ? { error } : { lesson: await addCheckedLesson(source, lesson, own) };
}

/** The same for a file that the server has checked before: lesson is what it has made of it.
 * @type {(source: string, lesson: any, own?: string) => Promise<string>} */
export async function addCheckedLesson(source, lesson, own) {
  const name = OWN_NAME + fingerprint(source);
  given.lessons.set(name, { ...lesson, own: own ?? (await writtenOwn(source)), source });
  emit("progress");
  return name;
}

/** @type {(source: string) => Promise<string>} */
async function writtenOwn(source) {
  const packed = await packText(source);
  const fits = packed !== null && packed.length <= given.rules.lesson.longest;
  return fits ? packed : FILE_MARK + fingerprint(source);
}

/** The lesson of an address; one that nobody can read is left out of it.
 * @type {import("./own.js").Bring} */
export async function bringOwnLesson(own) {
  if (own.startsWith(FILE_MARK)) return bringKept(own);
  if (!("DecompressionStream" in globalThis))
    return { notice: { key: "notice_own_browser", values: {} }, own };
  const { source, error } = await sourceIn(own);
  if (error) return broken(error);
  return bringSource(String(source), own);
}

/** @type {import("./own.js").Bring} */
async function bringKept(own) {
  const kept = keptFiles().find(({ source }) => FILE_MARK + fingerprint(source) === own);
  if (!kept) return { notice: { key: "notice_table_alone", values: {} }, own };
  return bringSource(kept.source, own);
}

/** @type {(source: string, own: string) => ReturnType<import("./own.js").Bring>} */
async function bringSource(source, own) {
  const { error } = await addOwnLesson(source, own);
  if (!error) return null;
  if (error.key.startsWith("rule_")) return broken(error);
  return { notice: { key: "notice_own_later", values: { problem: error } }, own };
}

/** @type {(error: Message) => { notice: Notice, own: string }} */
function broken(error) {
  return { notice: { key: "notice_own_broken", values: { faults: error } }, own: NO_LESSON };
}

/** @type {(own: string) => Promise<{ source?: string, error?: Message }>} */
async function sourceIn(own) {
  const { longest, largest } = given.rules.lesson;
  if (own.length > longest)
    return { error: { key: "rule_own_long", values: { most: longest, came: own.length } } };
  const { text, error } = await unpackText(own, largest);
  return { source: text, error };
}

/** -> each file; a frame may be allowed to keep nothing: then they go with it
 * @type {() => KeptFile[]} */
export function keptFiles() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT_FILES) ?? "[]");
    return kept.filter((/** @type {any} */ { source }) => typeof source === "string");
  } catch {
    return [];
  }
}

/** @type {(file: KeptFile) => void} */
export function keepFile(file) {
  const others = keptFiles().filter(({ source }) => source !== file.source);
  try {
    sessionStorage.setItem(KEPT_FILES, JSON.stringify([...others, file]));
  } catch {
    // Kept while the page is open.
  }
}
