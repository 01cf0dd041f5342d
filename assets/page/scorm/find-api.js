// Where a learning system is: SCORM 1.2 has its `API` in a window around the page, or around the one
// that opened it.

const MOST_WINDOWS = 20; // one in the other

/** @typedef {"LMSInitialize" | "LMSFinish" | "LMSGetValue" | "LMSSetValue" | "LMSCommit" | "LMSGetLastError"} Call */
/** @typedef {Record<Call, (...values: string[]) => unknown>} Api */

/** @type {(page: Window) => Api | null} */
export function findApi(page) {
  const near = windowsAround(page);
  const far = near.flatMap(({ opener }) => windowsAround(opener));
  for (const one of [...near, ...far]) {
    const api = apiOf(one);
    if (api) return api;
  }
  return null;
}

/** -> it, and what it stands in, outwards
 * @type {(first: Window | null) => Window[]} */
function windowsAround(first) {
  /** @type {Window[]} */
  const found = [];
  for (let one = first; one && !found.includes(one) && found.length < MOST_WINDOWS;) {
    found.push(one);
    one = one.parent;
  }
  return found;
}

/** @type {(one: any) => Api | null} */
function apiOf(one) {
  try {
    return typeof one.API?.LMSInitialize === "function" ? one.API : null;
  } catch {
    return null; // of another origin
  }
}
