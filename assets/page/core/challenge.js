// Whether a lesson's challenge is done.

import { askingStep } from "./asking.js";

/** @import { Challenge, Keep, Scene, Trace } from "./types.js" */

/** -> { done, broken }: whether the scene reaches the lesson's challenge by its rules, as Lesson.done
 * says; and where it reaches it against one of them, the name of what had to stay
 * @type {(scene: Scene, start: Scene, challenge: Challenge, trace: Trace) => { done: boolean, broken: string | null }} */
export function challengeStanding(scene, start, challenge, trace) {
  /** @type {(row: number | null) => number | null} */
  const here = (row) => (row === null ? null : scene.origins.indexOf(row));
  /** @type {(from: Scene, keep: Keep, row: number | null) => string} */
  const part = (from, { of, column }, row) => {
    /** @type {any} a row goes on asking wherever it stands */
    let value = of === "asks" ? from.origins[askingStep(from)] : from[of];
    if (row !== null && Array.isArray(value)) value = value[row];
    if (column !== null && Array.isArray(value))
      value = Array.isArray(value[0]) ? value.map((vector) => vector[column]) : value[column];
    return JSON.stringify(value);
  };
  const reached =
    challenge.goals.length > 0 &&
    challenge.goals.every(({ of, index, at_least, at_most }) => {
      const at = of === "output" && scene.kind !== "gate" ? index : scene.origins.indexOf(index);
      const value = trace[of][at];
      return value >= at_least && value <= at_most;
    });
  if (!reached) return { done: false, broken: null }; // while one drags, no more is compared
  const changed = challenge.keep.find(
    (keep) => part(scene, keep, here(keep.row)) !== part(start, keep, keep.row),
  );
  return { done: !changed, broken: changed?.of ?? null };
}
