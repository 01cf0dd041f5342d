// How a training went: the score and the loss, epoch by epoch, a line for each model. Thin beside the
// held-out score is that of examples trained on; faint is the training before.

import { fixedNumber, readableNumber } from "../core/numbers.js";
import { percent } from "../core/percentages.js";
import { text } from "../state/texts.js";
import { axisUpTo, lineChart } from "../ui/chart.js";
import { make, showText } from "../ui/dom.js";
import { signOf } from "./kinds.js";
import { modelName, taskText } from "./learn-texts.js";
import { recordAt } from "./recording.js";

/** @import { Axis, Point2 } from "../ui/chart.js" */
/** @import { Recording, Task } from "./types.js" */
/** @typedef {"score" | "trained_score" | "loss"} CourseKey */
/** @typedef {{ key: "score" | "loss", axis: (values: number[]) => Axis, write: (value: number) => string }} Measure */

/** @type {Measure[]} */
const MEASURES = [
  { key: "score", axis: () => percentAxis([0, 0.25, 0.5, 0.75, 1]), write: percent },
  {
    key: "loss",
    axis: (values) => axisUpTo(Math.max(...values, 0), readableNumber),
    write: (value) => fixedNumber(value, 3),
  },
];

/** @type {(ticks: number[]) => Axis} */
export function percentAxis(ticks) {
  return { range: [0, 1], ticks, write: (share) => `${100 * share} %` };
}

/** @type {(testid: string) => { node: HTMLElement, caption: HTMLElement, chart: ReturnType<typeof lineChart> }} */
export function chartFigure(testid) {
  const caption = make("figcaption");
  const chart = lineChart(testid);
  return { caption, chart, node: make("figure", {}, caption, chart.node) };
}

/** @type {(task: Task) => { node: HTMLElement, show: (recording: Recording, moment: number, before: Recording | null) => void }} */
export function learningCurves(task) {
  const figures = MEASURES.map((measure) => ({ measure, ...chartFigure(`learn-${measure.key}`) }));
  return {
    node: make("div", { class: "curves" }, ...figures.map(({ node }) => node)),
    show(recording, moment, before) {
      const epochs = Math.max(recording.options.epochs, before?.options.epochs ?? 0);
      const signs = task.models.map((model) => signOf(task, model));
      const ticks = [...new Set([0, Math.round(epochs / 2), epochs])];
      /** @type {Axis} */
      const x = { range: [0, epochs], ticks, write: String };
      for (const { measure, caption, chart } of figures) {
        const { key, axis } = measure;
        /** @type {(of: Recording | null, key: CourseKey) => Point2[][]} */
        const courses = (of, key) =>
          task.models.map((model) => (of ? courseOf(of, model, key) : []));
        const lines = {
          series: courses(recording, key),
          before: courses(before, key),
          beside: key === "score" ? courses(recording, "trained_score") : [],
        };
        const values = [...lines.series, ...lines.before].flat().map(([, value]) => value);
        const title = key === "score" ? taskText(task.name, "score") : text("learn_loss");
        showText(caption, title);
        const label = `${title}. ${curvesInWords(task, measure, recording, moment)}`;
        chart.show({ ...lines, signs, x, y: axis(values), at: moment, label });
      }
    },
  };
}

/** A curve of a model.
 * @type {(recording: Recording, model: string, key: CourseKey) => Point2[]} */
function courseOf({ epochs }, model, key) {
  return epochs.flatMap((record) => {
    const value = record.model === model ? (record[key] ?? null) : null;
    return value === null ? [] : [[record.epoch, value]];
  });
}

/** For whoever does not see the picture.
 * @type {(task: Task, measure: Measure, recording: Recording, moment: number) => string} */
function curvesInWords(task, { key, write }, recording, moment) {
  const said = task.models.flatMap((model) => {
    const value = recordAt(recording, model, moment)?.[key] ?? null;
    return value === null ? [] : `${modelName(task, model)}: ${write(value)}`;
  });
  return said.join("; ");
}
