// The scene in the address, after "#": `key=value` joined by "&", only what differs from the lesson.
// Reading is strict: what cannot be used is ignored, what is out of range is clamped, and each time
// a notice `{ key, values }` (a text of the page and what to fill in) says so. No page in here.
//
// `world` is what never changes while the page is open: `lessons` (a Map by name), `first` (the one
// to begin with), `languages`, `rules` (the limits), `newLabel(key, number)` (names for new rows),
// `tabs`, `variations` (their names), `compared` (the two to begin with) and `tasks`.

import { readNumber } from "../core/numbers.js";
import { OBJECTIVE_KEYS, readObjective, writeObjective } from "../core/objective.js";
import {
  addColumn,
  addRow,
  isDot,
  nameOf,
  openLesson,
  removeColumn,
  removeRow,
  shortName,
  switchBias,
  switchKind,
  tidyName,
} from "../core/scene.js";
import { CHOICE_KEYS, readChoices, writeChoices } from "./gallery-choices.js";
import { VIEW_KEYS, hiddenNames, readView, writeView } from "./hiding.js";
import { TRAINING_KEYS, readTraining, writeTraining } from "./training-choices.js";

const LONGEST_ADDRESS = 32768;
const ADDRESS_KEYS = [
  "lesson",
  "lang",
  "kind",
  "activation",
  "temperature",
  "rows",
  "columns",
  "x",
  "w",
  "b",
  "query",
  "mask",
  ...OBJECTIVE_KEYS,
  ...CHOICE_KEYS,
  ...TRAINING_KEYS,
  ...VIEW_KEYS,
];

// -> { lesson, lang (null: not fixed), tab, scene, choices, training, hide, view, notices }
export function readAddress(hash, world) {
  const notices = [];
  const say = (key, values) => {
    notices.push({ key: `notice_${key}`, values });
  };
  const read = addressReader(splitAddress(hash, say), world.rules, say);

  const shipped = [...world.lessons.keys()].filter((name) => !world.lessons.get(name).own);
  const name = read.choice("lesson", shipped) ?? world.first;
  const lang = read.choice("lang", world.languages) ?? null;
  const scene = openLesson(world.lessons.get(name), world.languages);
  const lessonLabels = { rows: [...scene.rows], columns: [...scene.columns] };
  switchKind(scene, read.choice("kind", world.rules.kinds) ?? scene.kind);
  const isGate = scene.kind === "gate";
  scene.activation = read.choice("activation", world.rules.activations) ?? scene.activation;
  scene.temperature =
    read.vector("temperature", 1, world.rules.temperature)?.[0] ?? scene.temperature;

  // How many rows and columns there are: as x has them, or else the names.
  const x = isGate ? read.single("x") : read.matrix("x", world.rules.columns);
  const names = {
    rows: read.names("rows", world.rules.rows),
    columns: read.names("columns", isGate ? 1 : world.rules.columns),
  };
  fitTable(
    scene,
    x?.length ?? names.rows?.length,
    x?.[0].length ?? names.columns?.length,
    world.newLabel,
  );
  if (x) scene.x = x;
  nameRows(scene, names.rows, lessonLabels.rows, world.languages, say);
  nameColumns(scene, names.columns, lessonLabels.columns, world.languages, say);

  const [steps, features] = [scene.rows.length, scene.columns.length];
  scene.w = (isGate ? read.square("w", steps) : read.vector("w", features)) ?? scene.w;
  scene.query = read.vector("query", features) ?? scene.query;
  if (read.has("b", "none")) switchBias(scene, false);
  else scene.b = read.vector("b", steps) ?? scene.b;
  scene.mask = read.switches("mask", steps) ?? scene.mask;
  readObjective(read, scene, world.rules.training);
  const view = readView(read);
  const tab = readTab(read, world, view);
  const choices = readChoices(read, world, say);
  const training = readTraining(read, world);
  return { lesson: name, lang, tab, scene, choices, training, ...view, notices };
}

// A hidden tab does not open, and for a projector there is the first one only.
function readTab(read, world, { hide, view }) {
  const hidden = hiddenNames(hide);
  const open = world.tabs.filter((name, i) => i === 0 || !(view || hidden.includes(name)));
  return read.choice("tab", open) ?? world.tabs[0];
}

