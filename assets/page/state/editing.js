// Changes of the scene on the table, by a hand, by training or by the page itself.

import { run } from "../core/scene.js";
import { emit } from "./events.js";
import { settle } from "./settle.js";
import { state } from "./store.js";

/** @import { Scene } from "../core/types.js" */

/** A hand has changed a number: the table follows at once, what only retells it with the next frame.
 * @type {() => void} */
export function edited() {
  emit("edited");
  compute();
  settle();
}

/** The same where the hand was not on the table: what stands there follows.
 * @type {() => void} */
export function moved() {
  emit("moved");
  edited();
}

/** Training has changed numbers; when it rests, `settle` follows.
 * @type {() => void} */
export function trained() {
  emit("trained");
  compute();
}

/** A row or a column has another name.
 * @type {() => void} */
export function renamed() {
  emit("renamed");
  compute();
  settle();
}

/** A change after which the table has another shape. focus: the test id that has the focus then
 * @type {(change: () => void, focus?: string) => void} */
export function reshape(change, focus) {
  emit("reshaping");
  change();
  showShape(focus);
}

/** The page itself changes the table, for its reader to see.
 * @type {(change: () => void) => void} */
export function demonstrate(change) {
  emit("demonstrated");
  reshape(change);
}

/** @type {(scene: Scene) => void} */
export function restore(scene) {
  state.scene = scene;
  showShape();
}

/** @type {(focus?: string) => void} */
function showShape(focus) {
  state.row = Math.min(state.row, state.scene.rows.length - 1);
  emit("shape", focus);
  compute();
  settle();
}

/** @type {(row: number) => void} */
export function selectRow(row) {
  state.row = row;
  emit("selected", row);
}

let frame = 0;

/** @type {() => void} */
export function compute() {
  emit("computed", run(state.scene));
  frame ||= requestAnimationFrame(() => {
    frame = 0;
    emit("frame", run(state.scene));
  });
}
