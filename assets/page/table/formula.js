// The chosen row's numbers, put into the formula line by line.

import { run } from "../core/scene.js";
import { listen } from "../state/events.js";
import { state } from "../state/store.js";
import { labelText, text } from "../state/texts.js";
import { make, showText, showTypeset } from "../ui/dom.js";
import { rowStyle } from "../ui/rows.js";
import { formulaLines } from "./formula-lines.js";
import "./formula.css";

/** @typedef {Exclude<FormulaPart, string>} RolePart */
/** @import { Asked, FormulaPart } from "./formula-lines.js" */

export function formulaPlace() {
  const node = make("div", { class: "formula-place" });
  /** @type {ReturnType<typeof formulaPanel>} */
  let panel;
  const update = () => {
    const { scene, row } = state;
    panel.update({ scene, trace: run(scene), row }, labelText(scene.rows[row]));
  };
  listen({
    language() {
      panel = formulaPanel();
      node.replaceChildren(panel.node);
    },
    frame: update,
    selected: update,
  });
  return node;
}

/** @type {(part: FormulaPart) => RolePart} */
const withRole = (part) => (typeof part === "string" ? ["plain", part] : part);

function formulaPanel() {
  const title = make("h3", { dir: "auto" });
  const list = make("dl");
  const notes = make("p", { class: "note said" });
  const later = make("p", { class: "note later-on" }, text("formula_later"));
  let shape = ""; // while the lines keep their shape, their nodes stay and only the texts change
  /** @type {HTMLElement[][]} */
  let nodes = [];

  /** @type {(names: string[], lines: RolePart[][]) => void} */
  function build(names, lines) {
    const roles = lines.map((line) => line.map(([role, , row]) => ({ role, row })));
    const needed = JSON.stringify([names, roles]);
    if (needed === shape) return;
    shape = needed;
    nodes = roles.map((line) =>
      line.map(({ role, row }) =>
        make(role === "result" ? "strong" : "span", {
          class: `role-${role}`,
          style: row === undefined ? null : rowStyle(row),
        }),
      ),
    );
    list.replaceChildren(
      ...nodes.flatMap((line, i) => [make("dt", {}, names[i]), make("dd", {}, ...line)]),
    );
  }

  return {
    node: make(
      "section",
      { class: "panel formula", "data-testid": "formula" },
      ...[title, later, list, notes],
    ),
    /** @type {(asked: Asked, name: string) => void} */
    update(asked, name) {
      const { lines, notes: said } = formulaLines(asked);
      const parts = lines.map(([, parts, sign, result]) =>
        ["= ", ...parts, ` ${sign} `, /** @type {RolePart} */ (["result", result])].map(withRole),
      );
      build(
        lines.map(([name]) => name),
        parts,
      );
      parts.forEach((line, i) => line.forEach(([, words], j) => showTypeset(nodes[i][j], words)));
      showText(title, text("formula_title", { name }));
      showText(notes, said.join(" "));
    },
  };
}