// -> the address' part after "#", without it
export function writeAddress(state, world, shownLang) {
  const { lang, tab, scene, choices, training } = state;
  // A lesson of one's own has no name that another page would know: only its table travels.
  const lesson = world.lessons.get(state.lesson).own ? world.first : state.lesson;
  const start = openLesson(world.lessons.get(lesson), world.languages);
  const kind = scene.kind === start.kind ? null : scene.kind;
  switchKind(start, scene.kind);
  const { rows, columns, x } = structuredClone(start);
  fitTable(start, scene.rows.length, scene.columns.length, world.newLabel);
  Object.assign(start, { rows, columns, x }); // these three tell how large the table is
  const text = {
    rows: (labels) => labels.map((label) => encodeURIComponent(nameOf(label, shownLang))).join(","),
    x: (matrix) => matrix.map((row) => row.join(",")).join(";"),
    w: (weights) => weights.join(scene.kind === "gate" ? ";" : ","), // a row inside joins itself by ","
    b: (bias) => bias?.join(",") ?? "none",
    mask: (mask) => mask.map(Number).join(""),
  };
  text.columns = text.rows;
  const unused = isDot(scene) ? ["w", "b"] : ["query"];
  const value = {
    lesson: lesson === world.first ? null : lesson,
    lang,
    kind,
    tab: tab === world.tabs[0] ? null : tab,
    ...writeObjective(scene.objective, start.objective),
    ...writeChoices(choices, world),
    ...writeTraining(training, world),
    ...writeView(state),
  };
  for (const key of ADDRESS_KEYS.filter((name) => !(name in value))) {
    const same = unused.includes(key) || JSON.stringify(scene[key]) === JSON.stringify(start[key]);
    value[key] = same ? null : (text[key] ?? String)(scene[key]);
  }
  return ADDRESS_KEYS.filter((key) => value[key] !== null)
    .map((key) => `${key}=${value[key]}`)
    .join("&");
}

