// The button that trains, what may be chosen of it, and how it goes on.

import { fixedNumber } from "../core/numbers.js";
import { chooseTraining } from "../state/choices.js";
import { state } from "../state/store.js";
import { inLanguage, text } from "../state/texts.js";
import { optionLimits } from "../state/training-options.js";
import { make, showText } from "../ui/dom.js";
import { filledSlider } from "../ui/filled-slider.js";
import { wholeNumberField } from "../ui/whole-number.js";
import { recordAt, shareDone } from "./recording.js";

// task: { name, models, rules, seconds }; start(), stop(): pressed; go(): to the task that trains
export function trainerPanel(task, { start, stop, go }) {
  const button = (testid, onclick, kind = "") =>
    make("button", { type: "button", class: `pill ${kind}`, "data-testid": testid, onclick });
  const train = button("learn-train", start, "primary");
  const end = button("learn-stop", stop);
  const there = button("learn-go", go);
  const fields = ["train_seed", "epochs", "length"]
    .filter((key) => optionLimits(task.name, key))
    .map((key) => optionField(task, key));
  // What is read aloud changes with the phase; what runs through is only seen.
  const status = make("p", { role: "status", "data-testid": "learn-status" });
  const bar = make("progress", { max: 1, "data-testid": "learn-progress" });
  const details = make("p", { class: "note", "data-testid": "learn-details" });
  const node = make(
    "div",
    { class: "panel trainer" },
    make("div", { class: "group" }, train, end, ...fields.map(({ node }) => node)),
    status,
    bar,
    details,
    there,
  );

  // What stands where nothing trains, or has trained.
  const idle = () => text("learn_idle", { count: task.models.length, seconds: task.seconds });

  function phase(run, busy) {
    if (busy) return text("learn_busy", { task: text(`task_${busy}_title`) });
    if (!run) return idle();
    if (run.lost) return text("learn_lost");
    if (run.problem && !run.ticket) return problemInLearn(run.problem);
    if (run.problem) return text("learn_forgotten");
    const { over } = run.recording;
    const seconds = inLanguage(run.seconds.toFixed(1));
    const values = { seconds, place: run.place, most: task.seconds };
    if (over) return text(`learn_over_${over}`, values);
    return text(run.stopping ? "learn_stopping" : `learn_${run.phase}`, values);
  }

  function course({ recording, batch, seconds }, share) {
    const model = batch?.model ?? task.models[0];
    const epoch = Math.min(Math.floor(batch?.epoch ?? 0) + 1, recording.options.epochs);
    const loss = batch?.loss ?? recordAt(recording, model, Infinity)?.loss ?? null;
    const left = Math.min((seconds * (1 - share)) / share, task.seconds - seconds);
    const written = loss === null ? null : inLanguage(fixedNumber(loss, 3));
    const words = [
      text("learn_epoch_of", { epoch, epochs: recording.options.epochs }),
      modelName(task, model),
      ...(written ? [text("learn_loss_now", { loss: written })] : []),
      ...(share > 0 ? [text("learn_left", { seconds: Math.max(1, Math.round(left)) })] : []),
    ];
    return words.join(" · ");
  }

  return {
    node,
    // run: of learn-run.js or null; busy: name of another task that trains now, or null
    show(run, busy) {
      const going = Boolean(run) && run.phase !== "over";
      showText(train, text(run ? "learn_train_again" : "learn_train"));
      showText(end, text("learn_stop"));
      train.disabled = going || Boolean(busy);
      end.hidden = !going;
      end.disabled = going && run.stopping;
      there.hidden = !busy;
      showText(there, text("learn_go"));
      fields.forEach((field) => field.update(going));
      showText(status, phase(run, busy));
      const training = going && run.phase === "training";
      const share = training ? shareDone(run.recording, task.models, run.batch) : 0;
      bar.classList.toggle("idle", !going);
      bar.value = share;
      bar.setAttribute("aria-label", text("learn_progress"));
      showText(details, training ? course(run, share) : "");
    },
  };
}

// A whole number that the next training takes; a length is dragged, the others are typed.
function optionField(task, key) {
  const { least, most, usual } = optionLimits(task.name, key);
  const read = () => state.training[key] ?? usual;
  const write = (number) => chooseTraining({ [key]: number === usual ? null : number });
  const caption = make("span", { class: "caption" });
  const testid = `learn-${key}`;
  if (key === "length") {
    const number = make("output", { class: "digits" });
    const slider = filledSlider({
      testid,
      onslide: (value) => showText(number, String(value)),
      onrest: write,
    });
    return {
      node: make("label", { class: "field" }, caption, slider.node, number),
      update(going) {
        showText(caption, text("learn_length"));
        slider.node.disabled = going;
        if (document.activeElement === slider.node) return; // it is being dragged
        slider.set(read(), [least, most]);
        showText(number, slider.node.value);
      },
    };
  }
  const field = wholeNumberField({ testid, key, limits: [least, most], read, write });
  return {
    node: make("label", { class: "field" }, caption, field),
    update(going) {
      showText(caption, text(`learn_${key}`));
      field.disabled = going;
      if (document.activeElement !== field) field.value = read(); // else perhaps half typed
    },
  };
}

// What went wrong, in the words of this tab: here is no table that goes on without the server.
export function problemInLearn({ key, values }) {
  return text(key === "server_silent" ? "learn_silent" : key, values);
}

export function modelName(task, model) {
  return text(`model_${task.name}_${model}`);
}
