// One training on the server, from the press of the button to its end: it lives as long as somebody
// asks for it, and so ends a while after its page is closed. No page in here.

import { ask, askWithin } from "../state/server.js";
import { emptyRecording } from "./recording.js";

/** @import { Message } from "../core/types.js" */
/** @import { Batch, OfOptions } from "./types.js" */

// Milliseconds:
const [ASK_AGAIN, ASK_QUEUE] = [330, 1000]; // between an answer and the next question
const LONGEST_ANSWER = 5000; // a connection that is dead says nothing, so one has to give up
const LOST_AFTER = 1500; // without an answer, until the page says that the server is silent

export class TrainingRun {
  /** @type {"asking" | "queued" | "warming" | "training" | "over"} asking for a place in the queue */
  phase = "asking";
  /** @type {string | null} */
  ticket = null;
  /** @type {OfOptions | null} what goes with its options */
  ofOptions = null;
  place = 0; // in the queue
  seconds = 0; // that it trains
  /** @type {Batch | null} */
  batch = null;
  isLost = false; // the server does not answer now
  isStopping = false; // it has been asked to end
  /** @type {Message | null} why there is no training */
  problem = null;
  answeredAt = performance.now();
  round = 0; // whose questions count: those since the press of "Stop", once it is pressed

  /** options: as for the task's Options; onchange(isNowOver): there is news
   * @param {string} task @param {Record<string, any>} options @param {(isNowOver: boolean) => void} onchange */
  constructor(task, options, onchange) {
    this.task = task;
    this.options = options;
    this.onchange = onchange;
    this.recording = emptyRecording(options);
    this.start();
  }

  get isOver() {
    return this.phase === "over";
  }

  /** @param {Partial<TrainingRun>} changes */
  change(changes) {
    const wasOver = this.isOver;
    Object.assign(this, changes);
    this.onchange(this.isOver && !wasOver);
  }

  async start() {
    const { task, options } = this;
    const answer = await ask("start_training", { task, options });
    if (answer.error) return this.change({ phase: "over", problem: answer.error });
    const { ticket, examples, reader, answers } = answer;
    this.change({ ticket, ofOptions: { examples, reader, answers } });
    return this.follow();
  }

  /** One question after the other; each asks only for what is new. */
  async follow() {
    const round = (this.round += 1);
    const name = this.isStopping ? "stop_training" : "follow_training";
    this.answeredAt = performance.now();
    while (round === this.round && !this.isOver) {
      const request = { ticket: this.ticket, since: this.recording.epochs.length };
      const answer = await askWithin(LONGEST_ANSWER, name, request);
      if (round !== this.round) return;
      if (answer.error) this.miss(answer.error);
      else this.take(answer);
      const pause = this.phase === "queued" ? ASK_QUEUE : ASK_AGAIN;
      await new Promise((done) => setTimeout(done, pause));
    }
  }

  /** No answer may be bad luck; an answer that refuses means that the server has forgotten it.
   * @param {Message} problem */
  miss(problem) {
    const silence = performance.now() - this.answeredAt;
    if (problem.key !== "server_silent") this.change({ phase: "over", isLost: false, problem });
    else if (silence > LOST_AFTER && !this.isLost) this.change({ isLost: true });
  }

  /** @param {Record<string, any>} answer */
  take({ place, warming, seconds, batch, recording }) {
    this.answeredAt = performance.now();
    const epochs = [...this.recording.epochs, ...recording.epochs];
    const phase = recording.over ? "over" : place ? "queued" : warming ? "warming" : "training";
    const graphs = { ...this.recording.graphs, ...recording.graphs }; // they come once
    const progress = { place, seconds, batch, recording: { ...recording, epochs, graphs } };
    this.change({ ...progress, phase, isLost: false });
  }

  /** At once, not behind a question that is on its way. */
  stop() {
    if (this.isStopping) return;
    this.change({ isStopping: true });
    if (this.ticket) this.follow();
  }
}
