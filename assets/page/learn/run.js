// One training on the server, from the press of the button to its end: it lives as long as somebody
// asks for it, and so ends a while after its page is closed. No page in here.

import { ask, askWithin } from "../state/server.js";

// Milliseconds:
const [ASK_AGAIN, ASK_QUEUE] = [330, 1000]; // between an answer and the next question
const LONGEST_ANSWER = 5000; // a connection that is dead says nothing, so one has to give up
const LOST_AFTER = 1500; // without an answer, until the page says that the server is silent

// server: as for `ask`; options: what to train. onchange(): there is news.
// -> what is known of it, always up to date:
//    examples, recording { options, parameters, epochs, over };
//    phase: "asking" for a place, "queued", "warming", "training" or "over";
//    place in the queue, seconds that it trains, batch { model, epoch, loss };
//    stopping: it has been asked to end;
//    lost: the server does not answer now; problem: why there is no training, { key, values }
export function startTraining(task, options, onchange) {
  const run = {
    options,
    ticket: null,
    phase: "asking",
    examples: [],
    recording: { options, parameters: {}, epochs: [], over: null },
    place: 0,
    seconds: 0,
    batch: null,
    lost: false,
    problem: null,
    stopping: false,
    stop,
  };
  let heardAt = performance.now();
  let round = 0; // whose questions count: those since the press of "Stop", once it is pressed

  const news = (changes) => {
    Object.assign(run, changes);
    onchange();
  };

  async function begin() {
    const answer = await ask("start_training", { task, options });
    if (answer.error) return news({ phase: "over", problem: answer.error });
    news({ ticket: answer.ticket, examples: answer.examples });
    follow();
  }

  // One question after the other; each asks only for what is new.
  async function follow() {
    const mine = (round += 1);
    const name = run.stopping ? "stop_training" : "follow_training";
    heardAt = performance.now();
    while (mine === round && run.phase !== "over") {
      const request = { ticket: run.ticket, since: run.recording.epochs.length };
      const answer = await askWithin(LONGEST_ANSWER, name, request);
      if (mine !== round) return;
      if (answer.error) miss(answer.error);
      else hear(answer);
      const pause = run.phase === "queued" ? ASK_QUEUE : ASK_AGAIN;
      await new Promise((done) => setTimeout(done, pause));
    }
  }

  // No answer may be bad luck; an answer that refuses means that the server has forgotten it.
  function miss(error) {
    const silence = performance.now() - heardAt;
    if (error.key !== "server_silent") news({ phase: "over", lost: false, problem: error });
    else if (silence > LOST_AFTER && !run.lost) news({ lost: true });
  }

  function hear({ place, warming, seconds, batch, recording }) {
    heardAt = performance.now();
    const epochs = [...run.recording.epochs, ...recording.epochs];
    const phase = recording.over ? "over" : place ? "queued" : warming ? "warming" : "training";
    news({
      ...{ place, seconds, batch, phase, lost: false },
      recording: { ...recording, epochs },
    });
  }

  // At once, not behind a question that is on its way.
  function stop() {
    if (run.stopping) return;
    news({ stopping: true });
    if (run.ticket) follow();
  }

  begin();
  return run;
}
