// How the score and the time of an epoch grow with the length of the sequence: the recordings as
// lines, one's own trainings as marks beside them.

import { readableNumber } from "../core/numbers.js";
import { text } from "../state/texts.js";
import { optionLimits } from "../state/training-options.js";
import { axisUpTo, seriesSign } from "../ui/chart.js";
import { make, showText } from "../ui/dom.js";
import { chartFigure, percentAxis } from "./curves.js";
import { signOf } from "./kinds.js";
import { modelName, taskText } from "./learn-texts.js";
import { recordAt } from "./recording.js";

/** @import { Axis, Picture } from "../ui/chart.js" */
/** @import { GrowthPoint, Recording, Task } from "./types.js" */

/** @type {(task: Task) => { node: HTMLElement, show: (growth: GrowthPoint[], own: GrowthPoint[]) => void }} */
export function growthPanel(task) {
  const title = make("h2");
  const note = make("p", { class: "note" });
  const keys = /** @type {("score" | "seconds")[]} */ (["score", "seconds"]);
  const figures = keys.map((key) => ({ key, ...chartFigure(`learn-growth-${key}`) }));
  const legend = make("p", { class: "signs" });
  const curves = make("div", { class: "curves" }, ...figures.map(({ node }) => node));
  const node = make("section", { class: "panel growth" }, title, note, legend, curves);

  return {
    node,
    show(growth, own) {
      node.hidden = !growth.length;
      if (node.hidden) return;
      showText(title, text("learn_growth"));
      showText(note, text("learn_growth_note"));
      const named = task.models.map((model) => [
        seriesSign(signOf(task, model)),
        modelName(task, model),
      ]);
      legend.replaceChildren(...named.map((one) => make("span", {}, ...one)));
      const ticks = [...new Set(growth.map(({ length }) => length))].sort((a, b) => a - b);
      const most = optionLimits(task.name, "length")?.most ?? 0;
      /** @type {Axis} */
      const x = { range: [0, most], ticks, write: String };
      const signs = task.models.map((model) => signOf(task, model));
      for (const { key, caption, chart } of figures) {
        const series = task.models.map((model) => pointsOf(growth, model, key));
        /** @type {Picture["alone"]} */
        const alone = own.map((one) => [signOf(task, one.model), one.length, one[key]]);
        const top = Math.max(...[...growth, ...own].map((point) => point[key]));
        const y = key === "score" ? percentAxis([0, 0.5, 1]) : axisUpTo(top, readableNumber);
        const words = key === "score" ? taskText(task.name, "score") : text("learn_growth_seconds");
        showText(caption, words);
        chart.show({ series, signs, alone, x, y, label: `${words}. ${text("learn_growth")}` });
      }
    },
  };
}

/** In the order of length.
 * @type {(growth: GrowthPoint[], model: string, key: "score" | "seconds") => [length: number, value: number][]} */
function pointsOf(growth, model, key) {
  const ofModel = growth.filter((point) => point.model === model);
  return ofModel.sort((a, b) => a.length - b.length).map((point) => [point.length, point[key]]);
}

/** What one's own training adds to it: nothing for a model that was stopped before it had trained.
 * @type {(recording: Recording) => GrowthPoint[]} */
export function growthOf(recording) {
  const { length } = recording.options;
  return Object.entries(recording.pace).map(([model, seconds]) => ({
    ...{ length, model, seconds },
    score: recordAt(recording, model)?.score ?? 0,
  }));
}
