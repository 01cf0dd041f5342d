// Where everything of a picture of ribbons stands: sources on the left, targets on the right, a ribbon
// from each to each as thick as its weight. At both ends the ribbons lie on one another in the order
// of the names, so that a source is as thick as all that it gives. No page in here.

/** @import { Matrix } from "./types.js" */
/** @typedef {{ top: number, thickness: number, middle: number }} End where the ribbons of a name begin, how thick they are together, and the middle of its place */
/** @typedef {{ unit: number, height: number }} Measure pixels: a weight of 1, and the picture */

const SLOT = 24; // pixels that a name has at least
const [LEAST_UNIT, MOST_UNIT] = [8, 96]; // of a weight of 1
const LEAST_ALONE = 60; // the same, where one target has all the room

/** For so many sources and targets: whatever the weights are, so nothing moves the page under a hand.
 * @type {(sources: number, targets: number, height: number) => Measure} */
export function bipartiteMeasure(sources, targets, height) {
  const free = (height - sources * SLOT) / targets;
  const unit = Math.min(Math.max(free, LEAST_UNIT, LEAST_ALONE / targets), MOST_UNIT);
  return { unit, height: Math.max(sources * SLOT + targets * unit, targets * SLOT) };
}

/** weights: by target, then by source
 * @type {(weights: Matrix, measure: Measure) => { sources: End[], targets: End[] }} */
export function bipartiteEnds(weights, measure) {
  const into = weights.map((row) => row.reduce((sum, weight) => sum + weight, 0));
  const from = weights[0].map((_, s) => weights.reduce((sum, row) => sum + row[s], 0));
  return { sources: stackedEnds(from, measure), targets: stackedEnds(into, measure) };
}

/** @type {(sums: number[], measure: Measure) => End[]} */
function stackedEnds(sums, { unit, height }) {
  const places = sums.map((sum) => Math.max(SLOT, sum * unit));
  const gap = (height - places.reduce((all, place) => all + place, 0)) / sums.length;
  let at = gap / 2;
  return sums.map((sum, i) => {
    const middle = at + places[i] / 2;
    at += places[i] + gap;
    return { top: middle - (sum * unit) / 2, thickness: sum * unit, middle };
  });
}
