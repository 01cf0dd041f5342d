// Boxes on a page that CSS zoom enlarges, as the projector does. WebKit measures a box in its own pixels,
// the others in the screen's; all of them place a node in its own.

/** How many pixels of the screen one of the node's own is.
 * @type {(node: Element) => number} */
function zoomOf(node) {
  return node.currentCSSZoom ?? ownZooms(node); // WebKit knows no such property
}

/** @type {(node: Element | null) => number} */
function ownZooms(node) {
  return node ? Number(getComputedStyle(node).zoom) * ownZooms(node.parentElement) : 1;
}

/** @type {(node: Element) => DOMRect} */
export function boxOnScreen(node) {
  const { x, y, width, height } = node.getBoundingClientRect();
  const missing = "currentCSSZoom" in node ? 1 : ownZooms(node);
  return new DOMRect(x * missing, y * missing, width * missing, height * missing);
}

/** left, top: on the screen
 * @type {(node: HTMLElement, left: number, top: number) => void} */
export function placeOnScreen(node, left, top) {
  const zoom = zoomOf(node);
  node.style.left = `${left / zoom}px`;
  node.style.top = `${top / zoom}px`;
}
