// Under the table: one row or one column more.

import { addColumn, addRow } from "../core/scene.js";
import { make, showText } from "../ui/dom.js";

// page: text(), rules, newLabel(key, number), scene(), reshape(change, focus)
export function growingLine(page) {
  const buttons = Object.entries({ row: addRow, column: addColumn }).map(([one, add]) =>
    growButton(page, one, add),
  );
  const hint = make("p", { class: "note" });
  return {
    node: make("div", { class: "under" }, ...buttons.map(({ node }) => node), hint),
    words() {
      for (const { node, one } of buttons) showText(node, `+ ${page.text(`add_${one}`)}`);
      showText(hint, page.text("hint_click"));
    },
    rebuilt() {
      for (const button of buttons) button.update();
    },
  };
}

// one: "row" or "column"; add(scene, label)
function growButton(page, one, add) {
  const count = () => page.scene()[`${one}s`].length;
  const node = make("button", {
    type: "button",
    class: "pill",
    "data-testid": `add-${one}`,
    onclick() {
      const number = count() + 1;
      page.reshape(
        () => add(page.scene(), page.newLabel(`new_${one}`, number)),
        `${one}-name-${number - 1}`,
      );
    },
  });
  return {
    node,
    one,
    update() {
      const most = page.rules[`${one}s`];
      node.disabled = count() >= most;
      node.title = node.disabled ? page.text(`most_${one}s`, { most }) : "";
      node.hidden = one === "column" && page.scene().kind === "gate"; // it has just one
    },
  };
}
