// What a round of answers is called.

import { text } from "../state/texts.js";

/** @import { ClassRound } from "../state/store.js" */

/** "before", "after"
 * @type {(rounds: ClassRound[], at: number) => string} */
export const roundName = (rounds, at) =>
  text(at < rounds.length - 1 ? "class_before" : "class_after");

/** "before · answers: 29"
 * @type {(rounds: ClassRound[], at: number) => string} */
export function roundWords(rounds, at) {
  const count = text("class_round_answers", { answered: rounds[at].answered });
  return rounds.length > 1 ? `${roundName(rounds, at)} · ${count}` : count;
}
