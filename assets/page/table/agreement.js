// "Keras agrees": the scene on the table through the real layer, on the server.

import { descend } from "../core/descent.js";
import { readableNumber, smallNumber } from "../core/numbers.js";
import { trainingProblem } from "../core/objective.js";
import { nameOf, outputLabels, run, toPlain } from "../core/scene.js";
import { listen } from "../state/events.js";
import { ask, pollUntilReady } from "../state/server.js";
import { state } from "../state/store.js";
import { lang, text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { warmthLine } from "../ui/warmth.js";
import "./agreement.css";

/** @import { Message, Scene } from "../core/types.js" */
/** @typedef {{ stage: string, index: number, place?: string, keras: number | null, page: number | null, largest: number | null, agrees: boolean }} Difference of a stage, at its worst place */
/** @typedef {{ differences?: Difference[], layer?: string, error?: Message }} Answer */

export function agreementPanel() {
  const button = makeButton("keras", check);
  const warmth = warmthLine("keras-progress");
  const result = agreementResult();
  /** @type {Answer | null} */
  let answer = null;
  let asked = ""; // about which numbers
  let shownStale = false;
  let round = 0; // an answer to an earlier question comes too late

  async function check() {
    if (button.disabled) return;
    const mine = (round += 1);
    button.disabled = true;
    let about = "";
    const got = await pollUntilReady(
      () => {
        about = numbersOnTable();
        const { scene } = state;
        const { whole: _whole, ...page } = run(scene); // of the other steps nothing is asked
        const own = { page, step: nextStep(scene) };
        return ask("keras_agrees", { scene: toPlain(scene, lang()), ...own });
      },
      () => mine === round,
      warmth.show,
    );
    if (mine !== round) return;
    [answer, asked] = [got, about];
    button.disabled = false;
    update();
  }

  const isStale = () => Boolean(answer?.differences) && asked !== numbersOnTable();

  function update() {
    showText(button, text("keras_ask"));
    warmth.show();
    shownStale = isStale();
    result.show(answer ?? {}, shownStale);
  }

  listen({
    language: update,
    // What was said, or will be, is not about the scene that was opened now.
    opened() {
      round += 1;
      answer = null;
      warmth.show(null);
      button.disabled = false;
      update();
    },
    // The table has changed, or has come back to what was asked about.
    frame() {
      if (answer?.differences && shownStale !== isStale()) update();
    },
  });
  return make("section", { class: "agreement" }, button, warmth.node, result.node);
}

/** @type {() => string} */
function numbersOnTable() {
  const { rows: _rows, columns: _columns, ...rest } = toPlain(state.scene, lang());
  return JSON.stringify([rest, state.scene.objective]);
}

/** -> the page's own step of gradient descent from here, as attention/ui/agreement.py reads it
 * @type {(scene: Scene) => Record<string, any> | null} */
function nextStep(scene) {
  if (trainingProblem(scene)) return null;
  const { objective } = scene;
  const { points } = descend(scene, objective, 1);
  return { objective, ...points[0], numbers: points[points.length - 1].numbers };
}

/** @type {() => { node: HTMLElement, show: (answer: Answer, stale: boolean) => void }} */
function agreementResult() {
  const badge = make("strong", { class: "badge", "data-testid": "keras-badge" });
  const said = make("span", { class: "note" });
  const stages = make("dl", { class: "stages" });
  return {
    // Only the answer is read aloud, not each step of the way to it.
    node: make("div", { class: "result", role: "status" }, badge, said, stages),
    show(answer, stale) {
      const { differences } = answer;
      const worst = differences?.find(({ agrees }) => !agrees);
      badge.hidden = stages.hidden = !differences || stale; // said of another table
      if (differences) {
        badge.dataset.agrees = String(!worst);
        showText(badge, text(worst ? "keras_differs" : "keras_agrees"));
        stages.replaceChildren(...differences.map(stageLine));
      }
      showText(said, agreementInWords(answer, worst, stale));
    },
  };
}

/** @type {(answer: Answer, worst: Difference | undefined, stale: boolean) => string} */
function agreementInWords(answer, worst, stale) {
  if (answer.error) return text(answer.error.key, answer.error.values);
  if (!answer.differences) return "";
  if (stale) return text("table_changed");
  return worst ? differenceInWords(worst) : text("keras_layer", answer);
}

/** @type {(difference: Difference) => string} */
function differenceInWords({ stage, index, place, keras, page }) {
  const { rows } = toPlain(state.scene, lang());
  const outputs = outputLabels(state.scene).map((label) => nameOf(label, lang()));
  /** @type {(value: number | null) => string} */
  const number = (value) => (value === null ? "NaN" : readableNumber(value));
  return text("keras_where", {
    stage: text(`stage_${stage}`),
    place: place ?? (stage === "output" ? outputs : rows)[index],
    keras: number(keras),
    page: number(page),
  });
}

/** @type {(difference: Difference) => HTMLElement} */
function stageLine({ stage, largest, agrees }) {
  const size = largest === null ? "NaN" : smallNumber(largest);
  const value = make("dd", { "data-testid": `keras-${stage}`, "data-value": largest }, size);
  value.classList.toggle("wrong", !agrees);
  return make("div", {}, make("dt", {}, text(`stage_${stage}`)), value);
}
