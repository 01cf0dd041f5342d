// How the score and the time of an epoch grow with the length of the sequence: the median of trainings
// with several seeds as lines, their range as whiskers, one's own trainings as marks beside them.

import { readableNumber } from "../core/numbers.js";
import { percent } from "../core/percentages.js";
import { text } from "../state/texts.js";
import { optionLimits } from "../state/training-options.js";
import { axisUpTo, seriesSign } from "../ui/chart.js";
import { make, showText } from "../ui/dom.js";
import { chartFigure, percentAxis } from "./curves.js";
import { signOf } from "./kinds.js";
import { modelName, taskText } from "./learn-texts.js";
import { rangeInWords, recordAt } from "./recording.js";

/** @import { Picture } from "../ui/chart.js" */
/** @import { Growth, GrowthPoint, OwnPoint, Recording, Task } from "./types.js" */

/** @type {(task: Task) => { node: HTMLElement, show: (growth: GrowthPoint[], own: OwnPoint[]) => void }} */
export function growthPanel(task) {
  const title = make("h2");
  const note = make("p", { class: "note" });
  const keys = /** @type {(keyof Growth)[]} */ (["score", "seconds"]);
  const figures = keys.map((key) => ({ key, ...chartFigure(`learn-growth-${key}`) }));
  const legend = make("p", { class: "signs" });
  const curves = make("div", { class: "curves" }, ...figures.map(({ node }) => node));
  const parallel = make("p", { class: "note", "data-testid": "learn-parallel" });
  const node = make("section", { class: "panel growth" }, title, note, legend, curves, parallel);

  return {
    node,
    show(growth, own) {
      node.hidden = !growth.length;
      if (node.hidden) return;
      showText(title, text("learn_growth"));
      showText(note, noteInWords(task, growth));
      showText(parallel, text("learn_growth_parallel"));
      const named = task.models.map((model) => [
        seriesSign(signOf(task, model)),
        modelName(task, model),
      ]);
      legend.replaceChildren(...named.map((one) => make("span", {}, ...one)));
      for (const { key, caption, chart } of figures) {
        const words = key === "score" ? taskText(task.name, "score") : text("learn_growth_seconds");
        showText(caption, words);
        const label = `${words}. ${text("learn_growth")}`;
        chart.show({ ...growthPicture(task, growth, own, key), label });
      }
    },
  };
}

/** @type {(task: Task, growth: GrowthPoint[], own: OwnPoint[], key: keyof Growth) => Omit<Picture, "label">} */
function growthPicture(task, growth, own, key) {
  const ticks = [...new Set(growth.map(({ length }) => length))].sort((a, b) => a - b);
  const most = optionLimits(task.name, "length")?.most ?? 0;
  const values = [...growth.map((point) => point.most), ...own].map((point) => point[key]);
  const points = task.models.map((model) => pointsOf(growth, model));
  return {
    series: points.map((all) => all.map((one) => [one.length, one[key]])),
    ranges: points.map((all) => all.map((one) => [one.length, one.least[key], one.most[key]])),
    signs: task.models.map((model) => signOf(task, model)),
    alone: own.map((one) => [signOf(task, one.model), one.length, one[key]]),
    x: { range: [0, most], ticks, write: String },
    y: key === "score" ? percentAxis([0, 0.5, 1]) : axisUpTo(Math.max(...values), readableNumber),
  };
}

/** @type {(task: Task, growth: GrowthPoint[]) => string} */
function noteInWords({ chance }, growth) {
  const count = Math.max(...growth.map(({ seeds }) => seeds));
  const epochs = rangeInWords(growth.map((point) => point.epochs));
  const note = text("learn_growth_note", { count, epochs });
  return chance ? `${note} ${text("learn_growth_chance", { share: percent(chance) })}` : note;
}

/** In the order of length.
 * @type {(growth: GrowthPoint[], model: string) => GrowthPoint[]} */
function pointsOf(growth, model) {
  return growth.filter((point) => point.model === model).sort((a, b) => a.length - b.length);
}

/** What one's own training adds to it: nothing for a model that was stopped before it had trained.
 * @type {(recording: Recording) => OwnPoint[]} */
export function growthOf(recording) {
  const { length } = recording.options;
  return Object.entries(recording.pace).map(([model, seconds]) => ({
    ...{ length, model, seconds },
    score: recordAt(recording, model)?.score ?? 0,
  }));
}
