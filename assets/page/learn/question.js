// Something of one's own, put to the trained models. No page in here.

import { ask, pollUntilReady } from "../state/server.js";

// ask(input, source) asks about it; source: { name, recording, ticket }, whose models answer.
// onchange(): there is news.
// -> question: asking, warming, problem: how it stands;
//    answer: the last one, { input, example, looks, epochs, from }; null where there is none
export function ownQuestion(task, onchange) {
  let round = 0; // an answer to an earlier question comes too late
  const question = {
    asking: false,
    warming: null,
    problem: null,
    answer: null,
    ask: enter,
    forget,
  };
  const news = (changes) => {
    Object.assign(question, changes);
    onchange();
  };

  async function enter(input, { name, recording, ticket }) {
    const mine = (round += 1);
    news({ asking: true, problem: null });
    const request = { task, options: recording.options, ticket, own: input };
    const answer = await pollUntilReady(
      () => ask("answer_own", request),
      () => mine === round,
      (warming) => news({ warming }),
    );
    if (!answer) return;
    if (answer.error) news({ asking: false, problem: answer.error });
    else news({ asking: false, answer: { ...answer, input, from: name } });
  }

  function forget() {
    round += 1;
    Object.assign(question, { asking: false, warming: null, problem: null, answer: null });
  }

  return question;
}
