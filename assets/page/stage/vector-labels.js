// What the arrows and shapes in the plane of self-attention are called. Those that end at the same place
// share a label: "k · d, (space)", and "k, v · dog" where a row's key and value do.

import { labelText } from "../state/texts.js";
import { makeShape } from "../ui/dom.js";
import { rowStyle } from "../ui/rows.js";
import { labelPlaces } from "./label-places.js";
import { nameFont, shortened } from "./words.js";

/** @import { Place } from "../core/geometry.js" */
/** @import { Scene } from "../core/types.js" */
/** @import { Plane } from "./axes.js" */
/** @import { Label, Obstacle } from "./label-places.js" */

/** @typedef {{ letter: "q" | "k" | "v", row: number, at: Place, radius: number }} Tip radius: of what is drawn there */
/** @typedef {{ letters: string[], rows: number[], tips: number[], beside: Place, words: SVGElement }} VectorLabel tips: by number, whose label it is */

const MOST_NAMED = 6; // rows whose names have room beside both of their vectors
const SAME = 1; // pixel between tips that share a label
const WIDEST_LABEL = 0.5; // of the plane

/** @type {(scene: Scene, plane: Plane) => { node: SVGElement, place: (tips: Tip[], others: Label[], obstacles: Obstacle[]) => void, follow: (tips: Tip[]) => boolean }} */
export function vectorLabels(scene, plane) {
  const node = makeShape("g");
  /** @type {VectorLabel[]} */
  let shown = [];
  let named = "";
  /** @type {(label: VectorLabel, tips: Tip[]) => void} */
  const move = ({ words, tips: [first], beside }, tips) => {
    const { x, y } = tips[first].at;
    words.setAttribute("transform", `translate(${x + beside.x} ${y + beside.y})`);
  };
  return {
    node,
    place(tips, others, obstacles) {
      named = namesOf(tips);
      shown = grouped(tips).map((label) => ({ ...label, words: vectorWords(scene, plane, label) }));
      const labels = shown.map((label) => ({
        ...tips[label.tips[0]],
        words: String(label.words.textContent),
        /** @type {(beside: Place) => void} */
        put(beside) {
          label.beside = beside;
          move(label, tips);
        },
      }));
      const all = [...labels, ...others];
      labelPlaces(all, plane.box, obstacles).forEach((place, i) => all[i].put(place));
      node.replaceChildren(...shown.map(({ words }) => words));
    },
    /** -> whether they are still called so: no row has gone, and none has left the others of its label */
    follow(tips) {
      if (namesOf(tips) !== named) return false;
      shown.forEach((label) => move(label, tips));
      return shown.every(({ tips: [first, ...more] }) =>
        more.every((tip) => areClose(tips[first], tips[tip])),
      );
    },
  };
}

/** @type {(tips: Tip[]) => string} */
const namesOf = (tips) => tips.map(({ letter, row }) => letter + row).join();

/** @type {(one: Tip, other: Tip) => boolean} */
const areClose = ({ at }, other) => Math.hypot(at.x - other.at.x, at.y - other.at.y) < SAME;

/** Rows of one letter at one place, and then letters of the same rows.
 * @type {(tips: Tip[]) => VectorLabel[]} */
function grouped(tips) {
  /** @type {VectorLabel[]} */
  const groups = [];
  tips.forEach((tip, i) => {
    const same = groups.find(
      ({ letters, tips: [first] }) => letters[0] === tip.letter && areClose(tips[first], tip),
    );
    same?.rows.push(tip.row);
    same?.tips.push(i);
    if (!same) groups.push({ ...NO_LABEL, letters: [tip.letter], rows: [tip.row], tips: [i] });
  });
  return groups.filter((group, i) => {
    const rows = String(group.rows);
    const same = groups
      .slice(0, i)
      .find((one) => String(one.rows) === rows && areClose(tips[one.tips[0]], tips[group.tips[0]]));
    same?.letters.push(...group.letters);
    same?.tips.push(...group.tips);
    return !same;
  });
}

const NO_LABEL = { beside: { x: 0, y: 0 }, words: makeShape("text") };

/** In the colour of the row, if it is of one.
 * @type {(scene: Scene, plane: Plane, label: VectorLabel) => SVGElement} */
function vectorWords(scene, { box }, { letters, rows }) {
  const names = rows.map((row) => labelText(scene.rows[row])).join(", ");
  const whole = letters.join(", ") + (scene.rows.length <= MOST_NAMED ? ` · ${names}` : "");
  const words = shortened(whole, (box.right - box.left) * WIDEST_LABEL, nameFont(12.5));
  const style = rows.length === 1 ? { style: rowStyle(rows[0]) } : {};
  return makeShape("text", { class: "point-name vector-name", ...style }, words);
}
