// A row is a step: its vector, what the layer makes of it, its weight and its mask switch.

import { askingStep, seenSteps } from "../core/asking.js";
import { dot } from "../core/attention.js";
import { fixedNumber, twoDecimals } from "../core/numbers.js";
import { percent } from "../core/percentages.js";
import { removeRow } from "../core/scene.js";
import { edited, reshape, selectRow } from "../state/editing.js";
import { currentLesson, rangeOf } from "../state/lessons.js";
import { labelText, text } from "../state/texts.js";
import { make, showText, showValue } from "../ui/dom.js";
import { rowStyle } from "../ui/rows.js";
import { nameCell, numberCell, showNumber, sliderCell } from "./cells.js";
import { withPieces } from "./pieces.js";
import { rowHandle } from "./row-handle.js";

/** @import { Scene } from "../core/types.js" */
/** @import { Layout, Row } from "./types.js" */

/** @type {(scene: Scene, layout: Layout, row: number) => Row} */
export function buildRow(scene, layout, row) {
  const { isGate, withProduct, decimals } = layout;
  const product = withProduct ? rowNumber("product", row) : null;
  const [logit, score] = [rowNumber("logit", row), rowNumber("score", row)];
  const weight = weightCell(row);
  const gated = isGate ? rowNumber("gated", row, "output") : null;
  const piece = gated && withPieces(gated, scene, 0, [row]);
  const node = make(
    "tr",
    {
      class: "step",
      style: rowStyle(row),
      onclick: () => selectRow(row),
      onfocusin: () => selectRow(row),
    },
    rowNameCell(scene, layout, row),
    ...rowSliders(scene, layout, row),
    product,
    layout.withBias ? biasCell(scene, layout, row) : null,
    logit,
    score,
    weight.node,
    gated,
    maskCell(scene, layout, row),
    layout.isSelf ? asksCell(scene, layout, row) : null,
  );
  return {
    node,
    aim: weight.aim,
    pin: weight.pin,
    say: (trace) => piece?.say(trace),
    update(trace) {
      showNumber(logit, trace.logits[row], twoDecimals);
      showNumber(score, trace.scores[row], (value) => fixedNumber(value, decimals));
      weight.show(trace.weights[row]);
      if (product) showNumber(product, dot(scene.x[row], scene.w), twoDecimals);
      if (gated) showNumber(gated, trace.output[row], twoDecimals);
      piece?.update(trace);
      node.classList.toggle("hidden-step", !seenSteps(scene)[row]);
      node.classList.toggle("asking", layout.isSelf && askingStep(scene) === row);
    },
  };
}

/** A computed number of the row; testid: where it is not called as its column is
 * @type {(name: string, row: number, testid?: string) => HTMLElement} */
function rowNumber(name, row, testid = name) {
  const label = text(name === "gated" ? "output_gate" : name);
  return numberCell({
    class: `number ${name}`,
    "data-testid": `${testid}-${row}`,
    "data-label": label,
  });
}

/** @type {(scene: Scene, layout: Layout, row: number) => HTMLElement} */
function rowNameCell(scene, layout, row) {
  return nameCell(layout, {
    sign: rowHandle(scene, layout, row),
    key: "row",
    labels: scene.rows,
    index: row,
    onremove: (event) => {
      event.stopPropagation();
      reshape(() => removeRow(scene, row), `row-name-${Math.max(row - 1, 0)}`);
    },
    attributes: { scope: "row", class: "row-name" },
  });
}

/** The vector, an arrow, and of a gate the row's column of the square of weights.
 * @type {(scene: Scene, layout: Layout, row: number) => HTMLElement[]} */
