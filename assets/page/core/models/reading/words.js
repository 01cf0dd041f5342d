// A sentence as numbers, a word each; the twin of attention/training/tasks/deciding_word_sentences.py.

import { Refused } from "../../refused.js";

/** @import { ReadExample } from "../types.js" */
/** @typedef {{ numbers: Record<string, number>, most: number, longest: number, known: string }} WordReader numbers: of the stems that are known; known: a sentence of them */

const WORD = /[\p{L}\p{Nl}\p{No}]+(?:['’-][\p{L}\p{Nl}\p{No}]+)*/gu;
const KEPT = 5; // letters of a word
const ENDING = /[aeiouаеиоуыэюяйь]+$/u;

/** @type {(reader: WordReader, own: { text: string }) => ReadExample} */
export function readWords({ numbers, most, longest, known }, { text }) {
  const count = [...text].length;
  if (count > longest) throw new Refused("refused_long", { most: longest, came: count });
  const steps = wordsIn(text);
  if (steps.length < 1 || steps.length > most)
    throw new Refused("refused_sentence_words", { most, came: steps.length });
  const found = steps.map((word) => numberOf(numbers, stemOf(word)));
  if (!found.some(Boolean))
    throw new Refused("refused_sentence_unknown", { known, came: text.trim() });
  const blanks = Array(most - steps.length).fill(0);
  const unknown = [...found.keys()].filter((i) => !found[i]);
  return { x: [[...blanks, ...found]], steps, truth: null, unknown };
}

/** @type {(text: string) => string[]} */
export function wordsIn(text) {
  return text.normalize("NFC").match(WORD) ?? [];
}

/** What the forms of a word have in common, roughly: five letters, and no vowel at their end.
 * @type {(word: string) => string} */
export function stemOf(word) {
  const small = word.toLowerCase().replaceAll("ё", "е").replaceAll("’", "'");
  if (small.endsWith("n't")) return "not";
  const letters = [...small];
  return letters.length <= 3 ? small : letters.slice(0, KEPT).join("").replace(ENDING, "");
}

/** @type {(numbers: Record<string, number>, key: string) => number} */
function numberOf(numbers, key) {
  return Object.hasOwn(numbers, key) ? numbers[key] : 0;
}
