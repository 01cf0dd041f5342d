// The button that trains, what may be chosen of it, and how it goes on.

import { fixedNumber } from "../core/numbers.js";
import { chooseTraining } from "../state/choices.js";
import { state } from "../state/store.js";
import { text } from "../state/texts.js";
import { OPTION_KEYS, optionLimits } from "../state/training-options.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { filledSlider } from "../ui/filled-slider.js";
import { term } from "../ui/term.js";
import { wholeNumberField } from "../ui/whole-number.js";
import { optionInText } from "./compared.js";
import { modelName, problemInLearn, taskText } from "./learn-texts.js";
import { recordAt, shareDone } from "./recording.js";

/** @import { OptionKey, OptionLimits } from "../state/training-options.js" */
/** @import { TrainingRun } from "./run.js" */
/** @import { Task } from "./types.js" */

/** start(), stop(): pressed; go(): to the task that trains. busy: the name of another one that does
 * @type {(task: Task, on: { start: () => void, stop: () => void, go: () => void }) => { node: HTMLElement, show: (run: TrainingRun | null, busy: string | null) => void }} */
export function trainerPanel(task, { start, stop, go }) {
  const train = makeButton("learn-train", start, "pill primary");
  const end = makeButton("learn-stop", stop);
  const toBusy = makeButton("learn-go", go);
  const fields = optionFields(task);
  // What is read aloud changes with the phase; what runs through is only seen.
  const status = make("p", { role: "status", "data-testid": "learn-status" });
  const bar = make("progress", { max: 1, "data-testid": "learn-progress" });
  const details = make("p", { class: "note", "data-testid": "learn-details" });
  const group = make("div", { class: "group" }, train, end, ...fields.map(({ node }) => node));
  return {
    node: make("div", { class: "panel trainer" }, group, status, bar, details, toBusy),
    show(run, busy) {
      const isGoing = Boolean(run && !run.isOver);
      showText(train, text(run ? "learn_train_again" : "learn_train"));
      showText(end, text("learn_stop"));
      train.disabled = isGoing || Boolean(busy);
      end.hidden = !isGoing;
      end.disabled = isGoing && Boolean(run?.isStopping);
      toBusy.hidden = !busy;
      showText(toBusy, text("learn_go"));
      fields.forEach((field) => field.update(isGoing));
      showText(status, statusInWords(task, run, busy));
      const training = run?.phase === "training" ? run : null;
      const share = training ? shareDone(training.recording, task.models, training.batch) : 0;
      bar.classList.toggle("idle", !isGoing);
      bar.value = share;
      bar.setAttribute("aria-label", text("learn_progress"));
      showText(details, training ? progressInWords(task, training, share) : "");
    },
  };
}

/** @type {(task: Task, run: TrainingRun | null, busy: string | null) => string} */
function statusInWords(task, run, busy) {
  if (busy) return text("learn_busy", { task: taskText(busy, "title") });
  if (!run) return text("learn_idle", { count: task.models.length, seconds: task.seconds });
  if (run.isLost) return text("learn_lost");
  if (run.problem) return run.ticket ? text("learn_forgotten") : problemInLearn(run.problem);
  const seconds = fixedNumber(run.seconds, 1);
  const values = { seconds, place: run.place, most: task.seconds };
  const { over } = run.recording;
  if (over) return text(`learn_over_${over}`, values);
  return text(run.isStopping ? "learn_stopping" : `learn_${run.phase}`, values);
}

/** @type {(task: Task, run: TrainingRun, share: number) => string} */
function progressInWords(task, { recording, batch, seconds }, share) {
  const model = batch?.model ?? task.models[0];
  const epoch = Math.min(Math.floor(batch?.epoch ?? 0) + 1, recording.options.epochs);
  const loss = batch?.loss ?? recordAt(recording, model)?.loss ?? null;
  const words = [
    text("learn_epoch_of", { epoch, epochs: recording.options.epochs }),
    modelName(task, model),
  ];
  if (loss !== null) words.push(text("learn_loss_now", { loss: fixedNumber(loss, 3) }));
  if (share > 0) {
    const left = Math.min((seconds * (1 - share)) / share, task.seconds - seconds);
    words.push(text("learn_left", { seconds: Math.max(1, Math.round(left)) }));
  }
  return words.join(" · ");
}

/** @typedef {{ node: HTMLElement, update: (isGoing: boolean) => void }} OptionField a number that the next training takes */

/** @type {(task: Task) => OptionField[]} */
function optionFields(task) {
  return OPTION_KEYS.flatMap((key) => {
    const limits = optionLimits(task.name, key);
    if (!limits) return [];
    if (limits.among) return choiceOption(key, limits, limits.among);
    return key === "length" ? lengthOption(limits) : numberOption(key, limits);
  });
}

/** @type {(key: OptionKey, limits: OptionLimits) => { read: () => number, write: (number: number) => void }} */
function optionValue(key, { usual }) {
  return {
    read: () => state.training[key] ?? usual,
    write: (number) => chooseTraining({ [key]: number === usual ? null : number }),
  };
}

/** @type {(limits: OptionLimits) => OptionField} */
function lengthOption(limits) {
  const { read, write } = optionValue("length", limits);
  const caption = make("span", { class: "caption" });
  const number = make("output", { class: "digits" });
  const slider = filledSlider({
    testid: "learn-length",
    onslide: (value) => showText(number, String(value)),
    onrest: write,
  });
  return {
    node: make("label", { class: "field" }, caption, slider.node, number),
    update(isGoing) {
      showText(caption, text("learn_length"));
      slider.node.disabled = isGoing;
      if (document.activeElement === slider.node) return; // it is being dragged
      slider.set(read(), [limits.least, limits.most]);
      showText(number, slider.node.value);
    },
  };
}

/** @type {(key: OptionKey, limits: OptionLimits) => OptionField} */
function numberOption(key, limits) {
  const { read, write } = optionValue(key, limits);
  const { least, most } = limits;
  const caption = make("span", { class: "caption" });
  const testid = `learn-${key}`;
  const field = wholeNumberField({ testid, key, limits: [least, most], read, write });
  return {
    node: make("label", { class: "field" }, caption, field),
    update(isGoing) {
      showText(caption, text(`learn_${key}`));
      field.disabled = isGoing;
      if (document.activeElement !== field) field.value = String(read()); // else perhaps half typed
    },
  };
}

/** What it does to the curves is one tap away.
 * @type {(key: OptionKey, limits: OptionLimits, among: number[]) => OptionField} */
function choiceOption(key, limits, among) {
  const { read, write } = optionValue(key, limits);
  const word = term(key);
  const options = among.map((value) => make("option", { value }));
  const onchange = () => write(Number(select.value));
  /** @type {HTMLSelectElement} */
  const select = make("select", { "data-testid": `learn-${key}`, onchange }, ...options);
  return {
    node: make("div", { class: "field" }, make("span", { class: "caption" }, word.node), select),
    update(isGoing) {
      word.say(text(`learn_${key}`));
      select.setAttribute("aria-label", text(`learn_${key}`));
      among.forEach((value, i) => showText(options[i], optionInText(value)));
      select.value = String(read());
      select.disabled = isGoing;
    },
  };
}
