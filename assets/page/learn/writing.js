// What the models of a task write when they go on by themselves, each from the same beginning and with
// the same seed. No page in here.

import { drawNext, randomFrom, readerOf, withTemperature } from "../core/models/next-character.js";

/** @import { TextReader } from "../core/models/next-character.js" */
/** @import { Changes, Graph, Tensor } from "../core/models/types.js" */
/** @typedef {{ model: string, graph: Graph, weights: Tensor[] }} Hired */
/** @typedef {Hired & { read: TextReader, without: string, asTrained: TextReader, text: number[], random: () => number }} Writer one model, and what it has written after the beginning; without: what is taken out of it, as JSON; asTrained: reads with all of it */

const MOST_WRITTEN = 160; // characters

export class Writing {
  /** @type {Record<string, Writer>} by model */
  writers = {};
  /** @type {number[]} characters as numbers */
  beginning = [];
  /** @type {number[]} the same with the characters that are taken out of it */
  whole = [];
  lookBack = 1; // how many characters are read at most
  seed = 1;
  temperature = 1;

  /** Other models, or the same after another epoch, or another beginning.
   * @param {Hired[]} models
   * @param {number[]} beginning @param {number[]} whole @param {number} lookBack */
  hire(models, beginning, whole, lookBack) {
    Object.assign(this, { beginning, whole, lookBack });
    this.writers = Object.fromEntries(
      models.map((one) => {
        const asTrained = readerOf(one.graph, one.weights);
        const begins = { text: [], random: randomFrom(this.seed) };
        return [one.model, { ...one, asTrained, read: asTrained, without: "{}", ...begins }];
      }),
    );
  }

  /** From here on a model writes without some of its parts; what it has written stays.
   * @param {string} model @param {Changes} changes */
  takeOut(model, changes) {
    const writer = this.writers[model];
    const without = JSON.stringify(changes);
    if (!writer || writer.without === without) return;
    const { graph, weights, asTrained } = writer;
    const isAsTrained = !Object.values(changes).some(Boolean);
    const read = isAsTrained ? asTrained : readerOf(graph, weights, changes);
    Object.assign(writer, { without, read });
  }

  /** What was written is forgotten; the same seed writes it again. */
  restart(seed = this.seed) {
    this.seed = seed;
    for (const writer of Object.values(this.writers))
      Object.assign(writer, { text: [], random: randomFrom(seed) });
  }

  get written() {
    return Math.max(0, ...Object.values(this.writers).map(({ text }) => text.length));
  }

  get isOver() {
    return this.written >= MOST_WRITTEN;
  }

  /** Every model writes one character more. */
  step() {
    if (this.isOver) return;
    for (const writer of Object.values(this.writers)) {
      const { read, random } = writer;
      const next = drawNext(read, this.seenBy(writer), this.temperature, random);
      writer.text.push(next);
    }
  }

  /** What a model makes of all that stands there: how likely each character is next, and where it looks;
   * `before`: how likely each was with everything in, null if nothing is out.
   * @param {string} model */
  look(model) {
    const writer = this.writers[model];
    if (!writer) return null;
    const seen = this.seenBy(writer);
    const { attention, heads } = writer.read(seen);
    const probabilities = this.heated(writer.read, seen); // which knows what it has just read
    const isWhole = writer.read === writer.asTrained && this.beginning.length === this.whole.length;
    const before = isWhole ? null : this.heated(writer.asTrained, this.seenBy(writer, this.whole));
    return { seen, probabilities, before, attention, heads };
  }

  /** @param {TextReader} read @param {number[]} seen */
  heated(read, seen) {
    return withTemperature(read(seen).probabilities, this.temperature);
  }

  /** @param {Writer} writer @param {number[]} [beginning] */
  seenBy({ text }, beginning = this.beginning) {
    return [...beginning, ...text].slice(-this.lookBack);
  }
}
