// Random numbers that a seed repeats: mulberry32 (Tommy Ettinger, 2017), 32 bits of state.

/** @import { Random } from "./types.js" */

/** @type {(seed: number) => Random} */
export function seededRandom(seed) {
  let standing = seed >>> 0;
  return () => {
    standing = (standing + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(standing ^ (standing >>> 15), standing | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from low to high, both included.
 * @type {(random: Random, low: number, high: number) => number} */
export function wholeBetween(random, low, high) {
  return low + Math.floor(random() * (high - low + 1));
}

/** @type {<Item>(random: Random, list: Item[]) => Item} */
export function oneOf(random, list) {
  return list[Math.floor(random() * list.length)];
}
