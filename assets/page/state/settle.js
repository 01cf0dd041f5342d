// While the hand moves, nothing but the table follows. Once it rests, the address does: browsers
// allow a page only so many changes of it in a while.

import { emit } from "./events.js";
import { state } from "./store.js";
import { writeAddress } from "./url.js";

const DEBOUNCE_MS = 200; // without a change

/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;

/** The browser's hash as the page last read or wrote it. */
let knownHash = "";

/** The page reads its address: from here on it may be written.
 * @type {() => void} */
export function followAddress() {
  knownHash = location.hash;
}

/** Something has changed that the address tells.
 * @type {() => void} */
export function settle() {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    if (location.hash !== knownHash) return; // gone elsewhere: `hashchange` is on its way
    const present = pageAddress();
    replaceAddress(present);
    emit("address", present);
  }, DEBOUNCE_MS);
}

/** -> the address of what stands here, for others; with other fields, such as { hide: ["mask"] }. What
 * begins with "__" is between a frame and its host, such as the key to a private Space, and is left out.
 * @type {(changes?: Partial<import("./store.js").State>) => string} */
export function pageAddress(changes = {}) {
  const whole = new URL(location.href);
  const names = [...whole.searchParams.keys()];
  for (const name of names.filter((name) => name.startsWith("__"))) whole.searchParams.delete(name);
  whole.hash = writeAddress({ ...state, ...changes });
  return whole.href;
}

/** The page's own address keeps what is only between it and its host.
 * @type {(address: string) => void} */
function replaceAddress(address) {
  try {
    const [own] = location.href.split("#");
    history.replaceState(history.state, "", own + new URL(address).hash);
    followAddress();
  } catch {
    // A sandboxed frame has no address to write to; the page plays on without.
  }
}
