// What the page has to say about what came from outside.

import { emit } from "./events.js";

/** @import { Message, Values } from "../core/types.js" */
/** @typedef {Message & { kind?: "done", about?: string }} Notice "done" tells that something went well; those `about` one matter can go together */

/** @type {Notice[]} */
let present = [];

/** @type {() => Notice[]} */
export function notices() {
  return present;
}

/** @type {(next: Notice[]) => void} */
export function setNotices(next) {
  present = next;
  emit("notices");
}

/** @type {(key: string, values?: Values, more?: { kind?: "done", about?: string }) => void} */
export function notify(key, values, more) {
  const next = withNotice(present, { key, values, ...more });
  if (next !== present) setNotices(next);
}

/** Says each thing once: the same list where it does already.
 * @type {(list: Notice[], notice: Notice) => Notice[]} */
export function withNotice(list, notice) {
  const said = JSON.stringify(notice);
  return list.some((other) => JSON.stringify(other) === said) ? list : [...list, notice];
}

/** @type {(about: string) => void} */
export function dropNotices(about) {
  setNotices(present.filter((notice) => notice.about !== about));
}
