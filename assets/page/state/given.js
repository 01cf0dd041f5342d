// What the server has written into the page: it never changes while the page is open, except that a
// reader may add lessons.

import { PUZZLE_LEVELS } from "../core/puzzles/names.js";

/** @import { Lesson, Values } from "../core/types.js" */

/** @typedef {{ key: string, path: string, type: string, limits?: string | [number, number], among?: string | string[], default?: any, kinds?: string[], only?: string[], control?: string, toolbar?: "select" | "switch" | "slider", hide?: string }} Key a row of keys.toml */
/** @typedef {{ name: string, group: string, selectors: string[] }} Hideable */
/** @typedef {{ name: string, models: string[], rules: Record<string, any>, seconds: number, view: string, joint: string | null, input: string, answers_with: string, chance: number | null, by_language: boolean }} Task by_language: its data differ with the language */
/** @typedef {{ name: string, label: string, shown: boolean }} Format */
/** @typedef {{ name: string, formula: string, cost: string, parameters: Record<string, (string | number)[]>, rows: "step" | "layer" | "feature", kind: string | null, numpy_code: string, keras_code: string, title: Record<string, string>, idea: Record<string, string>, note: Record<string, string>, source: Record<string, string> }} Variation */
/** @typedef {{ kind: string, title: string, authors: string | null, year: number | null, published: string | null, url: string | null, why: Record<string, string>, lessons: string[], tasks: string[], variations: string[] }} ReadingEntry */
/**
 * @typedef {object} Given
 * @property {Map<string, Lesson>} lessons
 * @property {string | null} home the lesson whose scene an address without a lesson opens; null: it opens the first lesson
 * @property {string} opening the address to open where there is none yet
 * @property {Record<string, Record<string, string>>} texts by language and key
 * @property {Record<string, any>} rules the limits, as the Python side checks them
 * @property {Values[]} problems lessons that could not be read
 * @property {Key[]} keys
 * @property {Hideable[]} hide
 * @property {Record<string, string>} also_called
 * @property {Variation[]} variations
 * @property {string[]} compared the two variations to begin with
 * @property {Format[]} formats
 * @property {Task[]} tasks
 * @property {ReadingEntry[]} reading
 * @property {string[]} tabs
 */

/** @type {Given} */
export const given = {
  ...{ lessons: new Map(), home: null, opening: "", texts: {}, rules: {}, problems: [] },
  ...{ keys: [], hide: [], also_called: {}, tabs: ["play"] },
  ...{ variations: [], compared: [], formats: [], tasks: [], reading: [] },
};

/** @type {(data: Record<string, any>) => void} */
export function receive(data) {
  Object.assign(given, data, { lessons: new Map(Object.entries(data.lessons)) });
}

/** @type {() => string[]} */
export function languages() {
  return Object.keys(given.texts);
}

/** What a row of keys.toml names: a list of the given data, a path within the rules, or itself.
 * @type {(named: any) => any} */
export function lookUp(named) {
  if (typeof named !== "string") return named;
  if (named === "languages") return languages();
  if (named === "tabs") return given.tabs;
  if (named === "puzzles") return Object.keys(PUZZLE_LEVELS);
  if (named === "tasks" || named === "variations") return given[named].map(({ name }) => name);
  return named.split(".").reduce((rules, step) => rules[step], given.rules);
}
