// What the lesson asks for stays hidden in the picture too.

import { state } from "../state/store.js";

/** @import { Stage } from "../core/types.js" */

/** Whether a number, or any of them, is the one that is asked for.
 * @type {(of: Stage, place?: number) => boolean} */
export function isAsked(of, place) {
  const { asked } = state;
  return asked?.of === of && (place === undefined || asked.rows.includes(place));
}

/** Whether the weighted output would say it.
 * @type {() => boolean} */
export function outputTells() {
  return isAsked("output") || (isAsked("weights") && state.asked?.index === null);
}
