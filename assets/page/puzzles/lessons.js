// Each puzzle as a lesson of its own: so it has a table, ranges, a reset and an address like any other.

import { isSelf } from "../core/asking.js";
import { PUZZLE_LEVELS } from "../core/puzzles/names.js";
import { PUZZLES } from "../core/puzzles/puzzles.js";
import { newLabel } from "../state/codecs.js";
import { given, languages } from "../state/given.js";
import { puzzleLesson } from "../state/puzzles.js";
import { textIn } from "../state/texts.js";

/** @import { Puzzle } from "../core/puzzles/types.js" */
/** @import { Label, Lesson, Part } from "../core/types.js" */

const TURNS = ["w", "b", "query", "wq", "wk"];

/** Put them beside the lessons of the course.
 * @type {() => void} */
export function addPuzzles() {
  const [base] = given.lessons.values();
  for (const [name, puzzle] of Object.entries(PUZZLES))
    given.lessons.set(puzzleLesson(name), lessonOf(name, puzzle, base));
}

/** base: a lesson of the course, for all that a puzzle has no say in
 * @type {(name: string, puzzle: Puzzle, base: Lesson) => Lesson} */
function lessonOf(name, { start, free, touch }, base) {
  const { ranges, columns, x, kind, w = null, b = null, query = null } = start;
  const { activation = "linear", wq, wk, wv, positions = "none", pos = null } = start;
  const self = isSelf(start) ? { wq, wk, wv, positions, pos } : {};
  const title = eachLanguage((lang) => textIn(lang, `puzzle_${name}_title`));
  const turns = /** @type {Part[]} */ (free.filter((part) => TURNS.includes(part)));
  return {
    ...base,
    ...{ level: PUZZLE_LEVELS[name], focus: 0, title, story: title, touch, puzzle: name },
    ...{ seen: null, article: null, predict: null, tasks: [], stage: "flow", axes: null },
    controls: free.filter((part) => part === "temperature" || part === "activation"),
    rows: byLanguage(x.map((_, row) => newLabel("new_row", row + 1))),
    columns: byLanguage(
      columns.map((word) => eachLanguage((lang) => textIn(lang, `puzzle_column_${word}`))),
    ),
    challenge: { text: title, goals: [], keep: [] },
    ranges: { ...base.ranges, ...ranges },
    scene: { ...base.scene, kind, x, w, b, query, activation, temperature: 1, mask: [], ...self },
    objective: { ...base.objective, target: x.map((_, row) => Number(row === 0)), turns },
  };
}

/** @type {<Said>(say: (lang: string) => Said) => Record<string, Said>} */
function eachLanguage(say) {
  return Object.fromEntries(languages().map((lang) => [lang, say(lang)]));
}

/** @type {(labels: Record<string, string>[]) => Record<string, string[]>} */
function byLanguage(labels) {
  return eachLanguage((lang) => labels.map((label) => label[lang]));
}
