// How a training went: the held-out score and the loss, epoch by epoch, a line for each model.

import { fixedNumber } from "../core/numbers.js";
import { percent } from "../core/percentages.js";
import { inLanguage, text } from "../state/texts.js";
import { axisUpTo, lineChart } from "../ui/chart.js";
import { make, showText } from "../ui/dom.js";
import { numberInText } from "./models.js";
import { courseOf, recordAt } from "./recording.js";
import { modelName } from "./trainer.js";

// task: { name, models }
export function learningCurves(task) {
  const figure = (key, axis) => {
    const caption = make("figcaption");
    const chart = lineChart(`learn-${key}`);
    return { key, axis, caption, chart, node: make("figure", {}, caption, chart.node) };
  };
  const shares = {
    range: [0, 1],
    ticks: [0, 0.25, 0.5, 0.75, 1],
    write: (part) => `${100 * part} %`,
  };
  const losses = (values) => axisUpTo(Math.max(...values, 0.1), numberInText);
  const figures = [figure("score", () => shares), figure("loss", losses)];

  // In words, for whoever does not see the picture.
  const said = (key, recording, moment) =>
    task.models
      .map((model) => [model, recordAt(recording, model, moment)?.[key] ?? null])
      .filter(([, value]) => value !== null)
      .map(([model, value]) => {
        const written = key === "score" ? percent(value) : fixedNumber(value, 3);
        return `${modelName(task, model)}: ${inLanguage(written)}`;
      })
      .join("; ");

  return {
    node: make("div", { class: "curves" }, ...figures.map(({ node }) => node)),
    show(recording, moment) {
      const { epochs } = recording.options;
      const middle = Math.round(epochs / 2);
      const x = { range: [0, epochs], ticks: [...new Set([0, middle, epochs])], write: String };
      for (const { key, axis, caption, chart } of figures) {
        const series = task.models.map((model) => courseOf(recording, model, key));
        const values = series.flat().map(([, value]) => value);
        const title = key === "score" ? text(`task_${task.name}_score`) : text("learn_loss");
        showText(caption, title);
        const label = `${title}. ${said(key, recording, moment)}`;
        chart.show({ series, x, y: axis(values), at: moment, label });
      }
    },
  };
}
