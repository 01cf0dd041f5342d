// What a recording holds, asked by model and epoch. No page in here.

/** @import { Batch, Epoch, Inspection, Recording } from "./types.js" */

/** One that has not begun.
 * @type {(options: Record<string, any>) => Recording} */
export function emptyRecording(options) {
  return { options, parameters: {}, graphs: {}, pace: {}, epochs: [], over: null };
}

/** The epochs after which the models were looked at, in order.
 * @type {(recording: Recording) => number[]} */
export function momentsOf({ epochs }) {
  return [...new Set(epochs.map(({ epoch }) => epoch))].sort((a, b) => a - b);
}

/** By model the epoch after which it was looked at last.
 * @type {(recording: Recording) => Record<string, number>} */
export function lastEpochs({ epochs }) {
  return Object.fromEntries(epochs.map(({ model, epoch }) => [model, epoch]));
}

/** Epochs: "7"; "6–7" where they differ
 * @type {(epochs: number[]) => string} */
export function rangeInWords(epochs) {
  const [least, most] = [Math.min(...epochs), Math.max(...epochs)];
  return least === most ? String(most) : `${least}–${most}`;
}

/** The last epoch, up to one, that all models have had in both of two trainings.
 * @type {(trainings: Recording[], models: string[], upto: number) => number} */
export function commonEpoch(trainings, models, upto) {
  const last = trainings.flatMap((one) => models.map((model) => recordAt(one, model)?.epoch ?? 0));
  return Math.min(upto, ...last);
}

/** What was recorded last of a model, up to an epoch; undefined where nothing was.
 * @type {(recording: Recording, model: string, epoch?: number) => Epoch | undefined} */
export function recordAt({ epochs }, model, epoch = Infinity) {
  return epochs.findLast((record) => record.model === model && record.epoch <= epoch);
}

/** How much of a training is done, 0 to 1, as a share of its time: a model that was slow so far is
 * expected to stay slow.
 * @type {(recording: Recording, models: string[], batch: Batch | null) => number} */
export function shareDone(recording, models, batch) {
  const { options, pace } = recording;
  /** @type {(model: string) => number} */
  const done = (model) =>
    batch?.model === model ? batch.epoch : (recordAt(recording, model)?.epoch ?? 0);
  const slowest = Math.max(0, ...Object.values(pace)) || 1; // what is not known yet is taken for slow
  /** @type {(epochs: (model: string) => number) => number} */
  const seconds = (epochs) =>
    models.reduce((sum, model) => sum + epochs(model) * (pace[model] ?? slowest), 0);
  return seconds(done) / seconds(() => options.epochs);
}

/** Whether a model's answer is right, where one knows what is.
 * @type {(look: Inspection | undefined, truth: string | null) => boolean} */
export function isRight(look, truth) {
  return look?.right ?? look?.answer === truth;
}
