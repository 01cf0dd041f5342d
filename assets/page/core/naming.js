// How an address fits a lesson's table to its own numbers and names.

import { addColumn, addRow, removeColumn, removeRow } from "./scene.js";

/** @import { Label, Scene, Values } from "./types.js" */
/** @typedef {(key: string, values: Values) => unknown} Say adds a notice */

/** @type {(scene: Scene, steps: number | undefined, features: number | undefined, newLabel: (key: string, number: number) => Label) => void} */
export function fitTable(
  scene,
  steps = scene.rows.length,
  features = scene.columns.length,
  newLabel,
) {
  while (scene.rows.length > steps) removeRow(scene, scene.rows.length - 1);
  while (scene.rows.length < steps) addRow(scene, newLabel("new_row", scene.rows.length + 1));
  if (scene.kind === "gate") return;
  while (scene.columns.length > features) removeColumn(scene, scene.columns.length - 1);
  while (scene.columns.length < features)
    addColumn(scene, newLabel("new_column", scene.columns.length + 1));
}

/** A name that the lesson knows is the lesson's, and so goes on speaking every language; a row is then
 * the lesson's row, wherever it stands now.
 * @type {(scene: Scene, axis: "rows" | "columns", names: string[] | undefined, labels: Label[], languages: string[], say: Say) => void} */
export function nameAxis(scene, axis, names, labels, languages, say) {
  if (!names) return;
  const found = recognise(names, labels, languages);
  const count = scene[axis].length;
  if (names.length !== count) say("count", { key: axis, came: names.length, used: count });
  scene[axis] = scene[axis].map((label, i) => labels[found[i]] ?? (names[i] || label));
  if (axis === "columns") return;
  scene.origins = scene.rows.map((_, row) => {
    if (found[row] >= 0) return found[row];
    return count === labels.length && !found.includes(row) ? row : null;
  });
}

/** -> for each name, which of the lesson's labels it is (-1: none), each label at most once, and the
 * one at the same place before any other
 * @type {(names: string[], labels: Label[], languages: string[]) => number[]} */
function recognise(names, labels, languages) {
  /** @type {(name: string, label: any) => boolean} */
  const isIt = (name, label) => languages.some((lang) => label?.[lang] === name);
  const taken = new Set([...labels.keys()].filter((i) => isIt(names[i], labels[i])));
  return names.map((name, i) => {
    if (isIt(name, labels[i])) return i;
    const found = labels.findIndex((label, j) => !taken.has(j) && isIt(name, label));
    taken.add(found);
    return found;
  });
}
