// One task of the tab Learn: what is known of it, and what of that is in sight.

import { ask } from "../state/server.js";
import { lang } from "../state/texts.js";
import { optionLimits, optionsOf } from "../state/training-options.js";
import { growthOf } from "./growth.js";
import { OwnQuestion } from "./question.js";
import { EpochPlayer } from "./player.js";
import { emptyRecording, momentsOf, rangeInWords, recordAt } from "./recording.js";
import { TrainingRun } from "./run.js";
import { NOTHING_OUT } from "./take-out.js";
import { taskPanels } from "./task-panels.js";
import { inputOf } from "./tries.js";

/** @import { Message } from "../core/types.js" */
/** @import { Chosen } from "./examples.js" */
/** @import { Example, OpenedTask, OwnInput, OwnPoint, Recording, Source, SourceName, Task, Try } from "./types.js" */
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
  taken = NOTHING_OUT;
  /** @type {{ example?: Example, examples?: Example[] }} what could be read last, beside which examples */
  lastRead = {};
  /** @type {Example | undefined} from which steps are taken */
  takenFrom = undefined;
  /** @type {OwnPoint[]} what one's own trainings add to the curves of growth */
  ownGrowth = [];

  /** @param {Task} task @param {Host} host */
  constructor(task, host) {
    this.task = task;
    this.host = host;
    this.question = new OwnQuestion();
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
      choose: (chosen) => this.set({ chosen }),
      take: (taken) => {
        this.taken = taken;
        this.drawAnswers();
      },
    });
    this.node = this.panels.node;
  }

  /** @param {Partial<TaskPage>} changes */
  set(changes) {
    Object.assign(this, changes);
    this.draw();
  }

  /** @param {number | null} moment */
  move(moment) {
    this.set({ moment });
  }

  /** The visitor has gone elsewhere. */
  leave() {
    this.player.stop();
    this.panels.own.leave();
    this.panels.writer?.leave();
  }

  play() {
    if (this.player.isPlaying) this.player.stop();
    else if (this.shown) this.player.play(momentsOf(this.shown.recording), this.presentMoment);
    this.draw();
  }

  get presentMoment() {
    const moments = momentsOf(this.shown?.recording ?? emptyRecording({}));
    return Math.max(this.moment ?? moments.at(-1) ?? 0, moments[0] ?? 0); // a file need not hold the first
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
    this.set({ isOpening: false, problem: null, opened: answer, openedFor: key });
    this.open(); // something else may have been chosen meanwhile
  }

  // What there is to show: a recording, and the examples that it looks at.
  /** @returns {Source | null} */
  get shipped() {
    if (!this.opened?.recording) return null;
    const { recording, examples, reader, answers } = this.opened;
    return { name: "shipped", recording, examples, reader, answers };
  }

  /** @returns {Source | null} */
  get own() {
    const { recording, ofOptions } = this.run ?? {};
    if (!recording || !ofOptions) return null;
    const hasBegun = this.task.models.every((model) => recordAt(recording, model));
    return hasBegun ? { name: "own", recording, ...ofOptions } : null;
  }

  /** @returns {Source | null} */
  get shown() {
    return (this.picked === "own" && this.own) || this.shipped || this.own;
  }

  start() {
    if (this.isTraining) return;
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
    if (!this.own) return;
    if (optionLimits(this.task.name, "length")) this.ownGrowth.push(...growthOf(run.recording));
  }

  /** @param {any} input what the task's reader takes; null: nothing any more
   * @param {string | null} [truth] @param {Example | null} [given] */
  enter(input, truth = null, given = null) {
    const { question } = this;
    question.ask(input, truth, given);
    if (!question.isAsked) return this.set({ chosen: this.chosen === "own" ? 0 : this.chosen });
    // Whoever enters something asks the models as they are in the end; the epochs before are a slide away.
    if (this.chosen !== "own") this.player.stop();
    if (this.chosen === "own") this.drawAnswers();
    else this.set({ chosen: "own", moment: null });
  }

  /** @param {Try} one */
  attempt(one) {
    this.player.stop();
    this.enter(inputOf(one), one.truth, one.example);
    this.panels.answers.reveal();
  }

  /** Trainings on data of two languages are not compared.
   * @param {Recording | null} before @param {Recording} recording */
  isLike(before, recording) {
    return !this.task.by_language || before?.options.lang === recording.options.lang;
  }

  /** Another example has all its steps again; what the models are without stays.
   * @param {Example | undefined} example */
  takenOutOf(example) {
    const { gone } = NOTHING_OUT;
    if (!isSameInput(this.takenFrom, example)) this.taken = { ...this.taken, gone };
    this.takenFrom = example;
    return this.taken;
  }

  draw() {
    if (this.node.hidden) return;
    const { panels, opened, shown, shipped } = this;
    const recording = shown?.recording ?? emptyRecording(this.wantedOptions());
    const moment = this.presentMoment;
    this.node.setAttribute("aria-busy", String(this.isOpening));
    this.node.dataset.ready = String(Boolean(opened) && !this.isOpening);
    panels.story.show();
    panels.trainer.show(this.run, this.host.busy());
    panels.scrubber.show(shown, moment, { shipped, own: this.own }, this.player.isPlaying);
    const before =
      shown?.name === "own" && this.isLike(this.before, recording) ? this.before : null;
    panels.curves.show(recording, moment, before);
    panels.compared.show(recording, moment, before);
    panels.models.show(recording, moment);
    panels.modelNote.show(recording);
    panels.save.show(Boolean(shipped));
    panels.growth.show(opened?.growth ?? [], this.ownGrowth);
    panels.code.show(opened?.code, opened?.marked);
    panels.status.show(this.problem, Boolean(opened) && !shown);
    this.drawAnswers();
  }

  /** What is answered. While something of one's own is half typed, or wrong, it is what could be read before.
   * @param {OwnInput | null} own @returns {Example | undefined} */
  exampleOf(own) {
    const { shown, chosen } = this;
    const found = chosen === "own" ? own?.example : shown?.examples[chosen];
    if (found) this.lastRead = { example: found, examples: shown?.examples };
    const { example, examples } = this.lastRead;
    return examples === shown?.examples ? example : shown?.examples[0];
  }

  /** What follows the keys: the example, and what is said of it. */
  drawAnswers() {
    const { panels, opened, shown, question, chosen } = this;
    const moment = this.presentMoment;
    const own = question.readBy(shown?.reader ?? opened?.reader);
    const isOwn = chosen === "own";
    const example = this.exampleOf(own);
    const tries = opened?.tries ?? NO_TRIES;
    const isTry = tries.some((one) => inputOf(one) === question.input);
    panels.examples.show(shown?.examples ?? [], chosen, example, question.isAsked && !isTry);
    panels.tries.show(tries, isOwn ? question.input : null, this.shipped);
    const taken = this.takenOutOf(example);
    const said = example && shown ? panels.answers.show(example, shown, moment, taken) : "";
    panels.writer?.show(example, shown, moment, taken);
    panels.takeOut.show(example, shown, taken);
    panels.which.show(example, shown, moment, taken);
    panels.own.show(isOwn ? own : null, shown?.reader, epochInWords(shown, moment), said);
  }
}

/** Where only the attention of a row was forced, the steps are those of before.
 * @type {(one: Example | undefined, other: Example | undefined) => boolean} */
function isSameInput(one, other) {
  if (one === other || !other?.forced) return one === other;
  return JSON.stringify(one?.x) === JSON.stringify(other.x);
}

/** After which epoch the models answer.
 * @type {(source: Source | null, moment: number) => string | null} */
function epochInWords(source, moment) {
  if (!source) return null;
  const epochs = Object.keys(source.recording.graphs).map(
    (model) => recordAt(source.recording, model, moment)?.epoch ?? 0,
  );
  return rangeInWords(epochs);
}
