// The models that compete: how well, how large, how slow; and the Keras code of each.

import { percent } from "../core/percentages.js";
import { twoDecimals } from "../core/numbers.js";
import { hasText, lang, text } from "../state/texts.js";
import { seriesSign } from "../ui/chart.js";
import { make, showNoValue, showText, showValue } from "../ui/dom.js";
import { codeView } from "../ui/files.js";
import { signOf } from "./kinds.js";
import { modelName } from "./learn-texts.js";
import { recordAt } from "./recording.js";

/** @import { Recording, Task } from "./types.js" */

/** @type {(task: Task) => { node: HTMLElement, show: (recording: Recording, moment: number) => void }} */
export function modelTable(task) {
  const keys = ["model", "right", "trained", "parameters", "pace"];
  const heads = keys.map((key) =>
    make("th", { scope: "col", class: key === "model" ? null : `amount ${key}` }),
  );
  const rows = task.models.map((model) => {
    const name = make("span");
    const [right, trained, parameters, pace] = keys
      .slice(1)
      .map((key) => make("td", { class: `amount ${key}`, "data-testid": `learn-${key}-${model}` }));
    const head = make("th", { scope: "row" }, seriesSign(signOf(task, model)), name);
    const node = make("tr", {}, head, right, trained, parameters, pace);
    return { model, name, right, trained, parameters, pace, node };
  });
  let writtenIn = ""; // the language of the numbers
  /** @type {(node: HTMLElement, value: number | undefined, write: (value: number) => string) => void} */
  const showIfKnown = (node, value, write) => {
    if (writtenIn !== lang() || value === undefined) showNoValue(node);
    if (value !== undefined) showValue(node, value, write);
  };
  return {
    node: make(
      "table",
      { class: "models" },
      make("thead", {}, make("tr", {}, ...heads)),
      make("tbody", {}, ...rows.map(({ node }) => node)),
    ),
    show(recording, moment) {
      keys.forEach((key, i) => showText(heads[i], text(`learn_${key}`)));
      for (const { model, name, right, trained, parameters, pace } of rows) {
        showText(name, modelName(task, model));
        const record = recordAt(recording, model, moment);
        showIfKnown(right, record?.score, percent);
        showIfKnown(trained, record?.trained_score ?? undefined, percent);
        showIfKnown(parameters, recording.parameters[model], (count) =>
          count.toLocaleString(lang()),
        );
        showIfKnown(pace, recording.pace[model], twoDecimals);
      }
      writtenIn = lang();
    },
  };
}

/** What is worth knowing of the models, with what they have come to; not every task says anything.
 * @type {(task: Task) => { node: HTMLElement, show: (recording: Recording) => void }} */
export function modelNote(task) {
  const node = make("p", { class: "note", "data-testid": "learn-models-note" });
  return {
    node,
    show(recording) {
      const key = `task_${task.name}_models`;
      const known = task.models.flatMap((model) => {
        const record = recordAt(recording, model);
        const count = recording.parameters[model];
        if (!record || !count) return [];
        return [
          [`score_${model}`, percent(record.score)],
          [`weights_${model}`, count.toLocaleString(lang())],
        ];
      });
      const isKnown = known.length === 2 * task.models.length;
      showText(node, hasText(key) && isKnown ? text(key, Object.fromEntries(known)) : "");
    },
  };
}

/** code: by model, and the lines that are its attention layer; undefined before they have come
 * @type {(task: Task) => { node: HTMLElement, show: (code?: Record<string, string>, marked?: Record<string, number[]>) => void }} */
export function modelCode(task) {
  const summary = make("summary");
  const legend = make("p", { class: "note" });
  const codes = task.models.map((model) => {
    const view = codeView(`learn-code-${model}`);
    const name = make("span");
    const title = make("h3", {}, seriesSign(signOf(task, model)), name);
    return { model, name, view, node: make("div", {}, title, view.node) };
  });
  const all = make("div", { class: "side-by-side" }, ...codes.map(({ node }) => node));
  return {
    node: make("details", { class: "panel", "data-testid": "learn-code" }, summary, legend, all),
    show(code, marked) {
      showText(legend, text("learn_code_marked"));
      showText(summary, text("learn_code"));
      for (const { model, name, view } of codes) {
        showText(name, modelName(task, model));
        view.show(code?.[model] ?? "", modelName(task, model), marked?.[model]);
      }
    },
  };
}
