// The last training of the table that no hand has touched: where it began, and how far it has come.
// Its steps are the same each time, so whoever wants to see them takes them again (core/descent.js).

/** @import { Scene } from "../core/types.js" */
/** @typedef {{ scene: Scene, steps: number }} TrainingRun */

/** @type {TrainingRun | null} */
let presentRun = null;

/** @type {() => TrainingRun | null} */
export function trainingRun() {
  return presentRun;
}

/** So many steps from this scene are to be taken.
 * @type {(scene: Scene, count: number) => void} */
export function countSteps(scene, count) {
  presentRun ??= { scene: structuredClone(scene), steps: 0 };
  presentRun.steps += count;
}

/** A hand has turned something, or another table is there: the next step begins another run.
 * @type {() => void} */
export function endRun() {
  presentRun = null;
}
