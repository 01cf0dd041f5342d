// What the models of a task write when they go on by themselves, each from the same beginning and with
// the same seed. No page in here.

import {
  drawNext,
  randomFrom,
  textReader,
  withTemperature,
} from "../core/models/next-character.js";

/** @import { TextReader } from "../core/models/next-character.js" */
/** @import { Graph, Tensor } from "../core/models/types.js" */
/** @typedef {{ read: TextReader, text: number[], random: () => number }} Writer one model, and what it has written after the beginning */

const MOST_WRITTEN = 160; // characters

export class Writing {
  /** @type {Record<string, Writer>} by model */
  writers = {};
  /** @type {number[]} characters as numbers */
  beginning = [];
  lookBack = 1; // how many characters are read at most
  seed = 1;
  temperature = 1;

  /** Other models, or the same after another epoch, or another beginning.
   * @param {{ model: string, graph: Graph, weights: Tensor[] }[]} models
   * @param {number[]} beginning @param {number} lookBack */
  hire(models, beginning, lookBack) {
    Object.assign(this, { beginning, lookBack });
    this.writers = Object.fromEntries(
      models.map(({ model, graph, weights }) => [
        model,
        { read: textReader(graph, weights), text: [], random: randomFrom(this.seed) },
      ]),
    );
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

  /** What a model makes of all that stands there: how likely each character is next, and where it looks.
   * @param {string} model */
  look(model) {
    const writer = this.writers[model];
    if (!writer) return null;
    const seen = this.seenBy(writer);
    const { probabilities, attention, heads } = writer.read(seen);
    const heated = withTemperature(probabilities, this.temperature);
    return { seen, probabilities: heated, attention, heads };
  }

  /** @param {Writer} writer */
  seenBy({ text }) {
    return [...this.beginning, ...text].slice(-this.lookBack);
  }
}
