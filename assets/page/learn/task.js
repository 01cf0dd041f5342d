// One task of the tab Learn: what is known of it, and what of that is in sight.

import { ask } from "../state/server.js";
import { lang } from "../state/texts.js";
import { optionLimits, optionsOf } from "../state/training-options.js";
import { growthOf } from "./growth.js";
import { ownQuestion } from "./question.js";
import { EpochPlayer } from "./player.js";
import { emptyRecording, lastEpochs, momentsOf, recordAt } from "./recording.js";
import { TrainingRun } from "./run.js";
import { taskPanels } from "./task-panels.js";

/** @import { Message } from "../core/types.js" */
/** @import { Chosen } from "./examples.js" */
/** @import { OpenedTask, OwnPoint, Recording, Source, SourceName, Task, Try } from "./types.js" */
/** @typedef {{ busy: () => string | null, go: () => void, onchange: () => void }} Host busy(): the name of another task that trains now; go(): to that one; onchange(): its training has gone on */

/** @type {Try[]} */
const NO_TRIES = [];

export class TaskPage {
  /** @type {OpenedTask | null} what the server says of the task */
  opened = null;
  openedFor = ""; // with which options, as JSON
  isOpening = false;
  /** @type {Message | null} why it could not be opened */
  problem = null;
  /** @type {TrainingRun | null} one's own training */
  run = null;
  /** @type {Recording | null} what it is compared with: the training before */
  before = null;
  /** @type {SourceName} whose epochs are shown */
  picked = "shipped";
  /** @type {number | null} an epoch, first that before training; null is the newest, whatever comes */
  moment = 0;
  /** @type {Chosen} */
  chosen = 0;
  /** @type {OwnPoint[]} what one's own trainings add to the curves of growth */
  ownGrowth = [];

  /** @param {Task} task @param {Host} host */
  constructor(task, host) {
    this.task = task;
    this.host = host;
    this.question = ownQuestion(task.name, (isAnswered) => {
      if (isAnswered) this.player.stop();
      this.set(isAnswered ? { chosen: "own", moment: null } : {}); // the newest epoch answers
    });
    this.player = new EpochPlayer((moment, isLast) => this.move(isLast ? null : moment));
    this.panels = taskPanels(task, {
      start: () => this.start(),
      stop: () => this.run?.stop(),
      go: host.go,
      open: () => this.open(),
      enter: (input) => this.enter(input),
      attempt: (one) => this.attempt(one),
      pick: (picked) => {
        this.player.stop();
        this.set({ picked, moment: picked === "own" ? null : 0 });
      },
      move: (moment) => {
        this.player.stop();
        this.move(moment);
      },
      play: () => this.play(),
      choose: (chosen) => {
        if (chosen === "own") this.player.stop();
        this.set(chosen === "own" ? { chosen, moment: null } : { chosen });
      },
    });
    this.node = this.panels.node;
  }

  /** @param {Partial<TaskPage>} changes */
  set(changes) {
    Object.assign(this, changes);
    this.draw();
  }

  /** One's own input is answered by the newest epoch alone: the others have an example to show.
   * @param {number | null} moment */
  move(moment) {
    const chosen = moment !== null && this.chosen === "own" ? 0 : this.chosen;
    this.set({ moment, chosen });
  }

  /** The visitor has gone elsewhere. */
  leave() {
    this.player.stop();
    this.panels.own.leave();
  }

  play() {
    if (this.player.isPlaying) this.player.stop();
    else if (this.shown) this.player.play(momentsOf(this.shown.recording), this.presentMoment);
    this.draw();
  }

  get presentMoment() {
    return this.moment ?? momentsOf(this.shown?.recording ?? emptyRecording({})).at(-1) ?? 0;
  }

  get isTraining() {
    return Boolean(this.run && !this.run.isOver);
  }

  wantedOptions() {
    return optionsOf(this.task, lang());
  }

  /** The server is asked once for each language and length; seed and epochs change nothing of it. */
  async open() {
    const options = this.wantedOptions();
    const key = JSON.stringify([options.lang, options.length]);
    if (this.isOpening || this.openedFor === key) return;
    this.set({ isOpening: true });
    const answer = await ask("open_task", { task: this.task.name, options });
    if (answer.error) return this.set({ isOpening: false, problem: answer.error });
    if (this.question.answer?.from === "shipped") this.forgetAnswer();
    this.set({ isOpening: false, problem: null, opened: answer, openedFor: key });
    this.open(); // something else may have been chosen meanwhile
  }

