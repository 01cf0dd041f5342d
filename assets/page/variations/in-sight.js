// Draws parts of a long page again: those in sight, the longest-waiting first, and no more in one frame than
// a hand on a slider does not feel.

/** @typedef {{ node: HTMLElement, draw: () => void }} Part */

const BUDGET_MS = 5; // a frame
const NEARBY = "200px"; // is as good as in sight

/** onrest: nothing in sight waits any more
 * @type {(parts: Part[], onrest: () => void) => { redraw: () => void, isDrawn: () => boolean }} */
export function drawInSight(parts, onrest) {
  /** @type {Set<Part>} in the order in which they began to wait */
  const waiting = new Set();
  /** @type {Set<Element>} */
  const seen = new Set();
  let frame = 0;
  const next = () => [...waiting].find(({ node }) => seen.has(node));
  const schedule = () => (frame ||= requestAnimationFrame(drawSome));

  function drawSome() {
    frame = 0;
    const end = performance.now() + BUDGET_MS;
    for (let part = next(); part; part = next()) {
      waiting.delete(part);
      part.draw();
      if (performance.now() > end) break;
    }
    if (next()) schedule();
    else onrest();
  }

  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries)
        if (isIntersecting) seen.add(target);
        else seen.delete(target);
      if (next()) schedule();
    },
    { rootMargin: NEARBY },
  );
  for (const { node } of parts) observer.observe(node);
  return {
    redraw() {
      for (const part of parts) waiting.add(part);
      schedule();
    },
    isDrawn: () => !frame && !next(),
  };
}
