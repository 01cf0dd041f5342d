// How the score and the time of an epoch grow with the length of the sequence: the recordings as
// lines, one's own trainings as marks beside them.

import { text } from "../state/texts.js";
import { optionLimits } from "../state/training-options.js";
import { axisUpTo, lineChart, seriesSign } from "../ui/chart.js";
import { make, showText } from "../ui/dom.js";
import { numberInText } from "./models.js";
import { recordAt, secondsAnEpoch } from "./recording.js";
import { modelName } from "./trainer.js";

// task: { name, models }
export function growthPanel(task) {
  const title = make("h2");
  const note = make("p", { class: "note" });
  const figure = (key) => {
    const caption = make("figcaption");
    const chart = lineChart(`learn-growth-${key}`);
    return { key, caption, chart, node: make("figure", {}, caption, chart.node) };
  };
  const figures = ["score", "seconds"].map(figure);
  const legend = make("p", { class: "signs" });
  const curves = make("div", { class: "curves" }, ...figures.map(({ node }) => node));
  const node = make("section", { class: "panel growth" }, title, note, legend, curves);
  const ofModel = (facts, model, key) =>
    facts
      .filter((fact) => fact.model === model)
      .map((fact) => [fact.length, fact[key]])
      .sort(([a], [b]) => a - b);

  return {
    node,
    // growth, own: [{ length, model, seconds, score }, …]
    show(growth, own) {
      node.hidden = !growth?.length;
      if (node.hidden) return;
      showText(title, text("learn_growth"));
      showText(note, text("learn_growth_note"));
      const named = task.models.map((model, i) => [seriesSign(i), modelName(task, model)]);
      legend.replaceChildren(...named.map((one) => make("span", {}, ...one)));
      const lengths = [...new Set(growth.map(({ length }) => length))].sort((a, b) => a - b);
      const { most } = optionLimits(task.name, "length");
      const x = { range: [0, most], ticks: lengths, write: String };
      for (const { key, caption, chart } of figures) {
        const series = task.models.map((model) => ofModel(growth, model, key));
        const alone = own.map((fact) => [task.models.indexOf(fact.model), fact.length, fact[key]]);
        const top = Math.max(...[...growth, ...own].map((fact) => fact[key]));
        const shares = { range: [0, 1], ticks: [0, 0.5, 1], write: (part) => `${100 * part} %` };
        const y = key === "score" ? shares : axisUpTo(top, numberInText);
        const words = text(key === "score" ? `task_${task.name}_score` : "learn_growth_seconds");
        showText(caption, words);
        chart.show({ series, alone, x, y, label: `${words}. ${text("learn_growth")}` });
      }
    },
  };
}

// What one's own training adds to it: nothing for a model that was stopped before it had trained.
export function growthOf({ options, epochs }, models) {
  return models
    .map((model) => ({
      length: options.length,
      model,
      seconds: secondsAnEpoch({ epochs }, model),
      score: recordAt({ epochs }, model, Infinity).score,
    }))
    .filter(({ seconds }) => seconds !== null);
}
