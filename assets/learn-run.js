// One training on the server, from the press of the button to its end: it lives as long as somebody
// asks for it, and so ends a while after its page is closed. No page in here.

const ASK_AGAIN = 330; // milliseconds between an answer and the next question
const LOST_ANSWERS = 4; // in a row, until the page says that the server is silent

// server: as for `ask`; options: what to train. onchange(): there is news.
// -> what is known of it, always up to date:
//    examples, recording { options, parameters, epochs, over };
//    phase: "asking" for a place, "queued", "warming", "training" or "over";
//    place in the queue, seconds that it trains, batch { model, epoch, loss };
//    stopping: it has been asked to end;
//    lost: the server does not answer now; problem: why there is no training, { key, values }
function startTraining(server, task, options, onchange) {
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
  let failures = 0;

  const news = (changes) => {
    Object.assign(run, changes);
    onchange();
  };

  async function begin() {
    const answer = await ask(server, "start_training", { task, options });
    if (answer.error) return news({ phase: "over", problem: answer.error });
    news({ ticket: answer.ticket, examples: answer.examples });
    follow();
  }

  // One question at a time; each asks only for what is new.
  async function follow() {
    while (run.phase !== "over") {
      const name = run.stopping ? "stop_training" : "follow_training";
      const since = run.recording.epochs.length;
      const answer = await ask(server, name, { ticket: run.ticket, since });
      if (answer.error) miss(answer.error);
      else hear(answer);
      if (run.phase !== "over") await new Promise((done) => setTimeout(done, ASK_AGAIN));
    }
  }

  // No answer may be bad luck; an answer that refuses means that the server has forgotten it.
  function miss(error) {
    failures += 1;
    if (error.key !== "server_silent") news({ phase: "over", lost: false, problem: error });
    else if (failures >= LOST_ANSWERS && !run.lost) news({ lost: true });
  }

  function hear({ place, warming, seconds, batch, recording }) {
    failures = 0;
    const epochs = [...run.recording.epochs, ...recording.epochs];
    const phase = recording.over ? "over" : place ? "queued" : warming ? "warming" : "training";
    news({
      ...{ place, seconds, batch, phase, lost: false },
      recording: { ...recording, epochs },
    });
  }

  function stop() {
    news({ stopping: true });
  }

  begin();
  return run;
}
