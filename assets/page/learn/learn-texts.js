// How this tab words what it shows, in the present language.

import { asRead } from "../core/numbers.js";
import { percent } from "../core/percentages.js";
import { lang, text } from "../state/texts.js";

/** @import { Message } from "../core/types.js" */
/** @import { Task } from "./types.js" */

/** part: "title", "idea", … as attention/training/task.py lists a task's words
 * @type {(name: string, part: string) => string} */
export function taskText(name, part) {
  return text(`task_${name}_${part}`);
}

/** @type {(task: Task, model: string) => string} */
export function modelName(task, model) {
  return text(`model_${task.name}_${model}`);
}

/** What went wrong, in the words of this tab: here is no table that goes on without the server.
 * @type {(problem: Message) => string} */
export function problemInLearn({ key, values }) {
  return text(key === "server_silent" ? "learn_silent" : key, values);
}

/** A blank and the end of a line as one can see them.
 * @type {(character: string) => string} */
export function visibleCharacter(character) {
  return { " ": "␣", "\n": "↵" }[character] ?? character;
}

/** "440 Hz", "1.3 s", "12.5", "2026-03-07" as the language writes them; what else a task says is words,
 * digits or characters already.
 * @type {(step: string) => string} */
export function stepInText(step) {
  if (/^\d+\.\d+$/.test(step)) return asRead(step);
  const day = dayInText(step, { weekday: "short", day: "numeric", month: "short" });
  if (day) return day;
  const [, number, unit] = /^([\d.]+) (Hz|s)$/.exec(step) ?? [];
  if (!number) return visibleCharacter(step);
  return text(unit === "s" ? "unit_s" : "unit_hz", { number: asRead(number) });
}

/** Which step has most of the weight.
 * @type {(weights: number[], steps: string[]) => string} */
export function largestWeightInText(weights, steps) {
  const at = weights.indexOf(Math.max(...weights));
  const values = { number: at + 1, step: stepInText(steps[at]), share: percent(weights[at]) };
  return text("learn_most", values);
}

/** Of a date as "2026-03-07" what is asked for; null: it is none.
 * @type {(step: string, parts: Intl.DateTimeFormatOptions) => string | null} */
export function dayInText(step, parts) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(step)) return null;
  return new Date(step).toLocaleDateString(lang(), { ...parts, timeZone: "UTC" });
}
