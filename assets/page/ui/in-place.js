// What somebody types into or presses stays where it is, though what stands above it grows or shrinks.

let isKept = false;

/** Scrolls with it before the next picture. Only the first time in a frame it is measured: later ones would
 * have the page laid out for each.
 * @type {(node: Element | null) => void} */
export function keepInPlace(node) {
  if (!node || isKept) return;
  isKept = true;
  const { top } = node.getBoundingClientRect();
  requestAnimationFrame(() => {
    isKept = false;
    const moved = node.isConnected ? node.getBoundingClientRect().top - top : 0;
    if (moved) scrollBy({ top: moved, behavior: "instant" });
  });
}
