// The weights and the output of one moment, kept to compare later ones with.

import { run } from "../core/scene.js";
import { emit, listen } from "./events.js";
import { state } from "./store.js";

export function watchPin() {
  listen({
    opened: (_, again) => void (again || pin(null)),
    shape: () => void (fits() || pin(null)),
  });
}

/** Keeps the present ones, or no more.
 * @type {() => void} */
export function togglePin() {
  const { weights, output } = run(state.scene);
  pin(state.pinned ? null : { weights, output });
}

/** @type {(pinned: typeof state.pinned) => void} */
function pin(pinned) {
  if (!pinned && !state.pinned) return;
  state.pinned = pinned;
  emit("pinned");
}

// Another kind of table has other rows or columns.
function fits() {
  const { weights, output } = run(state.scene);
  const { pinned } = state;
  return (
    !pinned || (pinned.weights.length === weights.length && pinned.output.length === output.length)
  );
}
