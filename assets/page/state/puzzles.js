// Puzzles: they come when one is wanted. Then each is a lesson of its own, beside those of the course.

import { PUZZLE_LEVELS } from "../core/puzzles/names.js";
import { given } from "./given.js";

/** @import { Notice } from "./notices.js" */

const PUZZLE_BEGINS = "puzzle-"; // the name of such a lesson; the puzzle's own follows

/** @type {{ fetch: (() => Promise<void>) | null }} */
const bringer = { fetch: null };

/** fetch: brings their scripts, and puts them into the lessons. A page in one file has none.
 * @type {(fetch: () => Promise<void>) => void} */
export function bringPuzzlesBy(fetch) {
  bringer.fetch = fetch;
}

/** -> those of a level of the course; none where the page cannot bring them
 * @type {(level: number) => string[]} */
export function puzzlesAfter(level) {
  const names = Object.keys(PUZZLE_LEVELS).filter((name) => PUZZLE_LEVELS[name] === level);
  return bringer.fetch ? names : [];
}

/** @type {(name: string) => string} */
export function puzzleLesson(name) {
  return PUZZLE_BEGINS + name;
}

/** @type {(lesson: string) => boolean} */
export function isPuzzle(lesson) {
  return lesson.startsWith(PUZZLE_BEGINS) && lesson.slice(PUZZLE_BEGINS.length) in PUZZLE_LEVELS;
}

/** -> null, or what the page says instead
 * @type {(name: string) => Promise<{ notice: Notice, own: null } | null>} */
export async function bringPuzzle(name) {
  if (given.lessons.has(puzzleLesson(name))) return null;
  const { fetch } = bringer;
  if (!fetch) return { notice: { key: "notice_no_puzzles", values: {} }, own: null };
  const missing = { notice: { key: "notice_puzzle_away", values: {} }, own: null };
  return fetch().then(
    () => null,
    () => missing, // the browser has said why
  );
}
