// Something of one's own for the trained models, read as the task reads it. No page in here.

import { Refused } from "../core/refused.js";
import { readOwn } from "../core/models/reading.js";

/** @import { Example, OwnInput, Reader } from "./types.js" */

export class OwnQuestion {
  /** @type {any} what the task's reader takes; null: nothing was entered */
  input = null;
  /** @type {string | null} the right answer, where it is known beforehand */
  truth = null;
  /** @type {Example | null} in place of an input, what nobody can type */
  given = null;
  /** @type {{ input: any, reader: Reader, read: OwnInput } | null} */
  last = null;

  get isAsked() {
    return this.input !== null;
  }

  /** @param {any} input @param {string | null} [truth] @param {Example | null} [given] */
  ask(input, truth = null, given = null) {
    Object.assign(this, { input, truth, given });
  }

  forget() {
    this.ask(null);
  }

  /** The same object for the same input, for a view is built anew for another.
   * @param {Reader | undefined} reader @returns {OwnInput | null} */
  readBy(reader) {
    const { input, given, last } = this;
    if (input === null || !reader) return null;
    if (given) return { input, example: given, problem: null };
    if (!last || last.input !== input || last.reader !== reader)
      this.last = { input, reader, read: readOne(reader, input, this.truth) };
    return this.last?.read ?? null;
  }
}

/** @type {(reader: Reader, input: any, truth: string | null) => OwnInput} */
function readOne(reader, input, truth) {
  try {
    const example = /** @type {Example} */ (readOwn(reader, input));
    return { input, example: { ...example, truth: example.truth ?? truth }, problem: null };
  } catch (error) {
    if (error instanceof Refused) return { input, example: null, problem: error.problem };
    throw error;
  }
}
