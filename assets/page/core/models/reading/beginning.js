// The beginning of a text, a character a step. It keeps the blanks at its end; of a long one the end is read.

import { Refused } from "../../refused.js";

/** @import { ReadExample } from "../types.js" */
/** @typedef {{ numbers: Record<string, number>, most: number }} BeginningReader */

/** @type {(reader: BeginningReader, own: { text: string }) => ReadExample} */
export function readBeginning({ numbers, most }, { text }) {
  const characters = [...text];
  const unknown = [...new Set(characters.filter((one) => !Object.hasOwn(numbers, one)))].sort();
  if (unknown.length) throw new Refused("refused_characters", { unknown: unknown.join(" ") });
  const steps = characters.slice(-most);
  return { x: [steps.map((one) => numbers[one])], steps, truth: null };
}
