// The page's words in the present language, with their blanks filled in.

import { readableNumber, writeNumbersWith } from "../core/numbers.js";
import { given, languages } from "./given.js";
import { state } from "./store.js";

/** @import { Label, Values } from "../core/types.js" */

writeNumbersWith(() => given.texts[lang()].decimal_mark);

/** -> the code of the present language
 * @type {() => string} */
export function lang() {
  return state.lang ?? preferredLanguage();
}

/** @type {(key: string, values?: Values) => string} */
export function text(key, values) {
  return textIn(lang(), key, values);
}

/** @type {(lang: string, key: string, values?: Values) => string} */
export function textIn(lang, key, values = {}) {
  return given.texts[lang][key].replace(/\{(\w+)\}/g, (_, name) => inWords(values[name], lang));
}

/** What has come later, by language.
 * @type {(late: Record<string, Record<string, string>>) => void} */
export function addTexts(late) {
  for (const [lang, own] of Object.entries(late)) Object.assign(given.texts[lang], own);
}

/** Of what not everything has words.
 * @type {(key: string) => boolean} */
export function hasText(key) {
  return Object.hasOwn(given.texts[lang()], key);
}

/** A name on the table, in the present language.
 * @type {(label: Label) => string} */
export function labelText(label) {
  return typeof label === "string" ? label : label[lang()];
}

/** Numbers in a row, as the language parts them: "0.5, 2", "0,5; 2".
 * @type {(written: string[]) => string} */
export function inList(written) {
  return written.join(`${text("list_mark")} `);
}

/** A value may be a text of the page itself, or a list: of texts, a line each, or of words.
 * @type {(value: any, lang: string) => string} */
function inWords(value, lang) {
  if (Array.isArray(value))
    return value.map((one) => inWords(one, lang)).join(value.some((one) => one?.key) ? "\n" : ", ");
  if (value?.key) return textIn(lang, value.key, value.values);
  return typeof value === "number" ? readableNumber(value) : inOwnDirection(String(value));
}

/** A name from right to left, or with signs that turn the direction, must not turn its sentence too.
 * @type {(text: string) => string} */
function inOwnDirection(text) {
  return /[\u0590-\u08FF\u200E\u200F\u202A-\u202E\u2066-\u2069\uFB1D-\uFEFC]/.test(text)
    ? `\u2068${text}\u2069`
    : text;
}

/** @type {string | undefined} */
let preferred; // looked up once: every text of the page asks

/** -> of the languages that the page speaks, the one that the browser likes best
 * @type {() => string} */
export function preferredLanguage() {
  if (preferred) return preferred;
  const liked = (navigator.languages ?? []).map((tag) => tag.slice(0, 2));
  preferred = liked.find((code) => languages().includes(code)) ?? languages()[0];
  return preferred;
}
