// Which two features are the axes of the plane.

import { showStage } from "../state/navigation.js";
import { state } from "../state/store.js";
import { text } from "../state/texts.js";
import { make } from "../ui/dom.js";
import { axesOf, shownAxes } from "./axes.js";

/** They stand where the names of the axes would.
 * @type {() => { nodes: HTMLElement[], update: () => void }} */
export function axisChoice() {
  const axes = [axisSelect("axis-x", 0), axisSelect("axis-y", 1)];
  return {
    nodes: axes.map(({ node }) => node),
    update() {
      const isLine = shownAxes(state.scene)[1] === null;
      for (const { node, update } of axes) {
        node.hidden = isLine;
        if (!isLine) update();
      }
    },
  };
}

/** Whoever chooses the other axis' feature gets the two exchanged.
 * @param {string} testid @param {0 | 1} side */
function axisSelect(testid, side) {
  const select = make("select", { "data-testid": testid });
  const sign = make("span", { class: "caption", "aria-hidden": "true" }, side ? "↑" : "→");
  select.addEventListener("change", () => {
    const axes = /** @type {[number, number]} */ (shownAxes(state.scene));
    const chosen = Number(select.value);
    if (axes[1 - side] === chosen) axes.reverse();
    else axes[side] = chosen;
    showStage({ axes });
  });
  return {
    node: make("label", { class: `field axis ${testid}` }, sign, select),
    update() {
      const { columns, names } = axesOf(state.scene);
      select.setAttribute("aria-label", text(side ? "axis_up" : "axis_across"));
      select.replaceChildren(...columns.map((i) => make("option", { value: i }, names[i])));
      select.value = String(shownAxes(state.scene)[side]);
    },
  };
}
