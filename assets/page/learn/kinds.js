// One sign for each kind of model, its colour, line and mark: the same in every task and wherever the
// model stands.

import { SIGNS } from "../ui/chart.js";

/** @import { Task } from "./types.js" */

const KINDS = [
  ...["attention", "mean", "self_attention", "lstm", "gru", "last", "plain"],
  ...["bigram", "one_layer", "two_layers"],
];

/** A model of another name has a sign that no other of its task has, as long as there are any.
 * @type {(task: Task, model: string) => number} */
export function signOf({ models }, model) {
  if (KINDS.includes(model)) return KINDS.indexOf(model);
  const free = Array.from({ length: SIGNS }, (_, i) => SIGNS - 1 - i).filter(
    (sign) => !models.includes(KINDS[sign]),
  );
  return free[models.filter((one) => !KINDS.includes(one)).indexOf(model) % free.length];
}
