// Where names stand beside their points: to the right, to the left, above or below, wherever they cover
// least.

import { nameFont, textWidth } from "./words.js";

/** @import { Place } from "../core/geometry.js" */
/** @import { Plane } from "./axes.js" */
/** @typedef {{ at: Place, radius: number, words: string, put: (beside: Place) => void }} Label put: from the point to where the words begin */
/** @typedef {Pick<Label, "at" | "radius">} Obstacle what no label should cover */
/** @typedef {{ left: number, right: number, top: number, foot: number }} Box */

const HIGH = 15; // a line of words, in pixels
const FONT = nameFont(12.5);
const ADJACENT = 8; // choices right beside the point: the others are a line further away
const APART = HIGH * 4; // as bad as covering so many pixels
const THINNEST_LINE = 2; // pixels beside its middle
const OUTSIDE = 50; // as bad as covering so many others

/** others: what they should not cover either
 * @type {(labels: Label[], box: Plane["box"], others: Obstacle[]) => Place[]} */
export function labelPlaces(labels, box, others) {
  /** @type {Box[]} */
  const taken = [...labels, ...others].map(({ at, radius }) =>
    around(at.x - radius, at.y - radius, 2 * radius, 2 * radius),
  );
  return labels.map(({ at, radius, words }) => {
    const width = textWidth(words, FONT);
    const gap = radius + 5;
    /** @type {Place[]} */
    const choices = [
      { x: gap, y: 4 },
      { x: -gap - width, y: 4 },
      { x: -width / 2, y: -gap },
      { x: -width / 2, y: gap + 10 },
      { x: gap - 4, y: -gap + 4 },
      { x: gap - 4, y: gap + 6 },
      { x: -gap + 4 - width, y: -gap + 4 },
      { x: -gap + 4 - width, y: gap + 6 },
      ...[-gap - HIGH, gap + 10 + HIGH, -gap - 2 * HIGH, gap + 10 + 2 * HIGH].flatMap((y) =>
        [-width / 2, gap - 4, -gap + 4 - width].map((x) => ({ x, y })),
      ),
    ];
    const boxes = choices.map(({ x, y }) => around(at.x + x, at.y + y - 11, width, HIGH));
    const costs = boxes.map(
      (one, i) =>
        taken.reduce((sum, other) => sum + overlap(one, other), 0) +
        (isInside(one, box) ? 0 : OUTSIDE * HIGH * HIGH) +
        (i < ADJACENT ? 0 : i < ADJACENT + 6 ? APART : 2 * APART),
    );
    const best = costs.indexOf(Math.min(...costs));
    taken.push(boxes[best]);
    return choices[best];
  });
}

/** A line as what labels should not cover: discs along it, so that one that slants takes no room beside it.
 * @type {(from: Place, to: Place, thickness: number) => Obstacle[]} */
export function alongLine(from, to, thickness) {
  const [across, down] = [to.x - from.x, to.y - from.y];
  const radius = Math.max(thickness / 2, THINNEST_LINE);
  const count = Math.ceil(Math.hypot(across, down) / (2 * radius));
  return Array.from({ length: count }, (_, i) => {
    const part = (i + 0.5) / count;
    return { at: { x: from.x + part * across, y: from.y + part * down }, radius };
  });
}

/** @type {(left: number, top: number, width: number, height: number) => Box} */
const around = (left, top, width, height) => ({
  left,
  top,
  right: left + width,
  foot: top + height,
});

/** @type {(one: Box, other: Box) => number} */
function overlap(one, other) {
  const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const height = Math.min(one.foot, other.foot) - Math.max(one.top, other.top);
  return width > 0 && height > 0 ? width * height : 0;
}

/** @type {(one: Box, box: Box) => boolean} */
const isInside = (one, box) =>
  one.left >= box.left && one.right <= box.right && one.top >= box.top && one.foot <= box.foot;
