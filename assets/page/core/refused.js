// Why an input cannot be read: a text of the page, with its values.

/** @import { Values } from "./types.js" */

const LONGEST_TOLD = 60; // characters of what came: as attention/texts.py has it

export class Refused extends Error {
  /** @param {string} key @param {Values} [values] */
  constructor(key, values = {}) {
    super(key);
    const told = Object.entries(values).map(([name, value]) => [name, cutShort(value)]);
    this.problem = { key, values: Object.fromEntries(told) };
  }
}

/** Of what was caught the problem, if it is one; anything else goes on.
 * @type {(error: unknown) => { key: string, values: Values }} */
export function problemOf(error) {
  if (error instanceof Refused) return error.problem;
  throw error;
}

/** @type {(value: any) => any} */
function cutShort(value) {
  if (typeof value !== "string") return value;
  const letters = [...value];
  return letters.length > LONGEST_TOLD ? `${letters.slice(0, LONGEST_TOLD).join("")}…` : value;
}
