// How far somebody is in the lessons of this file, as a learning system counts it.

import { isRightChoice } from "../core/prediction.js";
import { given } from "../state/given.js";
import { sceneOf } from "../state/lessons.js";
import { hides } from "../state/navigation.js";

/** @import { Lesson } from "../core/types.js" */
/** @typedef {{ done: Set<string>, predicted: Map<string, number | null>, opened: Set<string> }} Done */

/** @type {Map<string, boolean>} */
const judged = new Map(); // a scene is computed once

/** score: 0 to 100, one point for a prediction that is right, one for a challenge that is done; null:
 * nothing of the sort is there
 * @type {(of: Done) => { score: number | null, isComplete: boolean }} */
export function scoreOf({ done, predicted, opened }) {
  const points = [];
  let isComplete = true;
  for (const [name, { predict, own }] of given.lessons) {
    if (own) continue; // the reader's, who has brought it along
    const [asks, challenges] = [predict && !hides("predict"), !hides("challenge")];
    if (asks) points.push(isRightIn(name, predicted.get(name)));
    if (challenges) points.push(done.has(name));
    isComplete &&= (challenges ? done : asks ? predicted : opened).has(name);
  }
  const reached = points.filter(Boolean).length;
  return { score: points.length ? Math.round((100 * reached) / points.length) : null, isComplete };
}

/** @type {(name: string, choice: number | null | undefined) => boolean} */
function isRightIn(name, choice) {
  const key = `${name} ${choice}`;
  const { predict } = /** @type {Lesson} */ (given.lessons.get(name));
  if (!judged.has(key))
    judged.set(key, Boolean(predict && isRightChoice(predict, sceneOf(name), choice)));
  return judged.get(key) === true;
}
