// What training is to reach, as attention/objective.py reads it: `scene.objective` holds the target
// of each row, the learning rate, which parts may turn, and each part's rules. No page in here.

import { isSelf, seenSteps } from "./asking.js";
import { isDot } from "./scene.js";

/** @import { Matrix, Objective, Part, Scene, Vector } from "./types.js" */

/** @type {Part[]} */
export const PARTS = ["w", "b", "query", "wq", "wk"];
// A run is judged by its last steps and as many before them.
const JUDGED = 40;
// Falling by less than the rate times this, a step: the gradient is below 1 / 20,000.
const LEVEL = 2e-9;

/** The parts that this scene has.
 * @type {(scene: Scene) => Part[]} */
export function partsOf(scene) {
  if (isSelf(scene)) return ["wq", "wk"];
  if (isDot(scene)) return ["query"];
  return scene.b ? ["w", "b"] : ["w"];
}

/** The targets as shares of what can get attention, together 1; all 0 where there is none.
 * @type {(scene: { objective: Objective, kind?: string, causal?: boolean, asks?: number | null, mask: boolean[] }) => Vector} */
export function targetShares(scene) {
  const isSeen = seenSteps(scene);
  const seen = scene.objective.target.map((number, row) => (isSeen[row] ? number : 0));
  const total = seen.reduce((sum, number) => sum + number, 0);
  return seen.map((number) => number / (total || 1));
}

/** -> what stands in the way of any step, or null
 * @type {(scene: Scene) => "no_part" | "no_target" | null} */
export function trainingProblem(scene) {
  const { turns } = scene.objective;
  if (!partsOf(scene).some((part) => turns.includes(part))) return "no_part";
  return targetShares(scene).some(Boolean) ? null : "no_target";
}

/** The numbers of a point on the way down (descent.js) into the lists that stand on the table.
 * @type {(scene: Scene, numbers: Partial<Record<Part, Vector | Matrix>>) => void} */
export function moveTo(scene, numbers) {
  for (const [part, values] of Object.entries(numbers)) {
    const list = scene[/** @type {Part} */ (part)];
    values.forEach((value, i) => {
      if (Array.isArray(value)) list[i].splice(0, value.length, ...value);
      else list[i] = value;
    });
  }
}

/** What can be said of a run by its losses: "swings" (they rise nearly as much as they fall), "level"
 * (they fall no more), or null: they fall, or it is too early to say.
 * @type {(losses: Vector, rate: number) => "level" | "swings" | null} */
export function verdictOn(losses, rate) {
  if (losses.length < 2 * JUDGED) return null;
  const now = losses.slice(-JUDGED);
  const before = losses.slice(-2 * JUDGED, -JUDGED);
  const size = Math.max(1, Math.min(...before));
  const changes = now.slice(1).map((loss, i) => loss - now[i]);
  const total = (/** @type {number} */ sign) =>
    changes.reduce((sum, change) => sum + Math.max(0, sign * change), 0);
  const isWide = Math.max(...now) - Math.min(...now) > size / 1000;
  if (isWide && total(1) > total(-1) / 2) return "swings";
  const fell = Math.min(...before) - Math.min(...now);
  return isWide || fell > LEVEL * JUDGED * rate * size ? null : "level";
}
