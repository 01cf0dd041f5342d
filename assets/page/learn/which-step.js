// Which step was it? How much of the answer's probability goes when a step is left out, measured step by
// step, beside the attention weights; and whether both name the same one.

import { hasAttention } from "../core/models/graph.js";
import { effectsOf, withoutSteps } from "../core/models/leaving-out.js";
import { answerExample } from "../core/models/answering.js";
import { lang, text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { changesOf } from "./take-out.js";
import { modelName, stepInText } from "./learn-texts.js";
import { recordAt } from "./recording.js";
import { whichTable } from "./which-table.js";

/** @import { Asked } from "../core/models/leaving-out.js" */
/** @import { TakenOut } from "./take-out.js" */
/** @import { Example, Recording, Source, Task } from "./types.js" */
/** @import { Measured } from "./which-table.js" */

const [REST, NOTHING, ALIKE] = [150, 0.005, 0.0005]; // ms without a change; what is no loss; no difference
const TURN = 8; // ms of measuring before whatever else happens on the page has its turn
const SOURCES = { jain: "arXiv:1902.10186", wiegreffe: "arXiv:1908.04626" };

/** @type {(task: Task) => { node: HTMLElement, show: (example: Example | undefined, source: Source | null, moment: number, taken: TakenOut) => void }} */
export function whichStepPanel(task) {
  const isNumber = task.answers_with === "number";
  const [title, note, said] = [make("h2"), make("p", { class: "note" }), make("p")];
  said.dataset.testid = "learn-which-said";
  const careful = make("p", { class: "note" });
  const table = whichTable(isNumber);
  const models = modelChoice(task, () => measure());
  const node = make(
    "section",
    { class: "panel which-panel", "data-testid": "learn-which" },
    ...[title, note, models.node, said, table.node, careful],
  );
  let measure = () => {};
  /** @type {Measured | null} */
  let last = null;
  let spoken = ""; // the language in which it stands there
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  /** @type {Asked | null} what is being measured, while that is what is in sight */
  let present = null;

  /** @type {(found: Measured) => void} */
  function draw(found) {
    [last, spoken] = [found, lang()];
    showText(title, text(task.joint === " " ? "learn_which_word" : "learn_which_step"));
    const value = { answer: stepInText(found.answer) };
    showText(note, text(isNumber ? "learn_which_note_number" : "learn_which_note", value));
    table.show(found);
    showText(said, verdictInWords(found));
    showText(careful, text("learn_which_careful", SOURCES));
    node.dataset.ready = "true";
  }

  return {
    node,
    show(example, source, moment, taken) {
      const { gone } = taken;
      node.hidden = !example || !source || example.steps.length - gone.size < 2;
      node.dataset.ready = "false";
      clearTimeout(waiting);
      present = null;
      if (!example || !source || node.hidden) return;
      if (last && spoken !== lang()) draw(last); // what stands there, in the other language
      const { recording, answers } = source;
      measure = () => {
        const model = models.present(recording);
        const packed = recordAt(recording, model, moment)?.weights;
        if (!packed) return;
        const graph = recording.graphs[model];
        const asked = { task, answers, graph, packed, changes: changesOf(taken, model) };
        present = asked;
        measured(asked, example, gone, () => present === asked).then(
          (found) => found && draw(found),
        );
      };
      waiting = setTimeout(measure, last ? REST : 0); // where nothing stands yet, at once
    },
  };
}

/** Which model is measured: first one that has weights to compare with.
 * @type {(task: Task, onchange: () => void) => { node: HTMLElement, present: (recording: Recording) => string }} */
function modelChoice(task, onchange) {
  /** @type {string | null} */
  let picked = null;
  const pills = task.models.map((name) => {
    const pick = () => {
      picked = name;
      onchange();
    };
    return { name, node: makeButton(`learn-which-${name}`, pick) };
  });
  const node = make("div", { class: "group", role: "group" }, ...pills.map((pill) => pill.node));
  return {
    node,
    present({ graphs }) {
      const first = task.models.find((name) => graphs[name] && hasAttention(graphs[name]));
      const present = picked ?? first ?? task.models[0];
      node.setAttribute("aria-label", text("learn_model"));
      for (const pill of pills) {
        showText(pill.node, modelName(task, pill.name));
        pill.node.setAttribute("aria-pressed", String(pill.name === present));
      }
      return present;
    },
  };
}

/** Null if it is not wanted any more.
 * @type {(asked: Asked, example: Example, gone: ReadonlySet<number>, isWanted: () => boolean) => Promise<Measured | null>} */
async function measured(asked, example, gone, isWanted) {
  const { task, answers, graph, packed, changes } = asked;
  const rest = withoutSteps(task, example, gone);
  const { answer, weights } = answerExample(task, answers, graph, packed, rest, changes);
  const mean = weights?.length
    ? rest.steps.map((_, i) => weights.reduce((sum, row) => sum + row[i], 0) / weights.length)
    : null;
  const isShorter = rest.steps.length < example.steps.length;
  const places = [...example.steps.keys()].filter((i) => !isShorter || !gone.has(i));
  const effects = await inTurns(effectsOf(asked, rest), isWanted);
  return effects && { steps: rest.steps, places, answer, weights: mean, effects };
}

/** All that is measured one after the other; a key that is pressed meanwhile need not wait for the last.
 * @type {(measuring: Iterable<number>, isWanted: () => boolean) => Promise<number[] | null>} */
async function inTurns(measuring, isWanted) {
  const found = [];
  let began = performance.now();
  for (const one of measuring) {
    found.push(one);
    if (performance.now() - began < TURN) continue;
    await new Promise((resolve) => setTimeout(resolve));
    if (!isWanted()) return null;
    began = performance.now();
  }
  return found;
}

/** Whether weights and loss name the same step.
 * @type {(found: Measured) => string} */
function verdictInWords({ steps, places, weights, effects }) {
  const [lose, look] = [largestOf(effects), weights ? largestOf(weights) : []];
  const both = lose.find((i) => look.includes(i));
  const [most, counts] = [both ?? look[0], both ?? lose[0]];
  const named = (/** @type {number} */ i) => ({
    number: places[i] + 1,
    step: stepInText(steps[i]),
  });
  if (effects[counts] < NOTHING) return text("learn_which_none");
  if (!weights) return text("learn_which_no_weights", named(counts));
  if (look.length === steps.length) return text("learn_which_even", named(lose[0]));
  if (most === counts) return text("learn_which_agree", named(counts));
  const [one, other] = [named(most), named(counts)];
  const values = { ...one, other_number: other.number, other: other.step };
  return text("learn_which_differ", values);
}

/** The places of the largest number, and of those that read the same in per cent.
 * @type {(numbers: number[]) => number[]} */
function largestOf(numbers) {
  const least = Math.max(...numbers) - ALIKE;
  return [...numbers.keys()].filter((i) => numbers[i] > least);
}
