// Shapes on a plane. No page in here.

/** @typedef {{ x: number, y: number }} Place */

/** The corners of the smallest convex shape around all places, from the leftmost one on.
 * Source: Andrew's monotone chain, 1979.
 * @type {(places: Place[]) => Place[]} */
export function convexHull(places) {
  const sorted = [...places].sort((a, b) => a.x - b.x || a.y - b.y);
  if (sorted.length < 3) return sorted;
  const [below, above] = [sorted, sorted.toReversed()].map(chainOf);
  return [...below.slice(0, -1), ...above.slice(0, -1)];
}

/** @type {(sorted: Place[]) => Place[]} */
function chainOf(sorted) {
  /** @type {Place[]} */
  const chain = [];
  for (const place of sorted) {
    while (chain.length > 1 && turn(chain[chain.length - 2], chain[chain.length - 1], place) <= 0)
      chain.pop();
    chain.push(place);
  }
  return chain;
}

/** Above 0 where the way a, b, c turns to the left.
 * @type {(a: Place, b: Place, c: Place) => number} */
function turn(a, b, c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/** A few round numbers from low to high.
 * @type {(low: number, high: number, most?: number) => number[]} */
export function roundTicks(low, high, most = 4) {
  const size = 10 ** Math.floor(Math.log10((high - low) / most));
  const step = [1, 2, 5, 10].map((n) => n * size).find((one) => (high - low) / one <= most);
  if (!step || !Number.isFinite(step)) return [low];
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Within a slider's range and on one of its steps.
 * @type {(value: number, range: import("./types.js").Range) => number} */
export function onRange(value, [low, high, step]) {
  const near = low + Math.round((value - low) / step) * step;
  return Number(Math.min(Math.max(near, low), high).toPrecision(12));
}
