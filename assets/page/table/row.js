// A row is a time step: its vector, what the layer makes of it, its weight and its mask switch.
// `page` and `layout` are those of table.js.

import { dot } from "../core/attention.js";
import { fixedNumber, twoDecimals } from "../core/numbers.js";
import { removeRow } from "../core/scene.js";
import { edited, reshape, selectRow } from "../state/editing.js";
import { currentLesson } from "../state/lessons.js";
import { labelText, text } from "../state/texts.js";
import { make, showText, showValue } from "../ui/dom.js";
import { nameCell, numberCell, rangeOf, showNumber, sliderCell } from "./cells.js";

export function buildRow(scene, layout, row) {
  const { isGate, features, across, withBias, withProduct, decimals, relabels } = layout;
  const rowName = () => labelText(scene.rows[row]);
  const columnName = (column) => labelText(scene.columns[column]);
  const number = (className, testid, label) =>
    numberCell({ class: `number ${className}`, "data-testid": testid, "data-label": label });

  const name = nameCell(layout, {
    key: "row",
    number: row + 1,
    labels: scene.rows,
    index: row,
    removable: scene.rows.length > 1,
    onremove: (event) => {
      event.stopPropagation();
      reshape(() => removeRow(scene, row), `row-name-${Math.max(row - 1, 0)}`);
    },
    tag: "th",
    attributes: { scope: "row", class: "row-name" },
  });
  const inputs = features.map((column) =>
    sliderCell(layout, {
      testid: `x-${row}-${column}`,
      role: "x",
      range: rangeOf(column),
      list: scene.x[row],
      index: column,
      name: () =>
        text(isGate ? "slider_x_gate" : "slider_x", { row: rowName(), column: columnName(column) }),
      heading: () => (isGate ? text("x_number") : columnName(column)),
    }),
  );
  const square = isGate
    ? across.map((from) =>
        sliderCell(layout, {
          testid: `w-${from}-${row}`,
          role: "w",
          range: currentLesson().ranges.w,
          list: scene.w[from],
          index: row,
          name: () =>
            text("slider_w_gate", { column: labelText(scene.rows[from]), row: rowName() }),
          heading: () => `· ${labelText(scene.rows[from])}`,
        }),
      )
    : [];
  const product = withProduct ? number("product", `product-${row}`, text("product")) : null;
  const bias = withBias
    ? sliderCell(layout, {
        testid: `b-${row}`,
        role: "b",
        range: currentLesson().ranges.b,
        list: scene.b,
        index: row,
        name: () => text("slider_b", { row: rowName() }),
        heading: () => text("bias"),
      })
    : null;
  const logit = number("logit", `logit-${row}`, text("logit"));
  const score = number("score", `score-${row}`, text("score"));
  const fill = make("i");
  const aim = make("s", { hidden: true });
  const share = make("span", { class: "number", "data-testid": `weight-${row}` });
  const weight = make(
    "td",
    { class: "share", "data-label": text("weight") },
    make(
      "div",
      { class: "pair" },
      make("div", { class: "bar", "aria-hidden": "true" }, fill, aim),
      share,
    ),
  );
  const gated = isGate ? number("gated", `output-${row}`, text("output_gate")) : null;
  const shown = make("input", {
    type: "checkbox",
    "data-testid": `mask-${row}`,
    onchange: () => {
      scene.mask[row] = shown.checked;
      edited();
    },
  });
  shown.checked = scene.mask[row];
  relabels.push(() => shown.setAttribute("aria-label", text("show_row", { name: rowName() })));

  const node = make(
    "tr",
    { class: "step", onclick: () => selectRow(row), onfocusin: () => selectRow(row) },
    name,
    ...inputs,
    make("td", { class: "op" }, "→"),
    ...square,
    product,
    bias,
    logit,
    score,
    weight,
    gated,
    make("td", { class: "mask", "data-label": text("mask") }, shown),
  );
  return {
    node,
    // Where the weight should be, on its bar; null: nowhere.
    aim(share) {
      aim.hidden = share === null;
      aim.style.left = `${100 * share}%`;
    },
    // shares: the weights of all rows as one reads them
    update(trace, shares) {
      showNumber(logit, trace.logits[row], twoDecimals);
      showNumber(score, trace.scores[row], (value) => fixedNumber(value, decimals));
      showValue(share, trace.weights[row], () => shares[row]);
      showText(share, shares[row]); // which another row may change
      fill.style.transform = `scaleX(${trace.weights[row]})`;
      if (product) showNumber(product, dot(scene.x[row], scene.w), twoDecimals);
      if (gated) showNumber(gated, trace.output[row], twoDecimals);
      node.classList.toggle("hidden-step", !scene.mask[row]);
    },
  };
}
