// "Keras agrees": the scene on the table through the real layer, on the server.

import { descend } from "../core/descent.js";
import { readableNumber, smallNumber } from "../core/numbers.js";
import { trainingProblem } from "../core/objective.js";
import { run, toPlain } from "../core/scene.js";
import { listen } from "../state/events.js";
import { ask, pollUntilReady } from "../state/server.js";
import { state } from "../state/store.js";
import { inLanguage, lang, text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";
import { warmthLine } from "../ui/warmth.js";

export function agreementPanel() {
  const button = make("button", {
    type: "button",
    class: "pill",
    "data-testid": "keras",
    onclick: check,
  });
  const warmth = warmthLine("keras-progress");
  const badge = make("strong", { class: "badge", "data-testid": "keras-badge" });
  const said = make("span", { class: "note" });
  const stages = make("dl", { class: "stages" });
  // Only the answer is read aloud, not each step of the way to it.
  const result = make("div", { class: "result", role: "status" }, badge, said, stages);
  const node = make("section", { class: "agreement" }, button, warmth.node, result);

  let answer = null; // what is shown: { differences, layer }, { error } or nothing
  let asked = ""; // about which numbers
  let shownStale = false;
  let round = 0; // an answer to an earlier question comes too late
  const numbers = () => {
    const { rows: _rows, columns: _columns, ...rest } = toPlain(state.scene, lang());
    return JSON.stringify([rest, state.scene.objective]);
  };

  async function check() {
    if (button.disabled) return;
    const mine = (round += 1);
    button.disabled = true;
    let about = "";
    const got = await pollUntilReady(
      () => {
        about = numbers();
        const { scene } = state;
        const own = { page: run(scene), step: nextStep(scene) };
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

  function update() {
    showText(button, text("keras_ask"));
    warmth.show();
    const differences = answer?.differences;
    const stale = Boolean(differences) && asked !== numbers();
    const worst = differences?.find(({ agrees }) => !agrees);
    badge.hidden = stages.hidden = !differences || stale; // said of another table
    if (differences) {
      badge.dataset.agrees = !worst;
      showText(badge, text(worst ? "keras_differs" : "keras_agrees"));
      stages.replaceChildren(...differences.map(stageLine));
    }
    showText(said, words(differences, worst, stale));
    shownStale = stale;
  }

  function words(differences, worst, stale) {
    if (answer?.error) return text(answer.error.key, answer.error.values);
    if (!differences) return "";
    if (stale) return text("table_changed");
    return worst ? where(worst) : text("keras_layer", answer);
  }

  function where({ stage, index, place: name, keras, page: shown }) {
    const { kind, rows, columns } = toPlain(state.scene, lang());
    const place = name ?? (stage === "output" && kind !== "gate" ? columns : rows)[index];
    const number = (value) => (value === null ? "NaN" : inLanguage(readableNumber(value)));
    return text("keras_where", {
      stage: text(`stage_${stage}`),
      place,
      keras: number(keras),
      page: number(shown),
    });
  }

  function stageLine({ stage, largest, agrees }) {
    const size = largest === null ? "NaN" : smallNumber(largest);
    const value = make("dd", { "data-testid": `keras-${stage}`, "data-value": largest }, size);
    value.classList.toggle("wrong", !agrees);
    return make("div", {}, make("dt", {}, text(`stage_${stage}`)), value);
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
      if (answer?.differences && shownStale !== (asked !== numbers())) update();
    },
  });
  return node;
}

// -> the page's own step of gradient descent from here, as attention/ui/agreement.py reads it
function nextStep(scene) {
  if (trainingProblem(scene)) return null;
  const { objective } = scene;
  const { points } = descend(scene, objective, 1);
  return { objective, ...points[0], numbers: points.at(-1).numbers };
}