// -> Map of the known keys. Names stay encoded: a comma in a name is not one between names.
function splitAddress(hash, say) {
  const pairs = new Map();
  if (hash.length > LONGEST_ADDRESS) say("long_address", { most: LONGEST_ADDRESS });
  else
    for (const pair of hash.replace(/^#/, "").split("&").filter(Boolean)) {
      const [key, ...rest] = pair.split("=");
      const value = rest.join("=");
      if (!ADDRESS_KEYS.includes(key)) say("unknown_key", { key });
      else if (pairs.has(key)) say("repeated_key", { key });
      else
        pairs.set(key, key === "rows" || key === "columns" ? value : (decodeName(value) ?? value));
    }
  return pairs;
}

// One function a form of value; each gives undefined where the key is absent or cannot be used.
function addressReader(pairs, rules, say) {
  const wrong = (key, shape, values = {}) =>
    say("shape", { key, came: pairs.get(key), shape: { key: `shape_${shape}`, values } });
  const clamp = (key, number, [low, high]) => {
    const used = Math.min(Math.max(number, low), high);
    if (used !== number) say("range", { key, low, high, came: number, used });
    return used;
  };
  const atMost = (key, list, most) => {
    if (list.length > most) say("too_many", { key, most, came: list.length });
    return list.slice(0, most);
  };
  // -> rows of numbers, all of one length, or null
  const rowsOfNumbers = (key) => {
    const rows = atMost(key, pairs.get(key).split(";"), rules.rows).map((row) =>
      row.split(",").map(readNumber),
    );
    if (rows.some((row) => row.includes(null) || row.length !== rows[0].length)) return null;
    return rows.map((row) => row.map((number) => clamp(key, number, rules.number)));
  };
  const when =
    (read) =>
    (key, ...rest) =>
      pairs.has(key) ? read(key, ...rest) : undefined;

  return {
    has: (key, value) => pairs.get(key) === value,
    plain: when((key) => pairs.get(key)),
    whole: when((key, [low, high]) => {
      const number = readNumber(pairs.get(key));
      if (!Number.isInteger(number)) return wrong(key, "whole", { low, high });
      return clamp(key, number, [low, high]);
    }),
    onOff: when((key) => {
      const came = pairs.get(key);
      return ["0", "1"].includes(came) ? came === "1" : wrong(key, "mask", { count: 1 });
    }),
    choice: when((key, allowed) => {
      const came = pairs.get(key);
      if (allowed.includes(came)) return came;
      return say("choice", { key, allowed: allowed.join(", "), came });
    }),
    several: when((key, allowed) => {
      const came = pairs.get(key) === "none" ? [] : pairs.get(key).split(",");
      if (came.every((name) => allowed.includes(name))) return [...new Set(came)];
      return say("choice", { key, allowed: allowed.join(", "), came: pairs.get(key) });
    }),
    // Of a list the names that are known, each once; `others` are second names: { q: "query" }.
    known: when((key, allowed, others) => {
      const came = pairs.get(key).split(",").filter(Boolean);
      const names = came.map((name) => (Object.hasOwn(others, name) ? others[name] : name));
      for (const name of names.filter((name) => !allowed.includes(name)))
        say("choice", { key, allowed: allowed.join(", "), came: name });
      return allowed.filter((name) => names.includes(name));
    }),
    vector: when((key, count, range = rules.number) => {
      const numbers = pairs.get(key).split(",").map(readNumber);
      if (numbers.includes(null) || numbers.length !== count)
        return wrong(key, "numbers", { count });
      return numbers.map((number) => clamp(key, number, range));
    }),
    matrix: when((key, columns) => {
      const rows = rowsOfNumbers(key);
      if (!rows) return wrong(key, "matrix");
      atMost(key, rows[0], columns);
      return rows.map((row) => row.slice(0, columns));
    }),
    // One number a row; "1,2,3" is read as "1;2;3" too.
    single: when((key) => {
      const rows = rowsOfNumbers(key);
      const column =
        rows?.length === 1 ? atMost(key, rows[0], rules.rows).map((number) => [number]) : rows;
      return column?.[0].length === 1 ? column : wrong(key, "single");
    }),
    square: when((key, size) => {
      const rows = rowsOfNumbers(key);
      return rows?.length === size && rows[0].length === size
        ? rows
        : wrong(key, "square", { count: size });
    }),
    switches: when((key, count) => {
      const came = pairs.get(key);
      if (!/^[01]+$/.test(came) || came.length !== count) return wrong(key, "mask", { count });
      return [...came].map((digit) => digit === "1");
    }),
    names: when((key, most) => {
      const came = atMost(key, pairs.get(key).split(","), most);
      const decoded = came.map(decodeName);
      if (decoded.includes(null)) return say("names", { key });
      const names = decoded.map(tidyName);
      if (names.includes("")) say("names", { key });
      if (!names.some(Boolean)) return undefined;
      if (names.some((name) => [...name].length > rules.name))
        say("long_name", { most: rules.name });
      return names.map((name) => shortName(name, rules.name));
    }),
  };
}

function decodeName(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function fitTable(scene, steps = scene.rows.length, features = scene.columns.length, newLabel) {
  while (scene.rows.length > steps) removeRow(scene, scene.rows.length - 1);
  while (scene.rows.length < steps) addRow(scene, newLabel("new_row", scene.rows.length + 1));
  if (scene.kind === "gate") return;
  while (scene.columns.length > features) removeColumn(scene, scene.columns.length - 1);
  while (scene.columns.length < features)
    addColumn(scene, newLabel("new_column", scene.columns.length + 1));
}

// A name that the lesson knows is the lesson's, and so goes on speaking every language; the row is
// then the lesson's row, wherever it stands now.
function nameRows(scene, names, labels, languages, say) {
  if (!names) return;
  const found = recognise(names, labels, languages);
  const count = scene.rows.length;
  if (names.length !== count) say("count", { key: "rows", came: names.length, used: count });
  scene.rows = scene.rows.map((label, row) => labels[found[row]] ?? (names[row] || label));
  scene.origins = scene.rows.map((_, row) => {
    if (found[row] >= 0) return found[row];
    return count === labels.length && !found.includes(row) ? row : null;
  });
}

function nameColumns(scene, names, labels, languages, say) {
  if (!names) return;
  const found = recognise(names, labels, languages);
  const count = scene.columns.length;
  if (names.length !== count) say("count", { key: "columns", came: names.length, used: count });
  scene.columns = scene.columns.map((label, i) => labels[found[i]] ?? (names[i] || label));
}

// -> for each name, which of the lesson's labels it is (-1: none), each label at most once, and the
// one at the same place before any other
function recognise(names, labels, languages) {
  const isIt = (name, label) => languages.some((lang) => label?.[lang] === name);
  const taken = new Set([...labels.keys()].filter((i) => isIt(names[i], labels[i])));
  return names.map((name, i) => {
    if (isIt(name, labels[i])) return i;
    const found = labels.findIndex((label, j) => !taken.has(j) && isIt(name, label));
    taken.add(found);
    return found;
  });
}
