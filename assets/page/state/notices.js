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

/** Says each thing once.
 * @type {(key: string, values?: Values, more?: { kind?: "done", about?: string }) => void} */
export function notify(key, values, more) {
  const notice = { key, values, ...more };
  const said = JSON.stringify(notice);
  if (!present.some((other) => JSON.stringify(other) === said)) setNotices([...present, notice]);
}

/** @type {(about: string) => void} */
export function dropNotices(about) {
  setNotices(present.filter((notice) => notice.about !== about));
}
