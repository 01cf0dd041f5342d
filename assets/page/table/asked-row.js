// At the foot of the table of self-attention: what the step that asks gets. Its numbers belong to no
// column of x.

import { askingStep } from "../core/asking.js";
import { twoDecimals } from "../core/numbers.js";
import { outputLabels } from "../core/scene.js";
import { labelText, text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";
import { term } from "../ui/term.js";
import { numberCell, showNumber } from "./cells.js";

/** @import { Scene } from "../core/types.js" */
/** @import { Pieces } from "./pieces.js" */

/** behind: how many columns a row has behind its arrow
 * @type {(scene: Scene, behind: number) => { node: HTMLElement } & Pieces} */
export function askedRow(scene, behind) {
  const title = make("small");
  const cells = outputLabels(scene).map((label, i) =>
    numberCell({
      ...{ class: "number", "data-testid": `output-${i}`, "data-label": labelText(label) },
    }),
  );
  const line = make("table", { class: "asked-output" }, make("tr", {}, ...cells));
  const hint = make("td", { class: "hint", colspan: behind }, text("output_asked_hint"));
  const across = { class: "asked-cell", colspan: scene.columns.length };
  const head = make("th", { scope: "row" }, term("output", text("output")).node, title);
  return {
    node: make(
      "tr",
      { class: "outputs" },
      head,
      make("td", across, line),
      make("td", { class: "op" }, "→"),
      hint,
    ),
    say() {},
    update(trace) {
      showText(title, text("output_of", { name: labelText(scene.rows[askingStep(scene)]) }));
      cells.forEach((cell, i) => showNumber(cell, trace.output[i], twoDecimals));
    },
  };
}
