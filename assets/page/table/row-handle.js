// A row's sign is its handle: dragged, or moved with the arrow keys, the row goes to another place.

import { moveRow } from "../core/scene.js";
import { reshape } from "../state/editing.js";
import { hides } from "../state/navigation.js";
import { labelText, text } from "../state/texts.js";
import { make, makeShape } from "../ui/dom.js";
import { rowForm } from "../ui/rows.js";

/** @import { Scene } from "../core/types.js" */
/** @import { Layout } from "./types.js" */

/** @type {(scene: Scene, layout: Layout, row: number) => Element} */
export function rowHandle(scene, layout, row) {
  const grip = make("span", { class: "row-grip" }, rowSign(row));
  if (hides("rows") || scene.rows.length < 2) return grip;
  const handle = make("button", {
    ...{ type: "button", class: "row-handle", "data-testid": `move-row-${row}` },
    onkeydown(event) {
      const way = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!way) return;
      event.preventDefault();
      moveToPlace(scene, row, row + way);
    },
  });
  followPointer(handle, (to) => moveToPlace(scene, row, to));
  layout.relabels.push(() => {
    handle.title = text("move_row", { name: labelText(scene.rows[row]) });
    handle.setAttribute("aria-label", handle.title);
  });
  grip.append(handle);
  return grip;
}

/** @type {(scene: Scene, from: number, to: number) => void} */
function moveToPlace(scene, from, to) {
  if (to === from || !(to in scene.rows)) return;
  reshape(() => moveRow(scene, from, to), `move-row-${to}`);
}

/** What tells the row from others beside its colour.
 * @type {(row: number) => SVGElement} */
function rowSign(row) {
  const attributes = { class: "row-sign", viewBox: "-1.25 -1.25 2.5 2.5", "aria-hidden": "true" };
  return makeShape("svg", attributes, makeShape("path", { d: rowForm(row) }));
}

/** While it is held the place that it would take is marked; the table changes only when it is let go,
 * for then the row under the hand is built anew.
 * @type {(handle: HTMLElement, ondrop: (to: number) => void) => void} */
function followPointer(handle, ondrop) {
  /** @type {Element | null} */
  let over = null;
  const rows = () => [...(handle.closest("tbody")?.querySelectorAll(".step") ?? [])];
  /** @type {(next: Element | null) => void} */
  const mark = (next) => {
    over?.classList.remove("takes-row");
    over = next;
    over?.classList.add("takes-row");
  };
  handle.addEventListener("pointerdown", (event) => {
    if (event.button === 0) handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener("pointermove", (event) => {
    if (!handle.hasPointerCapture(event.pointerId)) return;
    const own = handle.closest(".step");
    const found = rows().find((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return event.clientY >= top && event.clientY < bottom;
    });
    mark(found && found !== own ? found : null);
  });
  handle.addEventListener("pointerup", () => {
    const to = over ? rows().indexOf(over) : -1;
    mark(null);
    if (to >= 0) ondrop(to);
  });
  handle.addEventListener("pointercancel", () => mark(null));
}
