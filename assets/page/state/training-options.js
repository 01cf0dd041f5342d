// What the next training of a task takes: as it is chosen in the tab Learn, or as the task has it.

import { given } from "./given.js";
import { state } from "./store.js";

/** @import { Task } from "./given.js" */
/** @typedef {"train_seed" | "epochs" | "length"} OptionKey as the address has it */
/** @typedef {{ least: number, most: number, usual: number }} OptionLimits */

/** What a task calls it.
 * @type {Record<OptionKey, string>} */
const OPTION_OF = { train_seed: "seed", epochs: "epochs", length: "length" };

/** -> undefined where a task has no such option
 * @type {(task: string | null, key: string) => OptionLimits | undefined} */
export function optionLimits(task, key) {
  const option = OPTION_OF[/** @type {OptionKey} */ (key)];
  const rule = given.tasks.find(({ name }) => name === task)?.rules[option];
  return rule && { least: rule.minimum, most: rule.maximum, usual: rule.default };
}

/** -> what the server's Task.Options takes
 * @type {(task: Task, lang: string) => Record<string, any>} */
export function optionsOf(task, lang) {
  /** @type {Record<string, any>} */
  const options = { lang };
  for (const [key, name] of Object.entries(OPTION_OF)) {
    const limits = optionLimits(task.name, key);
    if (limits) options[name] = state.training[/** @type {OptionKey} */ (key)] ?? limits.usual;
  }
  return options;
}
