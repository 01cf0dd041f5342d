// The models that compete: how well, how large, how slow; and the Keras code of each.

import { readableNumber, twoDecimals } from "../core/numbers.js";
import { percent } from "../core/percentages.js";
import { inLanguage, lang, text } from "../state/texts.js";
import { seriesSign } from "../ui/chart.js";
import { make, showNoValue, showText, showValue } from "../ui/dom.js";
import { codeView } from "../ui/files.js";
import { recordAt, secondsAnEpoch } from "./recording.js";
import { modelName } from "./trainer.js";

// task: { name, models }
export function modelTable(task) {
  const keys = ["model", "right", "parameters", "pace"];
  const heads = keys.map((key) =>
    make("th", { scope: "col", class: key === "model" ? null : "amount" }),
  );
  const rows = task.models.map((model, i) => {
    const name = make("span");
    const cell = (key) => make("td", { class: "amount", "data-testid": `learn-${key}-${model}` });
    const [right, parameters, pace] = keys.slice(1).map(cell);
    const head = make("th", { scope: "row" }, seriesSign(i), name);
    return {
      model,
      name,
      right,
      parameters,
      pace,
      node: make("tr", {}, head, right, parameters, pace),
    };
  });
  const table = make(
    "table",
    { class: "models" },
    make("thead", {}, make("tr", {}, ...heads)),
    make("tbody", {}, ...rows.map(({ node }) => node)),
  );
  let writtenIn = null; // the language of the numbers
  const known = (node, value, write) => {
    if (writtenIn !== lang()) showNoValue(node);
    if (value === null || value === undefined) showNoValue(node);
    else showValue(node, value, write);
  };
  return {
    node: table,
    show(recording, moment) {
      keys.forEach((key, i) => showText(heads[i], text(`learn_${key}`)));
      for (const { model, name, right, parameters, pace } of rows) {
        showText(name, modelName(task, model));
        known(right, recordAt(recording, model, moment)?.score, percentInText);
        known(parameters, recording.parameters[model], (count) => count.toLocaleString(lang()));
        known(pace, secondsAnEpoch(recording, model), (seconds) =>
          inLanguage(twoDecimals(seconds)),
        );
      }
      writtenIn = lang();
    },
  };
}

export function modelCode(task) {
  const summary = make("summary");
  const codes = task.models.map((model) => {
    const view = codeView(`learn-code-${model}`);
    const title = make("h3");
    return { model, title, view, node: make("div", {}, title, view.node) };
  });
  const all = make("div", { class: "side-by-side" }, ...codes.map(({ node }) => node));
  return {
    node: make("details", { class: "panel", "data-testid": "learn-code" }, summary, all),
    // code: by model; null before it has come
    show(code) {
      showText(summary, text("learn_code"));
      for (const { model, title, view } of codes) {
        showText(title, modelName(task, model));
        view.show(code?.[model] ?? "", modelName(task, model));
      }
    },
  };
}

// How this tab writes numbers, in the present language.

export function percentInText(share) {
  return inLanguage(percent(share));
}

export function numberInText(value) {
  return inLanguage(readableNumber(value));
}
