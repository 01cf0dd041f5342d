// What the next training of a task takes: as it is chosen in the tab Learn, or as the task has it.

import { given } from "./given.js";
import { state } from "./store.js";

/** @import { Task } from "./given.js" */
/** @typedef {"train_seed" | "epochs" | "length" | "learn_rate" | "units" | "dropout"} OptionKey as the address has it */
/** @typedef {{ least: number, most: number, usual: number, among?: number[] }} OptionLimits among: all that there are, in order */

/** What a task calls it.
 * @type {Record<OptionKey, string>} */
export const OPTION_OF = {
  ...{ train_seed: "seed", epochs: "epochs", length: "length" },
  ...{ learn_rate: "learning_rate", units: "units", dropout: "dropout" },
};
export const OPTION_KEYS = /** @type {OptionKey[]} */ (Object.keys(OPTION_OF));

/** -> undefined where a task has no such option
 * @type {(task: string | null, key: string) => OptionLimits | undefined} */
export function optionLimits(task, key) {
  const option = OPTION_OF[/** @type {OptionKey} */ (key)];
  const rule = given.tasks.find(({ name }) => name === task)?.rules[option];
  if (!rule) return undefined;
  const { default: usual, enum: among } = rule;
  if (among) return { least: among[0], most: among.at(-1), usual, among };
  return { least: rule.minimum, most: rule.maximum, usual };
}

/** -> what the server's Task.Options takes
 * @type {(task: Task, lang: string) => Record<string, any>} */
export function optionsOf(task, lang) {
  /** @type {Record<string, any>} */
  const options = { lang };
  for (const key of OPTION_KEYS) {
    const limits = optionLimits(task.name, key);
    if (limits) options[OPTION_OF[key]] = state.training[key] ?? limits.usual;
  }
  return options;
}
