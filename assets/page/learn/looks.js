// One example through every model: what each one answers, and where it looked.

import { lang, text } from "../state/texts.js";
import { seriesSign } from "../ui/chart.js";
import { make, showText } from "../ui/dom.js";
import { alignmentView } from "./alignment.js";
import { layerView } from "./layer.js";
import { measured } from "./measured.js";
import { percentInText } from "./models.js";
import { recordAt } from "./recording.js";
import { sequenceView } from "./sequence.js";
import { smallWave, soundView } from "./sound.js";
import { modelName } from "./trainer.js";
import { wordsView } from "./words.js";

// How a task's weights are seen, by what it calls its view.
const VIEWS = {
  words: wordsView,
  alignment: alignmentView,
  sequence: sequenceView,
  sound: soundView,
};

// "two hundred thirty-seven → 237", as nodes; of a sound, its waveform
export function exampleLine(task, example) {
  const { joint } = task;
  const known = example.truth !== null;
  const line =
    joint === null
      ? smallWave(example)
      : make("span", { dir: "auto", translate: "no" }, example.steps.join(joint));
  const arrow = make(
    "span",
    { class: "caption", role: "img", "aria-label": text("learn_becomes") },
    "→",
  );
  const truth = make("strong", { translate: "no" }, measured(example.truth ?? ""));
  return known ? [line, arrow, truth] : [line];
}

// enter(input): what the task's `read` takes, to be answered anew
export function looksPanel(task, enter) {
  // Who looks somewhere has room for it; who does not stands beside.
  const [wide, narrow] = [make("div"), make("div")];
  const node = make("div", { class: "looks", "data-testid": "learn-looks" }, wide, narrow);
  let cards = [];
  let built = {}; // what they were built for: { example, lang }

  // Make a row of an example look at one step, or with null where it will; without a row, all.
  function force({ steps, forced }, row, step) {
    const others = Object.entries(forced ?? {}).filter(
      ([one]) => row !== null && Number(one) !== row,
    );
    const now = step === null ? [] : [[row, steps.map((_, i) => Number(i === step))]];
    enter({ text: steps.join(" "), forced: Object.fromEntries([...others, ...now]) });
  }

  // A view is built anew for each example; whoever was in it stays at the same place.
  function build(example) {
    if (built.example === example && built.lang === lang()) return;
    built = { example, lang: lang() };
    const how = { example, force: (row, step = null) => force(example, row, step) };
    cards = task.models.map((model, i) => lookCard(task, model, i, how));
    const at = node.contains(document.activeElement) ? document.activeElement.dataset.testid : null;
    for (const column of [wide, narrow]) column.replaceChildren();
    built.focus = at;
  }

  function show(example, lookOf) {
    build(example);
    task.models.forEach((model, i) => {
      const [look, ...layers] = lookOf(model);
      const column = look?.weights ? wide : narrow;
      if (cards[i].node.parentNode !== column) column.append(cards[i].node);
      cards[i].show(look, ...layers);
    });
    if (built.focus) node.querySelector(`[data-testid="${built.focus}"]`)?.focus();
    built.focus = null;
  }

  return {
    node,
    // What the models of one's own answer is known of their last epoch alone.
    showOwn: ({ example, looks }) => show(example, (model) => [looks[model], null, []]),
    showRecorded(example, chosen, recording, at) {
      show(example, (model) => {
        const record = recordAt(recording, model, at);
        const layers = recording.epochs.filter((one) => one.model === model);
        return [record?.looks[chosen], record?.layer, layers.map(({ layer }) => layer)];
      });
    },
  };
}

function lookCard(task, model, i, how) {
  const testid = `look-${model}`;
  const answer = make("strong", { class: "answer", "data-testid": `${testid}-answer` });
  const verdict = make("span", {
    class: "verdict",
    role: "img",
    "data-testid": `${testid}-verdict`,
  });
  const sure = make("span", { class: "note" });
  const title = make("h3", {}, seriesSign(i), modelName(task, model));
  const none = make("p", { class: "note" }, text("learn_no_weights"));
  const ownWeights = layerView(`${testid}-layer`);
  const place = make("div");
  const node = make(
    "article",
    { class: "panel look", "data-testid": testid },
    title,
    make("p", { class: "said" }, answer, verdict, sure),
    none,
    make("div", { class: "views" }, place, ownWeights.node),
  );
  let view = null;

  function judge(said) {
    const { truth } = how.example;
    const right = truth === null ? null : said === truth;
    verdict.hidden = right === null;
    verdict.dataset.right = right;
    showText(verdict, right ? "✓" : "✗");
    verdict.title = right === null ? "" : text(right ? "learn_is_right" : "learn_is_wrong");
    verdict.setAttribute("aria-label", verdict.title);
  }

  return {
    node,
    // layer: its own weights at this moment; layers: at every moment
    show(look, layer, layers) {
      node.classList.toggle("missing", !look);
      if (!look) return;
      showText(answer, measured(look.answer) || "–");
      judge(look.answer);
      showText(
        sure,
        look.sure === null ? "" : text("learn_sure", { share: percentInText(look.sure) }),
      );
      none.hidden = Boolean(look.weights);
      const looks = Boolean(look.weights?.length); // who answers nothing looks nowhere
      place.hidden = !looks;
      if (looks && !view) {
        view = VIEWS[task.view](testid, how);
        place.replaceChildren(view.node);
      }
      if (looks) view.show(look);
      ownWeights.node.hidden = !layer || !Object.keys(layer).length;
      if (!ownWeights.node.hidden) ownWeights.show(layer, layers);
    },
  };
}
