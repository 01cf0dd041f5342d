// What the address has of a lesson of the reader's own, `own=`: the packed file; where that is too long,
// a mark by which the tab that has the file knows it; "none" where the lesson is lost.

import { state } from "./store.js";

/** @import { Notice } from "./notices.js" */
/** @typedef {(own: string) => Promise<{ notice: Notice, own: string } | null>} Bring the lesson to this page -> null, or what the page says instead, and what its address has then */

export const NO_LESSON = "none";
export const FILE_MARK = "file.";
export const OWN_NAME = "own-"; // begins the name of such a lesson on the page; the file's mark follows

/** A page in one file brings none: a server checks them.
 * @type {Bring} */
export let bringLesson = async (own) => ({ notice: { key: "notice_own_page", values: {} }, own });

/** @type {(bring: Bring) => void} */
export function bringLessonsBy(bring) {
  bringLesson = bring;
}

/** Whether the lesson itself is in the address, and not its table alone.
 * @type {(own?: string | null) => boolean} */
export function isCarried(own = state.own) {
  return own !== null && own !== NO_LESSON && !own.startsWith(FILE_MARK);
}
