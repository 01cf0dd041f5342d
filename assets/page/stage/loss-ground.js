// The ground of the loss: the more violet, the higher, with lines of equal loss. It is computed anew only
// where something else than the two numbers of its axes has changed.

import { contour } from "../core/contours.js";
import { lossGrid, lossOver, learnerValue, setLearner } from "../core/loss-map.js";
import { shortNumber } from "../core/numbers.js";
import { make, makeShape } from "../ui/dom.js";

/** @import { Segment } from "../core/contours.js" */
/** @import { Scene } from "../core/types.js" */
/** @import { LossPlane } from "./loss-plane.js" */
/** @import { Size } from "./types.js" */

const GRID = 64; // points on a side
const LEVELS = 8;
const [FAINTEST, STRONGEST] = [0.02, 0.62];
// Which lines have their number, and near which part of the map.
const TOLD_LEVELS = [
  { level: 2, x: 0.3, y: 0.72 },
  { level: 5, x: 0.72, y: 0.25 },
];
// So that the middles of the outer pixels lie on the edges.
const [AROUND, ALL] = [-50 / (GRID - 1), (100 * GRID) / (GRID - 1)];
const OVER_EDGES = `left: ${AROUND}%; top: ${AROUND}%; width: ${ALL}%; height: ${ALL}%`;
const NUMBER_EDGE = 22; // pixels that a number keeps from the edge

/** onscheme: light has become dark, or dark light
 * @param {() => void} onscheme */
export function lossGround(onscheme) {
  const pixels = make("canvas", { width: GRID, height: GRID, style: OVER_EDGES });
  const node = make("div", { class: "loss-ground" }, pixels);
  const context = /** @type {CanvasRenderingContext2D} */ (pixels.getContext("2d"));
  const lines = makeShape("g", { class: "contours" });
  let known = "";
  /** @type {(a: number, b: number) => number} */
  let loss = () => 0;
  let paint = () => {};
  for (const moment of ["beforeprint", "afterprint"]) addEventListener(moment, () => paint());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    known = "";
    onscheme();
  });

  return {
    node,
    lines,
    /** In shares of the picture: on paper it has another size.
     * @type {(plane: LossPlane, size: Size) => void} */
    place({ box: { left, right, top, foot } }, { width, height }) {
      const [across, down] = [100 / width, 100 / height];
      node.style.cssText = `left: ${left * across}%; top: ${top * down}%; width: ${(right - left) * across}%; height: ${(foot - top) * down}%`;
      known = "";
    },
    /** -> the loss where the scene stands
     * @type {(scene: Scene, plane: LossPlane) => number} */
    draw(scene, { learners, domains, box }) {
      const present = whatElse(scene, learners);
      if (present !== known) {
        known = present;
        loss = lossOver(scene, ...learners);
        const losses = lossGrid(loss, ...domains, GRID);
        const ends = /** @type {[number, number]} */ ([
          losses.reduce((a, b) => Math.min(a, b)),
          losses.reduce((a, b) => Math.max(a, b)),
        ]);
        paint = () => paintLosses(context, losses, ends);
        paint();
        lines.replaceChildren(...contourLines(losses, ends, box));
      }
      const [a, b] = learners.map((learner) => learnerValue(scene, learner));
      return loss(a, b);
    },
  };
}

/** All that the map depends on.
 * @type {(scene: Scene, learners: LossPlane["learners"]) => string} */
function whatElse(scene, learners) {
  const { stash: _stash, origins: _origins, rows: _rows, columns: _columns, ...rest } = scene;
  const { w, b, query, wq, wk, ...others } = rest;
  const numbers = structuredClone({ w, b, query, wq, wk });
  for (const learner of learners) setLearner(/** @type {any} */ (numbers), learner, 0);
  return JSON.stringify([numbers, others]);
}

/** Of the page's violet, as strong as the root of the loss: so a bowl has even rings.
 * @type {(context: CanvasRenderingContext2D, losses: Float64Array, ends: [number, number]) => void} */
function paintLosses(context, losses, [low, high]) {
  const colour = getComputedStyle(context.canvas).color.match(/\d+/g) ?? [];
  const image = context.createImageData(GRID, GRID);
  losses.forEach((one, i) => {
    const height = Math.sqrt((one - low) / (high - low || 1));
    for (let part = 0; part < 3; part += 1) image.data[4 * i + part] = Number(colour[part]);
    image.data[4 * i + 3] = 255 * (FAINTEST + height * (STRONGEST - FAINTEST));
  });
  context.putImageData(image, 0, 0);
}

/** @type {(losses: Float64Array, ends: [number, number], box: LossPlane["box"]) => SVGElement[]} */
function contourLines(losses, [low, high], { left, right, top, foot }) {
  if (high - low < 1e-12 * Math.max(1, Math.abs(high))) return [];
  const [across, up] = [(right - left) / (GRID - 1), (foot - top) / (GRID - 1)];
  const levels = Array.from(
    { length: LEVELS },
    (_, i) => low + (high - low) * ((i + 1) / (LEVELS + 1)) ** 2,
  );
  const all = levels.map((level) =>
    contour(losses, GRID, level).map(
      ([from, to]) =>
        /** @type {Segment} */ (
          [from, to].map(([column, row]) => [left + column * across, top + row * up])
        ),
    ),
  );
  const paths = all.map((segments) =>
    makeShape("path", {
      d: segments
        .map(
          ([[x, y], [a, b]]) => `M${x.toFixed(1)} ${y.toFixed(1)}L${a.toFixed(1)} ${b.toFixed(1)}`,
        )
        .join(""),
    }),
  );
  const words = TOLD_LEVELS.flatMap(({ level, x, y }) => {
    const at = { x: left + x * (right - left), y: top + y * (foot - top) };
    const inside = all[level].filter(
      ([[a, b]]) =>
        a > left + NUMBER_EDGE &&
        a < right - NUMBER_EDGE &&
        b > top + NUMBER_EDGE &&
        b < foot - NUMBER_EDGE,
    );
    if (!inside.length) return [];
    const [place] = inside.reduce((best, one) =>
      Math.hypot(one[0][0] - at.x, one[0][1] - at.y) <
      Math.hypot(best[0][0] - at.x, best[0][1] - at.y)
        ? one
        : best,
    );
    const seat = { x: place[0], y: place[1] + 4, "text-anchor": "middle" };
    return [makeShape("text", seat, shortNumber(levels[level]))];
  });
  return [...paths, ...words];
}
