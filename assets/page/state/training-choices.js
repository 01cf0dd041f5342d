// What is chosen in the tab Learn, and how the address says it. No page in here.
//
// task: its name; train_seed, epochs, length: what the next training takes; null is as the task has
// it. A length is for tasks that have one.

export const TRAINING_KEYS = ["task", "train_seed", "epochs", "length"];
const OPTION_OF = { train_seed: "seed", epochs: "epochs", length: "length" };

// world: { tasks: [{ name, models, rules }] }
export function openTraining({ tasks }) {
  return { task: tasks[0]?.name ?? null, train_seed: null, epochs: null, length: null };
}

// -> { least, most, usual } of an option of a task; undefined where it has no such option
export function limitsOf(task, key) {
  const rule = task?.rules[OPTION_OF[key]];
  return rule && { least: rule.minimum, most: rule.maximum, usual: rule.default };
}

// read: of address.js
export function readTraining(read, world) {
  const training = openTraining(world);
  const names = world.tasks.map(({ name }) => name);
  training.task = read.choice("task", names) ?? training.task;
  const task = world.tasks.find(({ name }) => name === training.task);
  for (const key of Object.keys(OPTION_OF)) {
    const limits = limitsOf(task, key);
    training[key] = (limits && read.whole(key, [limits.least, limits.most])) ?? null;
  }
  return training;
}

// -> pairs for the address; null where nothing differs from the start
export function writeTraining(training, world) {
  const start = openTraining(world);
  return Object.fromEntries(
    TRAINING_KEYS.map((key) => [key, training[key] === start[key] ? null : String(training[key])]),
  );
}

// -> what the server's Task.Options takes
export function optionsOf(training, task, lang) {
  const options = { lang };
  for (const [key, name] of Object.entries(OPTION_OF)) {
    const limits = limitsOf(task, key);
    if (limits) options[name] = training[key] ?? limits.usual;
  }
  return options;
}
