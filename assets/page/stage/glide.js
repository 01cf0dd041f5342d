// What has changed under the hand is drawn at once; what a press, a key or the page has changed moves
// there within a moment, so that one sees where from.

/** @import { Trace, Vector } from "../core/types.js" */

export const LASTS = 150; // milliseconds

/** Whether a pointer is down: then a hand drags, and nothing may lag behind it. */
let isHeld = false;
addEventListener("pointerdown", () => (isHeld = true), true);
for (const end of ["pointerup", "pointercancel"])
  addEventListener(end, () => (isHeld = false), true);

/** @type {() => boolean} */
export const isHandDown = () => isHeld;

export const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** draw(shown, trace): shown are the numbers on their way to those of the trace; arrive(): they are there
 * @param {(shown: Trace, trace: Trace) => void} draw @param {() => void} arrive */
export function glide(draw, arrive) {
  /** @type {Trace | null} */
  let shown = null;
  /** @type {Trace | null} */
  let from = null;
  /** @type {Trace | null} */
  let goal = null;
  let began = 0;
  let frame = 0;
  let isDirect = false;

  function go() {
    frame = 0;
    if (!goal || !from) return;
    const way = Math.min((performance.now() - began) / LASTS, 1);
    shown = way < 1 ? between(from, goal, 1 - (1 - way) ** 2) : goal;
    draw(shown, goal);
    if (way < 1) frame = requestAnimationFrame(go);
    else if (began) arrive();
  }

  /** @type {(trace: Trace) => void} */
  function to(trace) {
    goal = trace;
    const jumps = !shown || isHeld || isDirect || calm.matches || !isAlike(shown, trace);
    isDirect = false;
    cancelAnimationFrame(frame);
    [from, began] = [jumps ? trace : shown, jumps ? 0 : performance.now()];
    go();
  }

  return {
    to,
    again() {
      if (goal && shown) draw(shown, goal);
    },
    /** What was hidden grows from equal shares to the true ones. */
    reveal() {
      if (!goal || calm.matches) return;
      const even = goal.weights.map(() => 1 / (goal?.weights.length ?? 1));
      [from, began] = [{ ...goal, weights: even }, performance.now()];
      cancelAnimationFrame(frame);
      go();
    },
    atOnce() {
      isDirect = true;
    },
    forget() {
      cancelAnimationFrame(frame);
      shown = goal = null;
    },
  };
}

/** @type {(one: Trace, other: Trace) => boolean} */
const isAlike = (one, other) =>
  one.weights.length === other.weights.length && one.output.length === other.output.length;

/** @type {(from: Trace, to: Trace, way: number) => Trace} */
function between(from, to, way) {
  /** @type {(one: Vector, other: Vector) => Vector} */
  const mix = (one, other) => other.map((end, i) => one[i] + (end - one[i]) * way);
  return {
    logits: mix(from.logits, to.logits),
    scores: mix(from.scores, to.scores),
    weights: mix(from.weights, to.weights),
    output: mix(from.output, to.output),
  };
}
