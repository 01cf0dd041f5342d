// Under the table of self-attention: the three matrices, what of each step they make, and how the steps
// ask each other.

import {
  PROJECTIONS,
  askingStep,
  ofSelf,
  setHeads,
  setPositions,
  setWidth,
} from "../core/asking.js";
import { twoDecimals } from "../core/numbers.js";
import { edited, reshape } from "../state/editing.js";
import { given } from "../state/given.js";
import { rangeOfField } from "../state/lessons.js";
import { inList, labelText, text } from "../state/texts.js";
import { projectionCell } from "../state/touch-refs.js";
import { emphasised, make, makeButton, showText } from "../ui/dom.js";
import { rowStyle } from "../ui/rows.js";
import { term } from "../ui/term.js";
import { sliderCell } from "./cells.js";
import "./projections.css";

/** @import { Matrix, Projection, Scene, Trace } from "../core/types.js" */
/** @import { Layout } from "./types.js" */

const NARROW_PAGE = "(max-width: 760px)"; // there a matrix is opened when one wants it
/** @type {Map<string, boolean>} which matrices the reader has opened or closed */
const chosenOpen = new Map();

/** @type {(scene: Scene, layout: Layout) => { node: HTMLElement, update: (trace: Trace) => void }} */
export function projectionsPanel(scene, layout) {
  const vectors = vectorTable(scene, layout);
  const places = scene.positions === "learned" ? [placesGroup(scene, layout)] : [];
  const matrices = PROJECTIONS.map((name) => matrixGroup(scene, layout, name));
  const groups = make("div", { class: "matrices" }, ...matrices, ...places);
  return {
    node: make(
      "section",
      {
        class: "projections",
        "data-testid": "projections",
        "aria-label": text("kind_self_attention"),
      },
      ...[askingSettings(scene, layout), groups, vectors.node],
    ),
    update: vectors.update,
  };
}

/** @type {(scene: Scene, layout: Layout) => HTMLElement} */
function askingSettings(scene, { follows }) {
  const most = given.rules.heads[1];
  /** @type {(count: number, from?: number) => [number, string][]} */
  const upTo = (count, from = 1) =>
    Array.from({ length: count }, (_, i) => [i + from, String(i + 1)]);
  const heads = choiceField("heads", upTo(most), scene.heads, (value) =>
    setHeads(scene, Number(value)),
  );
  const head = choiceField("head", upTo(scene.heads, 0), scene.head, (value) => {
    scene.head = Number(value);
  });
  const named = given.rules.positions.map((/** @type {string} */ one) => [
    one,
    text(`positions_${one}`),
  ]);
  const positions = choiceField("positions", named, scene.positions, (value) =>
    setPositions(scene, /** @type {any} */ (value)),
  );
  /** @type {HTMLInputElement} */
  const causal = make("input", {
    ...{ type: "checkbox", "data-testid": "causal_mask" },
    onchange() {
      scene.causal = causal.checked;
      edited();
    },
  });
  causal.checked = scene.causal;
  follows.push(() => (causal.checked = scene.causal));
  const causalField = make(
    "label",
    { class: "field" },
    causal,
    make("span", {}, text("causal_mask")),
  );
  const fields = [heads, ...(scene.heads > 1 ? [head] : []), causalField, positions];
  return make("div", { class: "asking-settings" }, ...fields);
}

/** @type {(name: string, options: [string | number, string][], value: string | number, take: (value: string) => void) => HTMLElement} */
function choiceField(name, options, value, take) {
  const nodes = options.map(([one, words]) => make("option", { value: one }, words));
  /** @type {HTMLSelectElement} */
  const select = make(
    "select",
    { "data-testid": name, onchange: () => reshape(() => take(select.value), name) },
    ...nodes,
  );
  select.value = String(value);
  return make("label", { class: "field" }, make("span", { class: "caption" }, text(name)), select);
}

/** @type {(scene: Scene, layout: Layout, name: Projection) => HTMLElement} */
function matrixGroup(scene, layout, name) {
  const matrix = ofSelf(scene[name]);
  const letter = name[1];
  const heads = matrix[0].map((_, i) => `${letter}${i + 1}`);
  const grid = numberGrid(layout, {
    ...{ name, matrix, heads, role: "w", part: name === "wv" ? null : name },
    labels: () => scene.columns.map((label) => labelText(label)),
    cellName: (row, column) => projectionCell(name, row, column),
  });
  const buttons = name === "wk" ? [] : [widthButtons(scene, name)];
  return group(name, grid, ...buttons);
}

/** Vectors that belong to the places.
 * @type {(scene: Scene, layout: Layout) => HTMLElement} */
