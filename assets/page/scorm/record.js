// What a learning system keeps of a reader: status, score, time, and where one left off.

import { progress } from "../state/progress.js";
import { state } from "../state/store.js";
import { writeAddress } from "../state/url.js";
import { openBefore } from "./before.js";
import { scoreOf } from "./result.js";
import { writeMemory } from "./suspend-data.js";
import { timespan } from "./timespan.js";

/** @import { RunTime } from "./run-time.js" */

const LONGEST_LOCATION = 255;
const MAY_LACK = ["core.score.min", "core.score.max"]; // a system need not have them
const ENDED = ["completed", "passed"];

/** @param {RunTime} system */
export function openRecord(system) {
  const began = performance.now();
  const before = openBefore(system);

  function write() {
    const { opened } = before;
    const { score, isComplete } = scoreOf({ ...progress.read(), opened });
    if (!ENDED.includes(before.status)) before.status = isComplete ? "completed" : "incomplete";
    const memory = { ...before.memory(), opened: [...opened], address: writeAddress(state) };
    const isSet = Object.entries({
      ...(score === null ? {} : scored(score)),
      "core.lesson_status": before.status,
      "core.lesson_location": placeNow(),
      "core.session_time": timespan(performance.now() - began),
      "core.exit": ENDED.includes(before.status) ? "" : "suspend",
      suspend_data: writeMemory(memory),
    }).map(([name, value]) => system.set(`cmi.${name}`, value) || MAY_LACK.includes(name));
    return [...isSet, system.commit()].every(Boolean);
  }

  return {
    opened: before.opened,
    resumed: before.resumed,
    save: () => before.read() && write(),
    finish() {
      if (before.read()) write();
      system.finish();
    },
  };
}

/** @type {(score: number) => Record<string, string>} */
const scored = (score) => ({
  "core.score.min": "0",
  "core.score.max": "100",
  "core.score.raw": String(score),
});

/** @type {() => string} */
const placeNow = () => (state.home || state.lesson.length > LONGEST_LOCATION ? "" : state.lesson);
