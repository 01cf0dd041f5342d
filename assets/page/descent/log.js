// What gradient descent has come through so far. No page in here.

import { verdictOn } from "../core/objective.js";

/** @import { Point } from "../core/descent.js" */
/** @import { Part } from "../core/types.js" */
/** @typedef {ReturnType<typeof descentLog>} DescentLog */

export function descentLog() {
  /** @type {number[]} */
  let losses = []; // where it began, then one a step
  /** @type {number[]} */
  let penalties = [];
  let since = 0; // it is judged by its losses from here on
  /** @type {Point | null} */
  let point = null; // where it stands
  /** @type {Partial<Record<Part, number>>} */
  let largest = {}; // size of the largest gradient so far, by part

  return {
    losses: () => losses,
    penalties: () => penalties,
    hasPenalty: () => penalties.some(Boolean),
    steps: () => losses.length - 1,
    point: () => point,
    largest: () => largest,

    /** Where steps begin, no step was taken: what stood there before gives way to the first point.
     * @param {Point[]} points */
    add(points) {
      const start = Math.max(losses.length - 1, 0);
      points.forEach(({ loss, penalty, gradients }, i) => {
        losses[start + i] = loss;
        penalties[start + i] = penalty;
        for (const part of /** @type {Part[]} */ (Object.keys(gradients)))
          largest[part] = Math.max(largest[part] ?? 0, ...gradients[part].flat().map(Math.abs));
      });
      point = points[points.length - 1];
    },

    /** Something was turned, or a run begins: what was before says nothing of what comes. */
    turned() {
      since = Math.max(losses.length - 1, 0);
    },

    /** @param {number} rate */
    verdict(rate) {
      return verdictOn(losses.map((loss, i) => loss + penalties[i]).slice(since), rate);
    },

    /** The table is about to have another kind or shape: what was said of its numbers is gone. */
    reshaped() {
      [point, largest] = [null, {}];
    },

    clear() {
      [losses, penalties, since, point, largest] = [[], [], 0, null, {}];
    },
  };
}