function placesGroup(scene, layout) {
  const heads = scene.columns.map((label) => labelText(label));
  const grid = numberGrid(layout, {
    ...{ name: "pos", matrix: ofSelf(scene.pos), heads, role: "x", part: null },
    labels: () => scene.rows.map((_, row) => text("place", { number: row + 1 })),
    cellName: (row, column) => text("slider_pos", { row: row + 1, column: heads[column] }),
  });
  return group("pos", grid);
}

/** @type {(name: string, ...content: HTMLElement[]) => HTMLElement} */
function group(name, ...content) {
  const title = make("strong", {}, ...emphasised(text(`matrix_${name}`)));
  const hint = make("small", {}, ...emphasised(text(`matrix_${name}_hint`)));
  const summary = make("summary", {}, title, " ", hint);
  /** @type {HTMLDetailsElement} */
  const node = make(
    "details",
    { class: "matrix-group", "data-testid": `matrix-${name}` },
    summary,
    ...content,
  );
  node.open = chosenOpen.get(name) ?? !matchMedia(NARROW_PAGE).matches;
  summary.addEventListener("click", () => chosenOpen.set(name, !node.open));
  return node;
}

/** @typedef {{ name: Projection | "pos", matrix: Matrix, heads: string[], role: string, part: "wq" | "wk" | null, labels: () => string[], cellName: (row: number, column: number) => string }} Grid */

/** A slider for each number of a matrix.
 * @type {(layout: Layout, grid: Grid) => HTMLElement} */
function numberGrid(layout, { name, matrix, heads, role, part, labels, cellName }) {
  const names = matrix.map(() => make("th", { scope: "row", dir: "auto" }));
  layout.relabels.push(() => labels().forEach((label, row) => showText(names[row], label)));
  const rows = matrix.map((list, row) =>
    make(
      "tr",
      {},
      names[row],
      ...list.map((_, column) =>
        sliderCell(layout, {
          ...{ testid: `${name}-${row}-${column}`, role, part, list, index: column },
          range: rangeOfField(name),
          name: () => cellName(row, column),
          heading: () => heads[column],
        }),
      ),
    ),
  );
  const head = heads.map((one) => make("th", { scope: "col" }, one));
  return make(
    "table",
    { class: "matrix" },
    make("thead", {}, make("tr", {}, make("td"), ...head)),
    make("tbody", {}, ...rows),
  );
}

/** One column fewer or more for each head.
 * @type {(scene: Scene, name: "wq" | "wv") => HTMLElement} */
function widthButtons(scene, name) {
  const width = ofSelf(scene[name])[0].length;
  const buttons = [-1, 1].map((way) => {
    const id = `${name}-${way < 0 ? "narrower" : "wider"}`;
    const next = width + way * scene.heads;
    const act = () => reshape(() => setWidth(scene, name, next), id);
    const button = makeButton(id, act, "pill", way < 0 ? "−" : "+");
    button.disabled = next < scene.heads || next > given.rules.projected;
    button.setAttribute(
      "aria-label",
      text(way < 0 ? "width_less" : "width_more", { of: text(`width_${name}`) }),
    );
    return button;
  });
  return make(
    "div",
    { class: "widths" },
    make("span", { class: "caption" }, ...emphasised(`${text(`width_${name}`)} = ${width}`)),
    ...buttons,
  );
}

/** What the matrices make of each step: computed, not to be moved.
 * @type {(scene: Scene, layout: Layout) => { node: HTMLElement, update: (trace: Trace) => void }} */
function vectorTable(scene, layout) {
  const made = /** @type {const} */ (["queries", "keys", "values"]);
  const heads = made.map((name) =>
    make("th", { scope: "col" }, term(name, text(`vectors_${name}`)).node),
  );
  const rows = layout.steps.map((row) => {
    const name = make("th", { scope: "row", dir: "auto" });
    layout.relabels.push(() => showText(name, labelText(scene.rows[row])));
    const cells = made.map((of) =>
      make("td", {
        class: "vector",
        "data-testid": `${of}-${row}`,
        "data-label": text(`vectors_${of}`),
      }),
    );
    return { node: make("tr", { style: rowStyle(row) }, name, ...cells), cells };
  });
  return {
    node: make(
      "table",
      { class: "vectors" },
      make("thead", {}, make("tr", {}, make("td"), ...heads)),
      make("tbody", {}, ...rows.map(({ node }) => node)),
    ),
    update({ whole }) {
      if (!whole) return;
      const asking = askingStep(scene);
      rows.forEach(({ node, cells }, row) => {
        node.classList.toggle("asking", row === asking);
        cells.forEach((cell, i) => {
          const vector = whole[made[i]][row];
          cell.dataset.vector = vector.join(",");
          showText(cell, inList(vector.map(twoDecimals)));
        });
      });
    },
  };
}
