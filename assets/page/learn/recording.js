// What a recording holds, asked by model and epoch. No page in here.
//
// recording: { options, parameters, epochs, over }, as attention/training/recording.py sends it.

// -> the epochs after which the models were looked at, in order
export function momentsOf({ epochs }) {
  return [...new Set(epochs.map(({ epoch }) => epoch))].sort((a, b) => a - b);
}

// -> { model: the epoch after which it was looked at last }
export function lastEpochs({ epochs }) {
  return Object.fromEntries(epochs.map(({ model, epoch }) => [model, epoch]));
}

// { model: epoch } -> "7"; "6–7" where the models differ
export function epochsInWords(byModel) {
  const [least, most] = [Math.min, Math.max].map((end) => end(...Object.values(byModel)));
  return least === most ? String(most) : `${least}–${most}`;
}

// -> what was recorded last of a model up to an epoch; undefined where nothing was
export function recordAt({ epochs }, model, epoch) {
  return epochs.findLast((record) => record.model === model && record.epoch <= epoch);
}

// -> [[epoch, value], …] of a model, for a curve; key: "loss", "score"
export function courseOf({ epochs }, model, key) {
  return epochs
    .filter((record) => record.model === model && record[key] !== null)
    .map((record) => [record.epoch, record[key]]);
}

// -> the median of what an epoch of a model took, in seconds; the first one, which also builds the
// graph, counts only where there is no other
export function secondsAnEpoch({ epochs }, model) {
  const all = epochs
    .filter((record) => record.model === model && record.seconds !== null)
    .map(({ seconds }) => seconds);
  const counted = (all.length > 1 ? all.slice(1) : all).sort((a, b) => a - b);
  const middle = (counted.length - 1) / 2;
  return counted.length ? (counted[Math.floor(middle)] + counted[Math.ceil(middle)]) / 2 : null;
}

// -> how much of a training is done, 0 to 1, as a share of its time: a model that was slow so far is
// expected to stay slow
export function shareDone({ options, epochs }, models, batch) {
  const done = (model) =>
    batch?.model === model
      ? batch.epoch
      : (epochs.findLast((record) => record.model === model)?.epoch ?? 0);
  const pace = models.map((model) => secondsAnEpoch({ epochs }, model));
  const slowest = Math.max(...pace) || 1; // what is not known yet is taken for slow
  const cost = (upTo) =>
    models.reduce((sum, model, i) => sum + upTo(model) * (pace[i] ?? slowest), 0);
  return cost(done) / cost(() => options.epochs);
}
