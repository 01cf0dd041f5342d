// Something of one's own, put to the trained models. No page in here.

import { ask, pollUntilReady } from "../state/server.js";

/** @import { OwnAnswer, QuestionState, Source } from "./types.js" */

/** onchange(isAnswered): there is news. ask(input, source): source's models answer; truth: where the right
 * answer is known beforehand; take: an answer that is known beforehand
 * @type {(task: string, onchange: (isAnswered: boolean) => void) => QuestionState & { ask: (input: any, source: Source, truth?: string | null) => Promise<void>, take: (answer: OwnAnswer) => void, forget: () => void }} */
export function ownQuestion(task, onchange) {
  let round = 0; // an answer to an earlier question comes too late
  /** @type {QuestionState} */
  const unasked = { asking: false, warming: null, problem: null, answer: null };
  const question = { ...unasked, ask: askModels, take, forget };
  /** @type {(changes: Partial<QuestionState>) => void} */
  const change = (changes) => {
    Object.assign(question, changes);
    onchange("answer" in changes);
  };

  /** @type {(input: any, source: Source, truth?: string | null) => Promise<void>} */
  async function askModels(input, { name, recording, ticket }, truth = null) {
    const mine = (round += 1);
    change({ asking: true, problem: null });
    const request = { task, options: recording.options, ticket, own: input };
    const answer = await pollUntilReady(
      () => ask("answer_own", request),
      () => mine === round,
      (warming) => change({ warming }),
    );
    if (!answer) return;
    if (answer.error) change({ asking: false, problem: answer.error });
    else {
      answer.example.truth ??= truth;
      change({ asking: false, answer: { ...answer, input, from: name } });
    }
  }

  /** @type {(answer: OwnAnswer) => void} */
  function take(answer) {
    round += 1;
    change({ ...unasked, answer });
  }

  function forget() {
    round += 1;
    Object.assign(question, unasked);
  }

  return question;
}
