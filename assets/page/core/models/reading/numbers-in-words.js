// A whole number in digits or in words; attention/training/tasks/numbers_words.py says how each is said.

import { Refused } from "../../refused.js";

/** @import { ReadExample } from "../types.js" */
/**
 * @typedef {object} NumberReader
 * @property {Record<string, number>} values what each word is worth, in the order of the vocabulary
 * @property {string[]} below the words of 0 to 999
 * @property {string[]} thousands of 1,000 to 999,000
 * @property {number} largest
 * @property {number} longest a text, in characters
 * @property {string[]} fillers words that stand for nothing
 * @property {string[]} articles the same at the beginning
 */

const WORD_OF_A_NUMBER = /[\p{L}\p{N}]+/gu;
const DIGITS = /^\s*([0-9]+|[0-9]{1,3}([,\s][0-9]{3})+)\s*$/;

/** @type {(reader: NumberReader, own: { text: string, forced?: Record<string, number[]> }) => ReadExample} */
export function readWholeNumber(reader, { text, forced }) {
  const typed = text.trim();
  const count = [...typed].length;
  if (count > reader.longest)
    throw new Refused("refused_long", { most: reader.longest, came: count });
  const number = understood(reader, typed.normalize("NFKC"));
  const steps = wordsOf(reader, number);
  const places = new Map(Object.keys(reader.values).map((word, i) => [word, i + 1]));
  const most = wordsOf(reader, reader.largest).length;
  const blanks = Array(most - steps.length).fill(0);
  const x = [[...steps.map((word) => Number(places.get(word))), ...blanks]];
  const example = { x, steps, truth: String(number) };
  return forced && Object.keys(forced).length ? { ...example, forced } : example;
}

/** The words of a number.
 * @type {(reader: NumberReader, number: number) => string[]} */
export function wordsOf({ below, thousands }, number) {
  const [many, rest] = [Math.floor(number / 1000), number % 1000];
  if (!many) return below[rest].split(" ");
  return [...thousands[many - 1].split(" "), ...(rest ? below[rest].split(" ") : [])];
}

/** @type {(reader: NumberReader, text: string) => number} */
function understood(reader, text) {
  const { largest } = reader;
  const number = /\p{Nd}/u.test(text) ? fromDigits(text, largest) : fromWords(reader, text);
  if (number > largest) throw new Refused("refused_number_large", { largest, came: text });
  return number;
}

/** @type {(text: string, largest: number) => number} */
function fromDigits(text, largest) {
  if (!DIGITS.test(text)) throw new Refused("refused_number_digits", { largest, came: text });
  return Number(text.replace(/[,\s]/g, ""));
}

/** @type {(reader: NumberReader, text: string) => number} */
function fromWords(reader, text) {
  const { largest, values, fillers, articles } = reader;
  if (!text) throw new Refused("refused_number_empty", { largest });
  const found = text.toLowerCase().replaceAll("ё", "е").match(WORD_OF_A_NUMBER) ?? [];
  let said = found.filter((word) => !fillers.includes(word));
  if (!said.length) throw new Refused("refused_number", { largest, came: text });
  if (articles.includes(said[0]) && said.length > 1) said = said.slice(1);
  const unknown = [...new Set(said.filter((word) => !Object.hasOwn(values, word)))];
  if (unknown.length)
    throw new Refused("refused_number_words", { largest, unknown: unknown.join(", ") });
  const number = worth(said.map((word) => values[word]));
  if (number > largest) return number;
  const right = wordsOf(reader, number);
  if (!isSaid(said, right, values))
    throw new Refused("refused_number_said", {
      largest,
      came: text,
      right: right.join(" "),
      number,
    });
  return number;
}

/** Hundreds and thousands multiply what stands before them.
 * @type {(values: number[]) => number} */
function worth(values) {
  let [total, group] = [0, 0];
  for (const value of values) {
    if (value === 1000) [total, group] = [total + Math.max(group, 1) * value, 0];
    else if (value === 100) group = Math.max(group, 1) * value;
    else group += value;
  }
  return total + group;
}

/** Whether the words are the right ones; a leading one may be left out: «тысяча», "hundred".
 * @type {(said: string[], right: string[], values: Record<string, number>) => boolean} */
function isSaid(said, right, values) {
  const isSame = (/** @type {string[]} */ words) => words.join(" ") === said.join(" ");
  return isSame(right) || (values[right[0]] === 1 && isSame(right.slice(1)));
}