function rowSliders(scene, layout, row) {
  const { isGate, features, across } = layout;
  const rowName = () => labelText(scene.rows[row]);
  const inputs = features.map((column) => {
    const columnName = () => labelText(scene.columns[column]);
    return sliderCell(layout, {
      testid: `x-${row}-${column}`,
      role: "x",
      range: rangeOf(column),
      list: scene.x[row],
      index: column,
      name: () =>
        text(isGate ? "slider_x_gate" : "slider_x", { row: rowName(), column: columnName() }),
      heading: () => (isGate ? text("x_number") : columnName()),
    });
  });
  /** @type {(from: number) => HTMLElement} */
  const weight = (from) =>
    sliderCell(layout, {
      testid: `w-${from}-${row}`,
      role: "w",
      range: currentLesson().ranges.w,
      list: scene.w[from],
      index: row,
      name: () => text("slider_w_gate", { column: labelText(scene.rows[from]), row: rowName() }),
      heading: () => text("from_column", { name: labelText(scene.rows[from]) }),
    });
  return [...inputs, make("td", { class: "op" }, "→"), ...(isGate ? across.map(weight) : [])];
}

/** @type {(scene: Scene, layout: Layout, row: number) => HTMLElement} */
function biasCell(scene, layout, row) {
  return sliderCell(layout, {
    testid: `b-${row}`,
    role: "b",
    range: currentLesson().ranges.b,
    list: /** @type {number[]} */ (scene.b),
    index: row,
    name: () => text("slider_b", { row: labelText(scene.rows[row]) }),
    heading: () => text("bias"),
  });
}

/** @type {(row: number) => { node: HTMLElement, aim: (share: number | null) => void, pin: Row["pin"], show: (weight: number) => void }} */
function weightCell(row) {
  const [fill, mark] = [make("i"), make("s", { hidden: true })];
  const outline = make("b", { hidden: true, "data-testid": `pinned-${row}` });
  const pinned = make("span", { class: "unseen" }); // for those who do not see the outline
  const share = make("span", { class: "number", "data-testid": `weight-${row}` });
  const bar = make("div", { class: "bar", "aria-hidden": "true" }, fill, outline, mark);
  return {
    node: make(
      "td",
      { class: "share", "data-label": text("weight") },
      make("div", { class: "pair" }, bar, share, pinned),
    ),
    aim(share) {
      mark.hidden = share === null;
      mark.style.left = `${100 * (share ?? 0)}%`;
    },
    pin(weight) {
      outline.hidden = weight === null;
      outline.style.width = `${100 * (weight ?? 0)}%`;
      outline.title = weight === null ? "" : text("pinned", { share: percent(weight) });
      showText(pinned, outline.title);
      if (weight !== null) outline.dataset.value = String(weight);
    },
    show(weight) {
      showValue(share, weight, percent);
      fill.style.transform = `scaleX(${weight})`;
    },
  };
}

/** @type {(scene: Scene, layout: Layout, row: number) => HTMLElement} */
function maskCell(scene, { relabels, follows }, row) {
  /** @type {HTMLInputElement} */
  const shown = make("input", {
    type: "checkbox",
    "data-testid": `mask-${row}`,
    onchange: () => {
      scene.mask[row] = shown.checked;
      edited();
    },
  });
  shown.checked = scene.mask[row];
  const name = () => text("show_row", { name: labelText(scene.rows[row]) });
  follows.push(() => (shown.checked = scene.mask[row]));
  relabels.push(() => shown.setAttribute("aria-label", name()));
  return make("td", { class: "mask", "data-label": text("mask_visible") }, shown);
}

/** Which row asks: one of them all.
 * @type {(scene: Scene, layout: Layout, row: number) => HTMLElement} */
function asksCell(scene, { relabels, follows }, row) {
  /** @type {HTMLInputElement} */
  const asks = make("input", {
    ...{ type: "radio", name: "asks", "data-testid": `asks-${row}` },
    onchange: () => {
      scene.asks = row;
      edited();
    },
  });
  const follow = () => (asks.checked = askingStep(scene) === row);
  follow();
  follows.push(follow);
  const name = () => text("asks_row", { name: labelText(scene.rows[row]) });
  relabels.push(() => asks.setAttribute("aria-label", name()));
  return make("td", { class: "asks", "data-label": text("asks") }, asks);
}
