// Something of one's own, put to the trained models. No page in here.

import { ask, pollUntilReady } from "../state/server.js";

/** @import { QuestionState, Source } from "./types.js" */

/** onchange(isAnswered): there is news. ask(input, source): source's models answer
 * @type {(task: string, onchange: (isAnswered: boolean) => void) => QuestionState & { ask: (input: any, source: Source) => Promise<void>, forget: () => void }} */
export function ownQuestion(task, onchange) {
  let round = 0; // an answer to an earlier question comes too late
  /** @type {QuestionState} */
  const unasked = { asking: false, warming: null, problem: null, answer: null };
  const question = { ...unasked, ask: askModels, forget };
  /** @type {(changes: Partial<QuestionState>) => void} */
  const change = (changes) => {
    Object.assign(question, changes);
    onchange("answer" in changes);
  };

  /** @type {(input: any, source: Source) => Promise<void>} */
  async function askModels(input, { name, recording, ticket }) {
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
    else change({ asking: false, answer: { ...answer, input, from: name } });
  }

  function forget() {
    round += 1;
    Object.assign(question, unasked);
  }

  return question;
}
