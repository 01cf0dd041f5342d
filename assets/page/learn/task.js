// One task of the tab Learn: what is known of it, and what of that is in sight.

import { ask } from "../state/server.js";
import { lang, text } from "../state/texts.js";
import { optionLimits, optionsOf } from "../state/training-options.js";
import { make, showText } from "../ui/dom.js";
import { learningCurves } from "./curves.js";
import { examplePicker } from "./examples.js";
import { growthOf, growthPanel } from "./growth.js";
import { looksPanel } from "./looks.js";
import { modelCode, modelTable } from "./models.js";
import { ownPanel } from "./own.js";
import { ownQuestion } from "./question.js";
import { momentsOf, recordAt } from "./recording.js";
import { startTraining } from "./run.js";
import { epochScrubber } from "./scrubber.js";
import { taskStory } from "./story.js";
import { problemInLearn, trainerPanel } from "./trainer.js";

// task: { name, models, rules, seconds }; busy(): the name of another task that trains now, or null;
// go(): to that one; news(): its training has gone on
export function taskPage(task, { busy, go, news }) {
  let opened = null; // what the server says of the task: { code, recording, examples, growth }
  let openedFor = null; // with which options
  let opening = false;
  let problem = null;
  let run = null; // one's own training: of learn-run.js
  let ended = null; // the run whose end has been seen
  let picked = "shipped"; // or "own": whose epochs are shown
  let moment = null; // an epoch; null is the newest, whatever comes
  let chosen = 0; // number of the example, or "own"
  const grown = []; // what one's own trainings add to the curves of growth

  const set = (change) => {
    change();
    draw();
  };
  const question = ownQuestion(task.name, () => {
    if (question.answer !== answered) [answered, chosen] = [question.answer, "own"];
    draw();
  });
  let answered = null; // the answer that has been seen
  const panels = taskPanels(task, {
    ...{ start, stop: () => run.stop(), go, enter, open },
    pick: (name) => set(() => ([picked, moment] = [name, null])),
    move: (epoch) => set(() => (moment = epoch)),
    choose: (i) => set(() => (chosen = i)),
  });
  const { node } = panels;

  const wanted = () => optionsOf(task, lang());

  // The server is asked once for each language and length; seed and epochs change nothing of it.
  async function open() {
    const { lang, length } = wanted();
    const key = JSON.stringify([lang, length]);
    if (opening || openedFor === key) return;
    set(() => (opening = true));
    const answer = await ask("open_task", { task: task.name, options: wanted() });
    opening = false;
    problem = answer.error ?? null;
    if (!problem) {
      [opened, openedFor] = [answer, key];
      if (question.answer?.from === "shipped") forgetOwn();
    }
    draw();
    if (!problem) open(); // something else may have been chosen meanwhile
  }

  function forgetOwn() {
    question.forget();
    answered = null;
    if (chosen === "own") chosen = 0;
  }

  // What there is to show: a recording, and the examples that it looks at.
  const shipped = () => opened?.recording && { name: "shipped", ticket: null, ...opened };
  const mine = () =>
    run && task.models.every((model) => recordAt(run.recording, model, Infinity))
      ? { name: "own", ...run }
      : null;
  const present = () => (picked === "own" && mine()) || shipped() || mine() || null;

  function start() {
    if (run && run.phase !== "over") return;
    [picked, moment] = ["own", null];
    if (question.answer?.from === "own") forgetOwn();
    run = startTraining(task.name, wanted(), heard);
    draw();
  }

  function heard() {
    if (run.phase === "over" && ended !== run) finish();
    news();
  }

  function finish() {
    ended = run;
    if (!mine()) return;
    if (optionLimits(task.name, "length")) grown.push(...growthOf(run.recording, task.models));
    // The models have learned more since they were asked.
    if (question.answer?.from === "own") question.ask(question.answer.input, mine());
  }

  function enter(input) {
    const untrained = {
      name: "shipped",
      ticket: null,
      recording: { options: wanted(), epochs: [] },
    };
    question.ask(input, present() ?? untrained);
  }

  function draw() {
    if (node.hidden) return;
    const shown = present();
    const recording = shown?.recording ?? { options: wanted(), parameters: {}, epochs: [] };
    const at = moment ?? momentsOf(recording).at(-1) ?? 0;
    const answer = chosen === "own" ? question.answer : null;
    const example = answer ? answer.example : shown?.examples[chosen];
    node.setAttribute("aria-busy", opening);
    node.dataset.ready = String(Boolean(opened) && !opening);
    panels.story.show(opened?.examples[0]);
    panels.trainer.show(run, busy());
    panels.scrubber.show(shown, at, { shipped: shipped(), own: mine() });
    panels.curves.show(recording, at);
    panels.models.show(recording, at);
    panels.examples.show(shown?.examples ?? [], chosen, example, Boolean(question.answer));
    if (answer) panels.looks.showOwn(answer);
    else if (example) panels.looks.showRecorded(example, chosen, recording, at);
    panels.own.show(question, answer);
    panels.growth.show(opened?.growth, grown);
    panels.code.show(opened?.code);
    panels.status.show(problem, Boolean(opened) && !shown);
  }

  return {
    node,
    open,
    draw,
    leave: panels.own.leave,
    training: () => Boolean(run) && run.phase !== "over",
  };
}

// Everything that stands on it, and where.
// on: start(), stop(), go(), open(), enter(input), pick(source), move(epoch), choose(i)
function taskPanels(task, on) {
  const panels = {
    story: taskStory(task),
    trainer: trainerPanel(task, on),
    status: openingStatus(on.open),
    scrubber: epochScrubber(on),
    curves: learningCurves(task),
    models: modelTable(task),
    examples: examplePicker(task, on.choose),
    own: ownPanel(task, on.enter),
    looks: looksPanel(task, on.enter),
    growth: growthPanel(task),
    code: modelCode(task),
  };
  const { story, trainer, status, scrubber, curves, models, examples, own } = panels;
  const node = make(
    "div",
    { class: "task", "data-testid": `task-${task.name}` },
    make("div", { class: "story" }, story.node, trainer.node),
    ...status.nodes,
    make("div", { class: "which" }, scrubber.sources, scrubber.said),
    make("div", { class: "panel course-of" }, curves.node, models.node),
    scrubber.node,
    make("div", { class: "asked" }, examples.node, own.node),
    panels.looks.node,
    panels.growth.node,
    panels.code.node,
  );
  return { ...panels, node };
}

// Why there is nothing to see, and the button that asks again.
function openingStatus(open) {
  const status = make("p", { class: "status", role: "status", "data-testid": "learn-problem" });
  const again = make("button", { type: "button", class: "pill again", onclick: () => open() });
  return {
    nodes: [status, again],
    show(problem, isEmpty) {
      again.hidden = !problem;
      showText(again, text("gallery_again"));
      if (problem) showText(status, problemInLearn(problem));
      else showText(status, isEmpty ? text("learn_nothing") : "");
    },
  };
}
