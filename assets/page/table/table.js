// The table is the layer: a column is a feature with its weight on top, a row is a time step, and
// under each column stands the weighted output, because it is the sum down that column.

import { twoDecimals } from "../core/numbers.js";
import { isSelf } from "../core/asking.js";
import { hasScores, hasWeights, isDot, removeColumn } from "../core/scene.js";
import { reshape } from "../state/editing.js";
import { listen } from "../state/events.js";
import { currentLesson } from "../state/lessons.js";
import { hides } from "../state/navigation.js";
import { state } from "../state/store.js";
import { labelText, text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";
import { rowStyle } from "../ui/rows.js";
import { nameCell, numberCell, showNumber, sliderCell } from "./cells.js";
import { learningView } from "./gradients.js";
import { withPieces } from "./pieces.js";
import { askedRow } from "./asked-row.js";
import { projectionsPanel } from "./projections.js";
import { buildRow } from "./row.js";
import { term } from "../ui/term.js";
import "./table.css";

/** @import { Kind, Scene, Trace } from "../core/types.js" */
/** @import { Pieces } from "./pieces.js" */
/** @import { Layout } from "./types.js" */
/** @import { LearningView } from "./gradients.js" */
/** @typedef {{ node: HTMLElement, beside: HTMLElement[], across: number, relabel: () => void, update: (trace: Trace) => void, say: (trace: Trace) => void, follow: () => void, pin: () => void, learning: LearningView, select: (row: number) => void }} Table across: columns of sliders */

export function tablePlace() {
  const node = make("div", { class: "scroll" });
  /** @type {Table} */
  let table;
  listen({
    shape(focus) {
      table = buildTable(state.scene);
      node.replaceChildren(table.node, ...table.beside);
      // As wide as that has the style to make it.
      const root = /** @type {HTMLElement} */ (node.closest(".playground"));
      root.style.setProperty("--across", String(table.across));
      table.select(state.row);
      table.pin();
      const focused = focus && root.querySelector(`[data-testid="${focus}"]`);
      if (focused instanceof HTMLElement) focused.focus();
    },
    computed(trace) {
      table.update(trace);
      table.node.dataset.ready = "true";
    },
    frame: (trace) => table.say(trace),
    trained: () => table.follow(),
    moved: () => table.follow(),
    renamed: () => table.relabel(),
    selected: (row) => table.select(row),
    pinned: () => table.pin(),
    lanes: (open) => table.learning.open(open),
    targets: (shares) => table.learning.aim(shares),
    gradients: (...told) => table.learning.show(...told),
  });
  return node;
}

/** @type {(scene: Scene) => Table} */
function buildTable(scene) {
  const layout = tableLayout(scene);
  const { isGate } = layout;
  const rows = layout.steps.map((row) => buildRow(scene, layout, row));
  const foot = isGate
    ? null
    : layout.isSelf
      ? askedRow(scene, columnsBehind(layout))
      : outputRow(scene, layout);
  const projections = layout.isSelf ? projectionsPanel(scene, layout) : null;
  const beside = projections ? [projections.node] : [];
  const node = make(
    "table",
    {
      class: classesOf(scene, layout),
      "aria-label": text(`kind_${scene.kind}`),
    },
    make("thead", {}, headRow(scene, layout), underHeads(scene, layout)),
    make("tbody", {}, ...rows.map((row) => row.node)),
    foot && make("tfoot", {}, foot.node),
  );
  const relabel = () => layout.relabels.forEach((relabel) => relabel());
  relabel();
  return {
    ...{ node, beside },
    across: layout.across.length + (isGate ? 1 : 0), // columns of sliders
    relabel,
    update(trace) {
      rows.forEach((row) => row.update(trace));
      foot?.update(trace);
      projections?.update(trace);
    },
    say(trace) {
      rows.forEach((row) => row.say(trace));
      foot?.say(trace);
    },
    // Numbers have moved by themselves or on the stage: the controls follow, nothing is built anew.
    follow: () => layout.follows.forEach((follow) => follow()),
    pin() {
      const { weights = [] } = state.pinned ?? {};
      rows.forEach((row, i) => row.pin(weights[i] ?? null));
    },
    learning: learningView([node, ...beside], rows, layout, scene),
    select(chosen) {
      rows.forEach((row, i) => {
        row.node.classList.toggle("chosen", i === chosen);
        if (i === chosen) row.node.setAttribute("aria-current", "true");
        else row.node.removeAttribute("aria-current");
      });
    },
  };
}

/** @type {(scene: Scene) => Layout} */
function tableLayout(scene) {
  const isGate = scene.kind === "gate";
  return {
    isGate,
    isSelf: isSelf(scene),
    steps: scene.rows.map((_, i) => i),
    features: scene.columns.map((_, i) => i),
    across: (isGate ? scene.rows : scene.columns).map((_, i) => i),
    withBias: Boolean(scene.b) && hasWeights(scene),
    withProduct: Boolean(scene.b) && scene.kind === "attention",
    withLogit: hasScores(scene),
    decimals: scene.kind === "attention" && scene.activation === "tanh" ? 4 : 2,
    relabels: [],
    follows: [],
    learned: [],
  };
}

/** @type {(scene: Scene, layout: Layout) => string} */
function classesOf({ kind }, { across, withLogit }) {
  const some = { many: across.length > 5, "no-logit": !withLogit };
  const named = Object.entries(some).filter(([, on]) => on);
  return ["layer", `kind-${kind}`, ...named.map(([name]) => name)].join(" ");
}

/** The names of the columns, and what stands in the other ones.
 * @type {(scene: Scene, layout: Layout) => HTMLElement} */
function headRow(scene, layout) {
  const { isGate, features, across, withBias, withProduct, relabels } = layout;
  /** @type {(className: string, ...content: (Node | string)[]) => HTMLElement} */
  const head = (className, ...content) =>
    make("th", { scope: "col", class: className }, ...content);
  const names = features.map((column) =>
    nameCell(layout, {
      key: "column",
      labels: scene.columns,
      index: column,
      onremove: () =>
        reshape(() => removeColumn(scene, column), `column-name-${Math.max(column - 1, 0)}`),
      attributes: { scope: "col", class: "column-name" },
    }),
  );
  /** @type {(step: number) => HTMLElement} */
  const fromHead = (step) => {
    const node = head("from");
    node.style.cssText = rowStyle(step);
    relabels.push(() => showText(node, `· ${labelText(scene.rows[step])}`));
    return node;
  };
  const softmax = term("softmax", text("term_name_softmax"));
  /** @type {Partial<Record<Kind, string>>} */
  const score = {
    attention: scene.activation === "tanh" ? "score_tanh" : "score",
    scaled_dot_product: "score_scaled",
    self_attention: "score_scaled",
  };
  return make(
    "tr",
    { class: "heads" },
    head("corner", text("step"), ...(isGate ? [] : [term("x", text("x_number")).node])),
    ...(isGate ? [head("x-head", term("x", text("x_number")).node)] : names),
    make("td", { class: "op" }), // over the arrows: the head of nothing
    ...(isGate ? across.map(fromHead) : []),
    withProduct ? head("product", term("product", text("product")).node) : null,
    withBias ? head("b-head", term("b", text("bias")).node) : null,
    head("logit", term("logit", text("logit")).node),
    head("score", term("score", text(score[scene.kind] ?? "score")).node),
    head("share", softmax.node, " → ", term("weight", text("weight")).node),
    isGate ? head("gated", term("gated", text("output_gate")).node) : null,
    head("mask", term("mask", text("mask")).node, make("small", {}, text("mask_hint"))),
    layout.isSelf ? head("asks", text("asks")) : null,
  );
}

/** On top of the columns: the weights, or the query that takes their place.
 * @type {(scene: Scene, layout: Layout) => HTMLElement} */
function factorRow(scene, layout) {
  const dot = isDot(scene);
  const cells = layout.features.map((column) => {
    const heading = () => labelText(scene.columns[column]);
    return sliderCell(layout, {
      testid: `${dot ? "q" : "w"}-${column}`,
      role: dot ? "q" : "w",
      range: dot ? currentLesson().ranges.query : currentLesson().ranges.w,
      list: dot ? scene.query : scene.w,
      index: column,
      name: () => text(dot ? "slider_q" : "slider_w", { column: heading() }),
      heading,
    });
  });
  return make(
    "tr",
    { class: "factors" },
    make(
      "th",
      { scope: "row", class: "role-w" },
      term(dot ? "query" : "w", text(dot ? "query_row" : "weights_row")).node,
    ),
    ...cells,
    make("td", { class: "op" }, "↓"),
    make(
      "td",
      { class: "hint", colspan: columnsBehind(layout) },
      text(dot ? "query_hint" : "weights_hint"),
    ),
  );
}

/** What the columns are multiplied by; of self-attention, whole matrices, which stand below.
 * @type {(scene: Scene, layout: Layout) => HTMLElement | null} */
function underHeads(scene, layout) {
  if (layout.isSelf) return null;
  return layout.isGate ? gateHint(layout) : factorRow(scene, layout);
}

/** How many columns of numbers a row has behind its arrow, as far as they are shown.
 * @type {(layout: Layout) => number} */
function columnsBehind({ isSelf, withBias, withProduct, withLogit }) {
  /** @type {(name: string) => boolean} */
  const shown = (name) => !hides(name);
  const some = { b: withBias, product: withProduct, logit: withLogit, asks: isSelf };
  const numbers = Object.entries(some).flatMap(([name, on]) => (on ? name : []));
  return 1 + ["score", "mask", ...numbers].filter(shown).length;
}

/** A gate's weights are a square: they stand in the rows.
 * @type {(layout: Layout) => HTMLElement} */
function gateHint(layout) {
  const own = hides("output") ? 2 : 3; // x, the arrow and the row's output
  const rest = own + layout.across.length + columnsBehind(layout);
  return make(
    "tr",
    { class: "factors" },
    make("th", { scope: "row", class: "role-w" }, term("w", text("weights_row")).node),
    make("td", { class: "hint", colspan: rest }, text("gate_hint")),
  );
}

/** At the foot of the columns: what goes on to the next layer.
 * @type {(scene: Scene, layout: Layout) => { node: HTMLElement } & Pieces} */
function outputRow(scene, layout) {
  const { features, relabels } = layout;
  const receives = make("td", { class: "hint", colspan: columnsBehind(layout) });
  const cells = features.map((column) => {
    const cell = numberCell({ class: "number", "data-testid": `output-${column}` });
    relabels.push(() => (cell.dataset.label = labelText(scene.columns[column])));
    return cell;
  });
  const sums = cells.map((cell, column) => withPieces(cell, scene, column, layout.steps));
  return {
    node: make(
      "tr",
      { class: "outputs" },
      make(
        "th",
        { scope: "row" },
        term("output", text("output")).node,
        make("small", {}, text("sum_of")),
      ),
      ...cells,
      make("td", { class: "op" }, "→"),
      receives,
    ),
    say: (trace) => sums.forEach((sum) => sum.say(trace)),
    update(trace) {
      sums.forEach((sum) => sum.update(trace));
      cells.forEach((cell, column) => showNumber(cell, trace.output[column], twoDecimals));
      const most = trace.weights.findIndex((weight) => weight > 0.5);
      const name = most >= 0 && labelText(scene.rows[most]);
      showText(receives, name ? text("output_mostly", { name }) : text("output_hint"));
    },
  };
}
