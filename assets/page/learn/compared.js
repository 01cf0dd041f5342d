// What the numbers of a training say: how far apart the scores of seen and of new examples are, and what
// has changed since the training before it.

import { fixedNumber, readableNumber } from "../core/numbers.js";
import { percent } from "../core/percentages.js";
import { text } from "../state/texts.js";
import { optionLimits, OPTION_KEYS, OPTION_OF } from "../state/training-options.js";
import { seriesSign } from "../ui/chart.js";
import { make, showText } from "../ui/dom.js";
import { signOf } from "./kinds.js";
import { modelName } from "./learn-texts.js";
import { commonEpoch, recordAt } from "./recording.js";

/** @import { Epoch, Recording, Task } from "./types.js" */

/** before: the training that this one is compared with
 * @type {(task: Task) => { node: HTMLElement, show: (recording: Recording, moment: number, before: Recording | null) => void }} */
export function comparedPanel(task) {
  const changed = make("p", { "data-testid": "learn-changed" });
  const legend = make("p", { class: "note" });
  const items = task.models.map((model) => {
    const words = make("span", { "data-testid": `learn-compared-${model}` });
    return { model, words, node: make("li", {}, seriesSign(signOf(task, model)), words) };
  });
  const list = make("ul", {}, ...items.map(({ node }) => node));
  return {
    node: make("div", { class: "compared" }, legend, changed, list),
    show(recording, moment, before) {
      const epoch = before ? commonEpoch([recording, before], task.models, moment) : moment;
      const said = items.map(({ model }) => {
        const now = recordAt(recording, model, epoch);
        const then = before ? recordAt(before, model, epoch) : undefined;
        return now ? [...scoresInWords(now, then), ...gapsInWords(now, then)].join(", ") : "";
      });
      const hasSeen = recording.epochs.some((record) => isKnown(record.trained_score));
      showText(legend, hasSeen ? text("learn_gap_legend") : "");
      showText(changed, before ? changesInWords(task, recording, before, epoch) : "");
      items.forEach(({ model, words, node }, i) => {
        node.hidden = !said[i];
        showText(words, `${modelName(task, model)}: ${said[i]}`);
      });
    },
  };
}

/** @type {(value: any) => value is number} */
function isKnown(value) {
  return value !== null && value !== undefined;
}

/** The table has the score: it is said where there was another one before.
 * @type {(now: Epoch, then: Epoch | undefined) => string[]} */
function scoresInWords(now, then) {
  if (!then) return [];
  const [before, after] = [percent(then.score), percent(now.score)];
  return [text("learn_compared_score", { before, after })];
}

/** @type {(now: Epoch, then: Epoch | undefined) => string[]} */
function gapsInWords(now, then) {
  const [before, after] = [gapOf(then), gapOf(now)];
  if (after === null) return [];
  if (before === null) return [text("learn_gap", { gap: after })];
  return [text("learn_compared_gap", { before, after })];
}

/** In points, between the shares as one reads them.
 * @type {(record: Epoch | undefined) => string | null} */
function gapOf(record) {
  if (!record || !isKnown(record.trained_score)) return null;
  const tenths = Math.round(1000 * record.trained_score) - Math.round(1000 * record.score);
  return fixedNumber(tenths / 10, 1);
}

/** epoch: after which the two are compared
 * @type {(task: Task, recording: Recording, before: Recording, epoch: number) => string} */
function changesInWords(task, recording, before, epoch) {
  const changes = OPTION_KEYS.flatMap((key) => {
    const limits = optionLimits(task.name, key);
    if (!limits) return [];
    const [then, now] = [before, recording].map(
      ({ options }) => options[OPTION_OF[key]] ?? limits.usual,
    );
    if (then === now) return [];
    return `${text(`learn_${key}`)} ${optionInText(then)} → ${optionInText(now)}`;
  });
  const moment = epoch ? text("learn_compared_at", { epoch }) : text("learn_before");
  if (!changes.length) return text("learn_compared_same", { moment });
  return text("learn_compared", { moment, changes: changes.join(`${text("list_mark")} `) });
}

/** @type {(value: number) => string} */
export function optionInText(value) {
  return readableNumber(value);
}
