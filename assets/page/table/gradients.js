// What training says of the table: under each slider that learns its gradient, and an arrow that
// points where the next step moves it; on each weight's bar a mark where the weight should be.

import { shortNumber } from "../core/numbers.js";
import { text } from "../state/texts.js";
import { make, showValue } from "../ui/dom.js";

/** @import { Part, Scene } from "../core/types.js" */
/** @import { Lane, Layout, Row } from "./types.js" */

/**
 * @typedef {object} LearningView
 * @property {(on: boolean) => void} open whether there is room for gradients
 * @property {(shares: number[] | null) => void} aim shares of the targets, one a row; null: none is shown
 * @property {(gradients: Partial<Record<Part, any>>, largest: Partial<Record<Part, number>>, turns: Part[]) => void} show
 */

/** @type {(testid: string) => Lane} */
export function gradientLane(testid) {
  const arrow = make("i", { class: "arrow", hidden: true });
  const number = make("span", { "data-testid": `gradient-${testid}` });
  const name = make("span", { class: "unseen" }, `${text("gradient")} `);
  const track = make("span", { class: "track", "aria-hidden": "true" }, arrow);
  return {
    node: make("div", { class: "lane" }, track, make("span", { class: "slope" }, name, number)),
    show(gradient, at, size, turns) {
      showValue(number, gradient, shortNumber);
      arrow.hidden = gradient === 0 || !turns;
      if (arrow.hidden) return;
      const up = gradient < 0; // a step goes against the gradient
      arrow.classList.toggle("up", up);
      arrow.style.setProperty("--before", `${100 * (up ? at : 1 - at)}%`);
      arrow.style.setProperty("--long", `${50 * Math.sqrt(size)}%`);
      arrow.style.opacity = String(0.5 + 0.5 * Math.sqrt(size));
    },
  };
}

/** @type {Record<string, Part>} */
const PART_OF = { w: "w", b: "b", q: "query" };

/** nodes: in which the gradients stand
 * @type {(nodes: HTMLElement[], rows: Row[], layout: Layout, scene: Scene) => LearningView} */
export function learningView(nodes, rows, { learned }, scene) {
  const places = learned.map(({ role, list, index, part = PART_OF[role] }) => {
    const at = /** @type {any[]} */ (scene[part]).indexOf(list); // in a matrix
    return { part, row: at < 0 ? null : at, index };
  });
  return {
    open(on) {
      for (const node of nodes) node.classList.toggle("learning", on);
    },
    aim(shares) {
      rows.forEach((row, i) => row.aim(shares?.[i] ?? null));
    },
    show(gradients, largest, turns) {
      learned.forEach(({ control, lane }, i) => {
        const { part, row, index } = places[i];
        const gradient = row === null ? gradients[part][index] : gradients[part][row][index];
        const size = Math.abs(gradient) / (largest[part] || 1);
        lane.show(gradient, control.share(), size, turns.includes(part));
      });
    },
  };
}