  forgetAnswer() {
    this.question.forget();
    if (this.chosen === "own") this.chosen = 0;
  }

  // What there is to show: a recording, and the examples that it looks at.
  /** @returns {Source | null} */
  get shipped() {
    const { recording, examples } = this.opened ?? {};
    return recording && examples ? { name: "shipped", ticket: null, recording, examples } : null;
  }

  /** @returns {Source | null} */
  get own() {
    if (!this.run) return null;
    const { ticket, recording, examples } = this.run;
    const hasBegun = this.task.models.every((model) => recordAt(recording, model));
    return hasBegun ? { name: "own", ticket, recording, examples } : null;
  }

  /** @returns {Source | null} */
  get shown() {
    return (this.picked === "own" && this.own) || this.shipped || this.own;
  }

  start() {
    if (this.isTraining) return;
    if (this.question.answer?.from === "own") this.forgetAnswer();
    const before = (this.own ?? this.shipped)?.recording ?? null;
    const run = new TrainingRun(this.task.name, this.wantedOptions(), (isNowOver) => {
      if (isNowOver) this.finish(run);
      this.host.onchange();
    });
    this.player.stop();
    this.set({ run, before, picked: "own", moment: null });
  }

  /** @param {TrainingRun} run */
  finish(run) {
    const { own, question } = this;
    if (!own) return;
    if (optionLimits(this.task.name, "length")) this.ownGrowth.push(...growthOf(run.recording));
    // The models have learned more since they were asked.
    if (question.answer?.from === "own")
      question.ask(question.answer.input, own, question.answer.example.truth);
  }

  /** @param {any} input what the task's `read` takes @param {string | null} [truth] */
  async enter(input, truth = null) {
    const recording = emptyRecording(this.wantedOptions());
    const untrained = /** @type {Source} */ ({ name: "shipped", ticket: null, recording });
    await this.question.ask(input, this.shown ?? untrained, truth);
    if (this.question.answer?.input === input) this.panels.answers.reveal();
  }

  /** The answers of the recording are known; other models are asked.
   * @param {Try} one */
  attempt({ own, example, looks }) {
    const { shown } = this;
    if (!looks || shown?.name !== "shipped") return this.enter(own, example.truth);
    const epochs = lastEpochs(shown.recording);
    this.question.take({ input: own, from: "shipped", example, looks, epochs });
  }

  /** Trainings on data of two languages are not compared.
   * @param {Recording | null} before @param {Recording} recording */
  isLike(before, recording) {
    return !this.task.by_language || before?.options.lang === recording.options.lang;
  }

  draw() {
    if (this.node.hidden) return;
    const { panels, opened, shown, shipped, own, question, chosen } = this;
    const recording = shown?.recording ?? emptyRecording(this.wantedOptions());
    const moment = this.presentMoment;
    const answer = chosen === "own" ? question.answer : null;
    const recorded = chosen === "own" ? undefined : shown?.examples[chosen];
    this.node.setAttribute("aria-busy", String(this.isOpening));
    this.node.dataset.ready = String(Boolean(opened) && !this.isOpening);
    panels.story.show();
    panels.trainer.show(this.run, this.host.busy());
    panels.scrubber.show(shown, moment, { shipped, own }, this.player.isPlaying);
    const before =
      shown?.name === "own" && this.isLike(this.before, recording) ? this.before : null;
    panels.curves.show(recording, moment, before);
    panels.compared.show(recording, moment, before);
    panels.models.show(recording, moment);
    panels.modelNote.show(recording);
    const example = answer?.example ?? recorded;
    const tries = opened?.tries ?? NO_TRIES;
    const isTry = tries.some(({ own }) => own === question.answer?.input);
    panels.examples.show(
      shown?.examples ?? [],
      chosen,
      example,
      Boolean(question.answer) && !isTry,
    );
    panels.tries.show(tries, answer);
    if (answer) panels.answers.showOwn(answer);
    else if (recorded) panels.answers.showRecorded(recorded, Number(chosen), recording, moment);
    panels.own.show(question, answer);
    panels.growth.show(opened?.growth ?? [], this.ownGrowth);
    panels.code.show(opened?.code, opened?.marked);
    panels.status.show(this.problem, Boolean(opened) && !shown);
  }
}
