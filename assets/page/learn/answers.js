// One example through every model: what each one answers, and where it looked.

import { answerWithout } from "../core/models/leaving-out.js";
import { percent } from "../core/percentages.js";
import { lang, text } from "../state/texts.js";
import { seriesSign } from "../ui/chart.js";
import { make, showText } from "../ui/dom.js";
import { alignmentView } from "./alignment.js";
import { charactersView } from "./characters.js";
import { signOf } from "./kinds.js";
import { layerView } from "./layer.js";
import { modelName, stepInText } from "./learn-texts.js";
import { isRight, recordAt } from "./recording.js";
import { sequenceView } from "./sequence.js";
import { seriesView, smallSeries } from "./series.js";
import { smallWave, soundView } from "./sound.js";
import { changesOf, isWhole, NOTHING_OUT, withHeadFlipped } from "./take-out.js";
import { wordsView } from "./words.js";

/** @import { TakenOut } from "./take-out.js" */
/** @import { Example, Hands, Inspection, Layer, Source, Task, View, ViewBuilder } from "./types.js" */
/** @typedef {{ inspection?: Inspection, before?: Inspection | null, out?: number[], layer?: Layer, layers: Layer[] }} Answer of a model; out: its heads that are taken out; before: what it was with nothing taken out; with its layer's own weights at this moment, and at every moment */

/** How a task's examples are seen, by its `view`.
 * @type {Record<string, ViewBuilder>} */
const VIEWS = {
  words: wordsView,
  alignment: alignmentView,
  sequence: sequenceView,
  sound: soundView,
  series: seriesView,
  characters: charactersView,
};

// Views that show another example without being built anew: of a text that grows by a key.
const FOLLOWING = ["characters"];

/** @type {Layer} */
const NO_LAYER = {};

/** What stands for an example whose steps make no line of text.
 * @type {Record<string, (example: Example) => SVGElement>} */
const SMALL = { sound: smallWave, series: smallSeries };

/** "two hundred thirty-seven → 237", as nodes; of a sound or a series, its picture
 * @type {(task: Task, example: Example | undefined) => Element[]} */
export function exampleLine({ joint, view }, example) {
  if (!example) return [];
  const line =
    joint === null
      ? SMALL[view](example)
      : make("span", { dir: "auto", translate: "no" }, example.steps.join(joint));
  if (example.truth === null) return [line];
  const becomes = { class: "caption", role: "img", "aria-label": text("learn_becomes") };
  const truth = make("strong", { translate: "no" }, stepInText(example.truth));
  return [line, make("span", becomes, "→"), truth];
}

/** enter(input): what the task's reader takes, to be answered anew; take(taken): other heads are out
 * @type {(task: Task, enter: (input: any) => void, take: (taken: TakenOut) => void) => { node: HTMLElement, show: (example: Example, source: Source, moment: number, taken: TakenOut) => string, reveal: () => void }} show: -> the answers in words; reveal: brought to where the eye is, if it is not there */
export function answersPanel(task, enter, take) {
  let present = NOTHING_OUT;
  // Who looks somewhere has room for it; who does not stands beside.
  const [wide, narrow] = [make("div"), make("div")];
  const node = make("div", { class: "looks", "data-testid": "learn-looks" }, wide, narrow);
  // What does not change with the example.
  const ownWeights = new Map(task.models.map((model) => [model, layerView(`look-${model}-layer`)]));
  /** @type {ReturnType<typeof answerCard>[]} */
  let cards = [];
  /** @type {{ example?: Example, lang?: string }} */
  let builtFor = {};

  /** @type {(example: Example, answers: Answer[]) => void} */
  function show(example, answers) {
    // Most views are built anew for each example; whoever was in it stays at the same place.
    const isNew = builtFor.lang !== lang() || !showsToo(task, builtFor.example, example);
    const active = /** @type {HTMLElement | null} */ (document.activeElement);
    const focused = isNew && node.contains(active) ? active?.dataset.testid : undefined;
    if (isNew) {
      builtFor = { example, lang: lang() };
      cards = task.models.map((model) => {
        /** @type {Hands} */
        const hands = {
          force: (row, step) => enter(forcedInput(task, example, row, step)),
          flipHead: (head) => take(withHeadFlipped(present, model, head)),
        };
        return answerCard(task, model, example, hands, ownWeights.get(model)?.node);
      });
      for (const column of [wide, narrow]) column.replaceChildren();
    }
    task.models.forEach((model, i) => {
      const answer = answers[i];
      const column = answer.inspection?.weights ? wide : narrow;
      if (cards[i].node.parentNode !== column) column.append(cards[i].node);
      cards[i].show(answer, example.steps);
      if (answer.inspection) ownWeights.get(model)?.show(answer.layer ?? NO_LAYER, answer.layers);
    });
    const isOne = !wide.firstChild || !narrow.firstChild;
    node.classList.toggle("one-column", isOne);
    if (!focused) return;
    /** @type {HTMLElement | null} */ (node.querySelector(`[data-testid="${focused}"]`))?.focus();
  }

  return {
    node,
    reveal() {
      const { top } = node.getBoundingClientRect();
      if (top < 0 || top > innerHeight / 2) node.scrollIntoView();
    },
    show(example, source, moment, taken) {
      present = taken;
      const answered = task.models.map((model) =>
        answerOfModel(task, model, example, source, moment, taken),
      );
      show(example, answered);
      return answersInWords(task, answered);
    },
  };
}

