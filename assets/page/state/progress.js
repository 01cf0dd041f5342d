// What somebody has done of the course. The browser alone keeps it, unless a learning system does:
// nothing else is sent anywhere, and where a browser keeps nothing (a private window, a frame), the
// open page still knows.

import { choicesOf } from "../core/prediction.js";
import { given } from "./given.js";
import { OWN_NAME } from "./own.js";
import { isPuzzle } from "./puzzles.js";

/** @import { Lesson } from "../core/types.js" */
/** @typedef {Pick<Storage, "getItem" | "setItem">} Keeper */
/** @typedef {{ done: Set<string>, predicted: Map<string, number | null> }} Progress predicted: which choice, or the share that was drawn, in whole per cent; null: the question was skipped */

const PROGRESS_KEY = "attention-for-dummies";
const MOST_AWAY = 100; // lessons of the reader's own

/** kept: a text as writeProgress gives it, or anything else; lessons: a Map by name.
 * -> { done: a Set of names, predicted: a Map from names to the choice, null where it was skipped }
 * @type {(kept: string | null, lessons: Map<string, Lesson>) => Progress} */
function readProgress(kept, lessons) {
  const { done, predicted } = Object(parsed(kept));
  const known = Object(predicted);
  return {
    done: new Set(Array.isArray(done) ? knownNames(done, lessons) : []),
    predicted: new Map(
      knownNames(Object.keys(known), lessons)
        .filter((name) => !lessons.has(name) || isChoiceOf(lessons.get(name), known[name]))
        .map((name) => [name, known[name]]),
    ),
  };
}

/** Lessons of the reader's own that are not on the page now may come again, by a link or a file.
 * @type {(names: unknown[], lessons: Map<string, Lesson>) => string[]} */
function knownNames(names, lessons) {
  const texts = names.filter((name) => typeof name === "string");
  const away = texts.filter((name) => !lessons.has(name) && name.startsWith(OWN_NAME));
  const remembered = new Set(away.slice(-MOST_AWAY));
  return texts.filter((name) => lessons.has(name) || remembered.has(name) || isPuzzle(name));
}

/** @type {(progress: Progress) => string} */
function writeProgress({ done, predicted }) {
  return JSON.stringify({ done: [...done], predicted: Object.fromEntries(predicted) });
}

/** @type {(text: any) => unknown} */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** @type {(lesson: Lesson | undefined, choice: any) => boolean} */
function isChoiceOf(lesson, choice) {
  if (lesson === undefined || choice === null) return lesson !== undefined;
  if (!lesson.predict || !Number.isInteger(choice)) return false;
  return lesson.predict.draw ? choice >= 0 && choice <= 100 : choice in choicesOf(lesson);
}

/** storage(): where it is kept; it may throw.
 * @param {() => Map<string, Lesson>} lessons
 * @param {() => Keeper} storage where it is kept; it may throw */
export function openProgress(lessons, storage = () => localStorage) {
  let present = readProgress(null, lessons());
  let keeps = true;

  // Read each time: another tab may have gone on meanwhile.
  function read() {
    if (keeps) attempt(() => (present = readProgress(storage().getItem(PROGRESS_KEY), lessons())));
    return present;
  }

  /** @type {(change: (progress: Progress) => unknown) => void} */
  function write(change) {
    change(read());
    attempt(() => storage().setItem(PROGRESS_KEY, writeProgress(present)));
  }

  /** @type {(what: () => void) => void} */
  function attempt(what) {
    try {
      what();
    } catch {
      keeps = false;
    }
  }

  return {
    read,
    /** @type {(name: string) => void} */
    solved: (name) => write(({ done }) => done.add(name)),
    /** @type {(name: string, choice: number | null) => void} */
    predicted: (name, choice) => write(({ predicted }) => predicted.set(name, choice)),
    /** @type {(name: string) => void} */
    askAgain: (name) => write(({ predicted }) => predicted.delete(name)),
    forget: () =>
      write(({ done, predicted }) => {
        done.clear();
        predicted.clear();
      }),
  };
}

/** @type {() => Keeper} */
let keeper = () => localStorage;

/** To be said before the page opens.
 * @type {(other: Keeper) => void} */
export function keepProgressIn(other) {
  keeper = () => other;
}

export const progress = openProgress(
  () => given.lessons,
  () => keeper(),
);

/** -> the first lesson that is not done; undefined: all that ship are
 * @type {() => string | undefined} */
export function firstUndone() {
  const { done } = progress.read();
  const isOpen = (/** @type {[string, Lesson]} */ [name, { own, puzzle }]) =>
    !own && !puzzle && !done.has(name);
  return [...given.lessons].find(isOpen)?.[0];
}

/** @type {() => boolean} */
export function isCourseDone() {
  return given.home !== null && firstUndone() === undefined;
}
