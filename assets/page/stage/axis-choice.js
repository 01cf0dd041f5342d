// Which two features are the axes of the plane.

import { showStage } from "../state/navigation.js";
import { state } from "../state/store.js";
import { labelText, text } from "../state/texts.js";
import { make } from "../ui/dom.js";
import { shownAxes } from "./axes.js";

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
      select.setAttribute("aria-label", text(side ? "axis_up" : "axis_across"));
      select.replaceChildren(
        ...state.scene.columns.map((label, i) => make("option", { value: i }, labelText(label))),
      );
      select.value = String(shownAxes(state.scene)[side]);
    },
  };
}