/** Whether what was built for one example shows another.
 * @type {(task: Task, one: Example | undefined, other: Example) => boolean} */
function showsToo({ view }, one, other) {
  return one === other || (FOLLOWING.includes(view) && one?.truth === other.truth);
}

/** What asks for the same example with a row made to look at a step.
 * @type {(task: Task, example: Example, row: number | null, step?: number | null) => any} */
function forcedInput({ joint }, { steps, forced = {} }, row, step = null) {
  const others = Object.entries(forced).filter(([one]) => row !== null && Number(one) !== row);
  const now = step === null ? [] : [[row, steps.map((_, i) => Number(i === step))]];
  const text = steps.join(joint ?? " ");
  return { text, forced: Object.fromEntries([...others, ...now]) };
}

/** Each model by its name, and what it answers: "Attention: bad · Mean of all words: good."
 * @type {(task: Task, answers: Answer[]) => string} */
function answersInWords(task, answers) {
  const said = task.models.map((model, i) => {
    const { inspection } = answers[i];
    return `${modelName(task, model)}: ${(inspection && stepInText(inspection.answer)) || "–"}`;
  });
  return `${said.join(" · ")}.`;
}

/** @type {(task: Task, model: string, example: Example, source: Source, moment: number, taken: TakenOut) => Answer} */
function answerOfModel(task, model, example, { recording, answers }, moment, taken) {
  const record = recordAt(recording, model, moment);
  if (!record) return { layers: [] };
  const epochs = recording.epochs.filter((epoch) => epoch.model === model);
  const layers = epochs.map(({ layer }) => layer);
  const asked = { task, answers, graph: recording.graphs[model], packed: record.weights };
  const { gone } = taken;
  const changes = changesOf(taken, model);
  const inspection = answerWithout({ ...asked, changes }, example, gone);
  const out = taken.heads[model] ?? [];
  const isAsTrained = isWhole({ ...taken, heads: { [model]: out } });
  const before = isAsTrained ? null : answerWithout(asked, example, NOTHING_OUT.gone);
  return { inspection, before, out, layer: record.layer, layers };
}

/** more: what else stands in it
 * @type {(task: Task, model: string, example: Example, hands: Hands, more?: HTMLElement) => { node: HTMLElement, show: (answer: Answer, steps: string[]) => void }} */
function answerCard(task, model, example, hands, more) {
  const testid = `look-${model}`;
  const said = make("strong", { class: "answer", "data-testid": `${testid}-answer` });
  const verdict = verdictMark(`${testid}-verdict`, example.truth);
  const sure = make("span", { class: "note" });
  const before = make("p", { class: "note", "data-testid": `${testid}-before` });
  const noWeights = make("p", { class: "note" }, text("learn_no_weights"));
  const place = make("div");
  const sign = signOf(task, model);
  const node = make(
    "article",
    { class: `panel look series-${sign}`, "data-testid": testid },
    make(
      "div",
      { class: "head" },
      make("h3", {}, seriesSign(sign), modelName(task, model)),
      make("p", { class: "said" }, said, verdict.node, sure),
    ),
    before,
    noWeights,
    make("div", { class: "views" }, place, more),
  );
  /** @type {View | null} */
  let view = null;

  return {
    node,
    show({ inspection, before: was, out = [] }, steps) {
      node.classList.toggle("missing", !inspection);
      if (!inspection) return;
      const { answer, weights, rows } = inspection;
      showText(said, stepInText(answer) || "–");
      verdict.show(isRight(inspection, example.truth));
      const share = inspection.sure === null ? null : percent(inspection.sure);
      showText(sure, share === null ? "" : text("learn_sure", { share }));
      showText(before, was ? wasInWords(was) : "");
      noWeights.hidden = Boolean(weights);
      place.hidden = !weights?.length; // who answers nothing looks nowhere
      if (weights?.length) {
        if (!view) place.append((view = VIEWS[task.view](testid, example, hands)).node);
        view.show({ answer: stepInText(answer), weights, rows, out, steps });
      }
    },
  };
}

/** What a model answers with nothing taken out.
 * @type {(was: Inspection) => string} */
function wasInWords({ answer, sure }) {
  const values = { answer: stepInText(answer) || "–" };
  if (sure === null) return text("learn_was", values);
  return text("learn_was_sure", { ...values, share: percent(sure) });
}

/** Whether an answer is right, where one knows it.
 * @type {(testid: string, truth: string | null) => { node: HTMLElement, show: (right: boolean) => void }} */
function verdictMark(testid, truth) {
  const node = make("span", { class: "verdict", role: "img", "data-testid": testid });
  node.hidden = truth === null;
  return {
    node,
    show(right) {
      if (truth === null) return;
      node.dataset.right = String(right);
      showText(node, right ? "✓" : "✗");
      node.title = text(right ? "learn_is_right" : "learn_is_wrong");
      node.setAttribute("aria-label", node.title);
    },
  };
}
