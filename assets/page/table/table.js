// The table is the layer: a column is a feature with its weight on top, a row is a time step, and
// under each column stands the weighted output, because it is the sum down that column.
//
// `page` is what the table needs of the page around it: `text(key, values)`, `label(label)` (a name
// in the present language), `rules`, `ranges`, and what to call when something is turned:
// `turn()` after a number, `select(row)`, `rename()`, `reshape(change, focus)`, `notice(key, values)`.

import { twoDecimals } from "../core/numbers.js";
import { percentages } from "../core/percentages.js";
import { isDot, removeColumn } from "../core/scene.js";
import { make, showText } from "../ui/dom.js";
import { nameCell, numberCell, showNumber, sliderCell } from "./cells.js";
import { learningView } from "./gradients.js";
import { buildRow } from "./row.js";

export function buildTable(scene, page) {
  const { text } = page;
  const isGate = scene.kind === "gate";
  const layout = {
    isGate,
    steps: scene.rows.map((_, i) => i),
    features: scene.columns.map((_, i) => i),
    across: (isGate ? scene.rows : scene.columns).map((_, i) => i), // one column of weights each
    withBias: Boolean(scene.b) && !isDot(scene),
    withProduct: Boolean(scene.b) && scene.kind === "attention", // without a bias it is the logit
    decimals: scene.kind === "attention" && scene.activation === "tanh" ? 4 : 2,
    relabels: [], // what to call when a name has changed
    learned: [], // the sliders that training turns
  };
  const rows = layout.steps.map((row) => buildRow(scene, page, layout, row));
  const foot = isGate ? null : outputRow(scene, page, layout);
  const node = make(
    "table",
    {
      class: `layer kind-${scene.kind}${layout.across.length > 5 ? " many" : ""}`,
      "aria-label": text(`kind_${scene.kind}`),
    },
    make(
      "thead",
      {},
      headRow(scene, page, layout),
      isGate ? gateHint(page, layout) : factorRow(scene, page, layout),
    ),
    make("tbody", {}, ...rows.map((row) => row.node)),
    foot && make("tfoot", {}, foot.node),
  );
  const relabel = () => layout.relabels.forEach((relabel) => relabel());
  relabel();
  return {
    node,
    across: layout.across.length + (isGate ? 1 : 0), // columns of sliders
    relabel,
    update(trace) {
      const shares = percentages(trace.weights);
      rows.forEach((row) => row.update(trace, shares));
      foot?.update(trace);
    },
    // Training has moved w, b or the query: their sliders follow, nothing is built anew.
    follow() {
      for (const { control, list, index } of layout.learned) control.follow(list[index]);
    },
    learning: learningView(node, rows, layout, scene),
    select(chosen) {
      rows.forEach((row, i) => {
        row.node.classList.toggle("chosen", i === chosen);
        if (i === chosen) row.node.setAttribute("aria-current", "true");
        else row.node.removeAttribute("aria-current");
      });
    },
  };
}

// The names of the columns, and what stands in the other ones.
function headRow(scene, page, { isGate, features, across, withBias, withProduct, relabels }) {
  const { text } = page;
  const head = (className, ...content) =>
    make("th", { scope: "col", class: className }, ...content);
  const names = features.map((column) =>
    nameCell(
      page,
      { relabels },
      {
        key: "column",
        number: column + 1,
        labels: scene.columns,
        index: column,
        removable: features.length > 1,
        onremove: () =>
          page.reshape(() => removeColumn(scene, column), `column-name-${Math.max(column - 1, 0)}`),
        tag: "th",
        attributes: { scope: "col", class: "column-name" },
      },
    ),
  );
  const from =
    isGate &&
    across.map((step) => {
      const node = head("from");
      relabels.push(() => showText(node, `· ${page.label(scene.rows[step])}`));
      return node;
    });
  const weight = head("share role-a", text("weight"));
  weight.title = text("weight_rule");
  const score = {
    attention: scene.activation === "tanh" ? "score_tanh" : "score",
    scaled_dot_product: "score_scaled",
  };
  return make(
    "tr",
    { class: "heads" },
    head("corner", text("step")),
    ...(isGate ? [head("x-head", text("x_number"))] : names),
    make("td", { class: "op" }), // over the arrows: the head of nothing
    ...(from || []),
    withProduct ? head("product", text("product")) : null,
    withBias ? head("b-head role-b", text("bias")) : null,
    head("logit", text("logit")),
    head("score", text(score[scene.kind] ?? "score")),
    weight,
    isGate ? head("gated", text("output_gate")) : null,
    head("mask", text("mask")),
  );
}

// On top of the columns: the weights, or the query that takes their place.
function factorRow(scene, page, layout) {
  const dot = isDot(scene);
  const cells = layout.features.map((column) => {
    const heading = () => page.label(scene.columns[column]);
    return sliderCell(page, layout, {
      testid: `${dot ? "q" : "w"}-${column}`,
      role: dot ? "q" : "w",
      range: dot ? page.ranges.query : page.ranges.w,
      list: dot ? scene.query : scene.w,
      index: column,
      name: () => page.text(dot ? "slider_q" : "slider_w", { column: heading() }),
      heading,
    });
  });
  return make(
    "tr",
    { class: "factors" },
    make(
      "th",
      { scope: "row", class: dot ? "role-q" : "role-w" },
      page.text(dot ? "query_row" : "weights_row"),
    ),
    ...cells,
    make("td", { class: "op" }, "↓"),
    make(
      "td",
      { class: "hint", colspan: columnsBehind(page, layout) },
      page.text(dot ? "query_hint" : "weights_hint"),
    ),
  );
}

// How many columns of numbers a row has behind its arrow, as far as they are shown.
function columnsBehind(page, { withBias, withProduct }) {
  const shown = (name) => !page.hides(name);
  const numbers = ["logit", "score", "mask", ...(withBias ? ["b"] : [])];
  return 1 + [...numbers, ...(withProduct ? ["product"] : [])].filter(shown).length;
}

// A gate's weights are a square: they stand in the rows.
function gateHint(page, layout) {
  const own = page.hides("output") ? 2 : 3; // x, the arrow and the row's output
  const rest = own + layout.across.length + columnsBehind(page, layout);
  return make(
    "tr",
    { class: "factors" },
    make("th", { scope: "row", class: "role-w" }, page.text("weights_row")),
    make("td", { class: "hint", colspan: rest }, page.text("gate_hint")),
  );
}

// At the foot of the columns: what goes on to the next layer.
function outputRow(scene, page, layout) {
  const { features, relabels } = layout;
  const receives = make("td", { class: "hint", colspan: columnsBehind(page, layout) });
  const cells = features.map((column) => {
    const cell = numberCell({ class: "number", "data-testid": `output-${column}` });
    relabels.push(() => (cell.dataset.label = page.label(scene.columns[column])));
    return cell;
  });
  return {
    node: make(
      "tr",
      { class: "outputs" },
      make("th", { scope: "row" }, page.text("output"), make("small", {}, page.text("sum_of"))),
      ...cells,
      make("td", { class: "op" }, "→"),
      receives,
    ),
    update(trace) {
      cells.forEach((cell, column) => showNumber(cell, trace.output[column], twoDecimals));
      const most = trace.weights.findIndex((weight) => weight > 0.5);
      const name = most >= 0 && page.label(scene.rows[most]);
      showText(receives, name ? page.text("output_mostly", { name }) : page.text("output_hint"));
    },
  };
}
