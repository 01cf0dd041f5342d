// From the page's opening to its end in a learning system.

import { listen } from "../state/events.js";
import { dropNotices, notify } from "../state/notices.js";
import { state } from "../state/store.js";
import { openRecord } from "./record.js";
import { runTime } from "./run-time.js";

/** @import { Api } from "./find-api.js" */

const SAVE_AFTER_MS = 1000; // without a change: some systems stop the page while they save
const NOT_STORED = "lms"; // its notice

/** @type {(api: Api) => { resumed: (opening: string) => string }} */
export function openSession(api) {
  const record = openRecord(runTime(api));
  let isOver = false;
  let isTold = false; // that the result was not stored
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;

  function save() {
    waiting = void clearTimeout(waiting);
    const isSaved = !isOver && record.save();
    if (isSaved) dropNotices(NOT_STORED);
    else if (!isTold) notify("lms_failed", {}, { about: NOT_STORED });
    isTold = !isSaved;
  }

  function saveSoon() {
    clearTimeout(waiting);
    waiting = setTimeout(save, SAVE_AFTER_MS);
  }

  // Never under the hand.
  const wait = () => waiting !== undefined && saveSoon();

  listen({
    opened() {
      if (!state.home) record.opened.add(state.lesson);
      saveSoon();
    },
    ...{ progress: saveSoon, address: saveSoon, edited: wait, trained: wait },
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && !isOver) save(); // a phone may end the page without another word
  });
  addEventListener("pagehide", () => {
    if (!isOver) record.finish();
    isOver = true;
  });
  return { resumed: record.resumed };
}
