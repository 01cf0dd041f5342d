// What a logit is the sum of. No page in here.

import { askingStep, headWidth, isSelf, ofHead } from "./asking.js";
import { isDot } from "./scene.js";

/** @import { Scene, Trace, Vector } from "./types.js" */

/** What a row's logit multiplies number by number: its vector and the factors, or its key and the query.
 * @type {(scene: Scene, trace: Trace, row: number) => [vector: Vector, factors: Vector]} */
export function multiplied(scene, { whole }, row) {
  const { kind, x, w, query, mask } = scene;
  if (whole)
    return [ofHead(scene, whole.keys[row]), ofHead(scene, whole.queries[askingStep(scene)])];
  if (kind !== "gate") return [x[row], isDot(scene) ? query : w];
  return [
    x.map(([number], step) => (mask[step] ? number : 0)),
    w.map((/** @type {Vector} */ weights) => weights[row]),
  ];
}

/** Of how many products a scaled logit is the sum.
 * @type {(scene: Scene) => number} */
export const rootedCount = (scene) => (isSelf(scene) ? headWidth(scene) : scene.query.length);
