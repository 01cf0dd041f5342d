// Everything that stands on the page of a task, and where.

import { canAsk } from "../state/server.js";
import { text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { answersPanel } from "./answers.js";
import { comparedPanel } from "./compared.js";
import { learningCurves } from "./curves.js";
import { examplePicker } from "./examples.js";
import { growthPanel } from "./growth.js";
import { problemInLearn } from "./learn-texts.js";
import { modelCode, modelNote, modelTable } from "./models.js";
import { ownPanel } from "./own.js";
import { epochScrubber } from "./scrubber.js";
import { taskStory } from "./story.js";
import { taskFilePanel } from "./task-file-panel.js";
import { takeOutPanel } from "./take-out.js";
import { trainerPanel } from "./trainer.js";
import { triesPanel } from "./tries.js";
import { whichStepPanel } from "./which-step.js";
import { writerPanel } from "./writer.js";

/** @import { Message } from "../core/types.js" */
/** @import { Chosen } from "./examples.js" */
/** @import { TakenOut } from "./take-out.js" */
/** @import { SourceName, Task, Try } from "./types.js" */
/**
 * What somebody does there.
 * @typedef {object} Actions
 * @property {() => void} start a training
 * @property {() => void} stop it
 * @property {() => void} go to the task that trains
 * @property {() => void} open the task, once more
 * @property {(input: any) => void} enter something of one's own
 * @property {(one: Try) => void} attempt something worth trying
 * @property {(source: SourceName) => void} pick
 * @property {(moment: number | null) => void} move
 * @property {() => void} play the epochs, or pause
 * @property {(chosen: Chosen) => void} choose an example
 * @property {(taken: TakenOut) => void} take something out, or put it back
 */

/** @param {Task} task @param {Actions} on */
export function taskPanels(task, on) {
  const panels = {
    story: taskStory(task),
    trainer: trainerPanel(task, on),
    status: openingStatus(on.open),
    scrubber: epochScrubber(on),
    curves: learningCurves(task),
    compared: comparedPanel(task),
    models: modelTable(task),
    modelNote: modelNote(task),
    examples: examplePicker(task, on.choose),
    tries: triesPanel(task, on.attempt),
    own: ownPanel(task, on.enter),
    answers: answersPanel(task, on.enter, on.take),
    writer: writerPanel(task, on.take),
    takeOut: takeOutPanel(task, on.take),
    which: whichStepPanel(task),
    save: taskFilePanel(task),
    growth: growthPanel(task),
    code: modelCode(task),
  };
  const { story, trainer, status, scrubber, curves, models, examples, own, writer } = panels;
  const changed = writer ? [panels.takeOut.node] : [own.node, panels.takeOut.node];
  const node = make(
    "div",
    { class: "task", "data-testid": `task-${task.name}` },
    story.node,
    ...status.nodes,
    examples.node,
    panels.tries.node,
    scrubber.node,
    panels.answers.node,
    ...(writer ? [own.node, writer.node] : []), // a text that goes on has the whole width
    make("div", { class: "taking" }, make("div", {}, ...changed), panels.which.node),
    make("div", { class: "which" }, scrubber.sources, scrubber.said),
    make(
      "div",
      { class: "panel course-of" },
      curves.node,
      models.node,
      panels.compared.node,
      panels.modelNote.node,
    ),
    ...(canAsk("start_training") ? [trainer.node, panels.save.node] : []),
    panels.growth.node,
    panels.code.node,
  );
  return { ...panels, node };
}

/** Why there is nothing to see, and the button that asks again.
 * @type {(open: () => void) => { nodes: HTMLElement[], show: (problem: Message | null, isEmpty: boolean) => void }} */
function openingStatus(open) {
  const status = make("p", { class: "status", role: "status", "data-testid": "learn-problem" });
  const again = makeButton(null, open, "pill again");
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
