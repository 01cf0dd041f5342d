// Under the table: one row or one column more.

import { addColumn, addRow } from "../core/scene.js";
import { newLabel } from "../state/codecs.js";
import { reshape } from "../state/editing.js";
import { listen } from "../state/events.js";
import { given } from "../state/given.js";
import { state } from "../state/store.js";
import { text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";
import { pasteButton } from "./paste.js";
import { termsLine } from "./terms.js";

/** @import { Label, Scene } from "../core/types.js" */

export function growingLine() {
  const buttons = [growButton("row", addRow), growButton("column", addColumn)];
  const hint = make("p", { class: "note" });
  listen({
    language() {
      for (const { node, one } of buttons) showText(node, `+ ${text(`add_${one}`)}`);
      showText(hint, text("hint_click"));
    },
    shape() {
      for (const button of buttons) button.update();
    },
  });
  const line = make(
    "div",
    { class: "under" },
    ...buttons.map(({ node }) => node),
    pasteButton(),
    hint,
  );
  return make("div", { class: "below-table" }, line, termsLine());
}

/** one: "row" or "column"; add(scene, label)
 * @type {(one: "row" | "column", add: (scene: Scene, label: Label) => void) => { node: HTMLButtonElement, one: string, update: () => void }} */
function growButton(one, add) {
  const count = () => state.scene[`${one}s`].length;
  const node = make("button", {
    type: "button",
    class: "pill",
    "data-testid": `add-${one}`,
    onclick() {
      const number = count() + 1;
      reshape(() => add(state.scene, newLabel(`new_${one}`, number)), `${one}-name-${number - 1}`);
    },
  });
  return {
    node,
    one,
    update() {
      const most = given.rules[`${one}s`];
      node.disabled = count() >= most;
      node.title = node.disabled ? text(`most_${one}s`, { most }) : "";
      node.hidden = one === "column" && state.scene.kind === "gate"; // it has just one
    },
  };
}
