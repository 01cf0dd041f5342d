// What one says to a learning system. Systems answer "false", answer nothing or throw; the page goes on.

/** @import { Api, Call } from "./find-api.js" */

const [NOT_IMPLEMENTED, NOT_INITIALIZED] = ["401", "403"]; // of an element, which then has no value

/** @typedef {ReturnType<typeof runTime>} RunTime */

/** @param {Api} api */
export function runTime(api) {
  /** -> null: it threw
   * @type {(name: Call, ...values: string[]) => string | null} */
  function call(name, ...values) {
    try {
      return String(api[name](...values));
    } catch {
      return null;
    }
  }

  /** @type {(name: Call, ...values: string[]) => boolean} */
  const does = (name, ...values) => call(name, ...values) === "true";

  let isBegun = false;
  return {
    begin: () => (isBegun ||= does("LMSInitialize", "")),
    /** -> null: it cannot tell
     * @type {(element: string) => string | null} */
    get(element) {
      const value = call("LMSGetValue", element);
      if (value !== "") return value;
      const code = call("LMSGetLastError");
      const hasNone = code === NOT_IMPLEMENTED || code === NOT_INITIALIZED;
      return hasNone || (code !== null && !Number(code)) ? "" : null;
    },
    /** @type {(element: string, value: string) => boolean} */
    set: (element, value) => does("LMSSetValue", element, value),
    commit: () => does("LMSCommit", ""),
    finish: () => isBegun && does("LMSFinish", ""),
  };
}
