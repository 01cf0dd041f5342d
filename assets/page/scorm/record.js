// What a learning system keeps of a reader: status, score, time, and where one left off. Until it has
// said what it kept before, nothing is written over that.

import { emit } from "../state/events.js";
import { keepProgressIn, progress } from "../state/progress.js";
import { state } from "../state/store.js";
import { writeAddress } from "../state/url.js";
import { scoreOf } from "./result.js";
import { readMemory, writeMemory } from "./suspend-data.js";
import { timespan } from "./timespan.js";

/** @import { runTime } from "./run-time.js" */
/** @import { Memory } from "./suspend-data.js" */

const LONGEST_LOCATION = 255;
const ENDED = ["completed", "passed"];

/** @param {ReturnType<typeof runTime>} system */
export function openRecord(system) {
  const began = performance.now();
  /** @type {Set<string>} */
  const opened = new Set();
  let [isBegun, isRead, status, location] = [false, false, "", ""];
  let kept = readMemory("");

  function begin() {
    if (isRead) return true;
    isBegun ||= system.initialize();
    const elements = ["suspend_data", "core.lesson_status", "core.lesson_location"];
    const told = isBegun ? elements.map((name) => system.get(`cmi.${name}`)) : [null];
    if (told.includes(null)) return false;
    const [data, ...core] = told.map(String);
    [status, location] = core;
    isRead = true;
    addTo(readMemory(data));
    return true;
  }

  /** What was done before the system answered comes later.
   * @type {(before: Memory) => void} */
  function addTo(before) {
    const { done, predicted } = kept;
    kept = {
      ...before,
      done: [...new Set([...before.done, ...done])],
      predicted: { ...before.predicted, ...predicted },
    };
    for (const name of before.opened) opened.add(name);
    if (state.lesson) emit("progress");
  }

  function write() {
    const { score, isComplete } = scoreOf({ ...progress.read(), opened });
    if (!ENDED.includes(status)) status = isComplete ? "completed" : "incomplete";
    const open = performance.now() - began;
    const memory = { ...kept, opened: [...opened], address: writeAddress(state) };
    const isSet = Object.entries({
      ...(score === null ? {} : scored(score)),
      "core.lesson_status": status,
      "core.lesson_location": placeNow(),
      "core.session_time": timespan(open),
      "core.exit": ENDED.includes(status) ? "" : "suspend",
      suspend_data: writeMemory(memory),
    }).map(([name, value]) => system.set(`cmi.${name}`, value) || MAY_LACK.includes(name));
    return [...isSet, system.commit()].every(Boolean);
  }

  keepProgressIn({
    getItem: () => JSON.stringify(kept),
    setItem: (_, text) => void (kept = { ...kept, ...JSON.parse(text) }),
  });
  begin();
  return {
    opened,
    save: () => begin() && write(),
    finish() {
      if (begin()) write();
      if (isBegun) system.finish();
    },
    /** @type {(opening: string) => string} */
    resumed(opening) {
      if (kept.address !== undefined) return `#${kept.address}`;
      const pairs = [opening.slice(1), location && `lesson=${encodeURIComponent(location)}`];
      return `#${pairs.filter(Boolean).join("&")}`;
    },
  };
}

const MAY_LACK = ["core.score.min", "core.score.max"]; // a system need not have them

/** @type {(score: number) => Record<string, string>} */
const scored = (score) => ({
  "core.score.min": "0",
  "core.score.max": "100",
  "core.score.raw": String(score),
});

/** @type {() => string} */
const placeNow = () => (state.home || state.lesson.length > LONGEST_LOCATION ? "" : state.lesson);
