// What a learning system kept of the same reader before. Until it has said so, nothing is written over
// that; what is done meanwhile comes on top.

import { emit } from "../state/events.js";
import { keepProgressIn } from "../state/progress.js";
import { state } from "../state/store.js";
import { readMemory } from "./suspend-data.js";

/** @import { RunTime } from "./run-time.js" */
/** @import { Memory } from "./suspend-data.js" */

/** @param {RunTime} system */
export function openBefore(system) {
  let [isRead, location] = [false, ""];
  let memory = readMemory("");

  const before = {
    status: "",
    /** @type {Set<string>} */
    opened: new Set(),
    memory: () => memory,
    /** -> whether it is known now */
    read() {
      if (isRead) return true;
      const elements = ["suspend_data", "core.lesson_status", "core.lesson_location"];
      const told = system.begin() ? elements.map((name) => system.get(`cmi.${name}`)) : [null];
      if (told.includes(null)) return false;
      const [data, status, place] = told.map(String);
      [isRead, before.status, location] = [true, status, place];
      add(readMemory(data));
      return true;
    },
    /** -> the address to go on with
     * @type {(opening: string) => string} */
    resumed(opening) {
      if (memory.address !== undefined) return `#${memory.address}`;
      const pairs = [opening.slice(1), location && `lesson=${encodeURIComponent(location)}`];
      return `#${pairs.filter(Boolean).join("&")}`;
    },
  };

  /** @type {(earlier: Memory) => void} */
  function add(earlier) {
    const { done, predicted } = memory;
    memory = {
      ...earlier,
      done: [...new Set([...earlier.done, ...done])],
      predicted: { ...earlier.predicted, ...predicted },
    };
    for (const name of earlier.opened) before.opened.add(name);
    if (state.lesson) emit("progress"); // the page is open
  }

  keepProgressIn({
    getItem: () => JSON.stringify(memory),
    setItem: (_, text) => void (memory = { ...memory, ...JSON.parse(text) }),
  });
  before.read();
  return before;
}
