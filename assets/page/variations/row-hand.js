// A few of the table's own controls, so that one sees here what follows: whose vector, and its numbers.

import { moved, selectRow } from "../state/editing.js";
import { listen } from "../state/events.js";
import { given } from "../state/given.js";
import { rangeOf } from "../state/lessons.js";
import { notify } from "../state/notices.js";
import { state } from "../state/store.js";
import { labelText, text } from "../state/texts.js";
import { make, makeButton, makeShape, showText } from "../ui/dom.js";
import { numberControl } from "../ui/number-control.js";
import { rowForm, rowStyle } from "../ui/rows.js";

/** @type {() => HTMLElement} */
export function rowHand() {
  const caption = make("h3");
  const chips = make("div", { class: "group", role: "group" });
  const hands = make("div", { class: "hands" });
  const whether = make("div");
  const node = make("div", { class: "row-hand" }, caption, chips, whether, hands);
  /** @type {(() => void)[]} */
  let follows = [];

  function build() {
    const row = Math.min(state.row, state.scene.rows.length - 1);
    showText(caption, text("gallery_hand"));
    chips.setAttribute("aria-label", text("gallery_hand"));
    chips.replaceChildren(...state.scene.rows.map((_, i) => rowChip(i, i === row)));
    const built = state.scene.columns.map((_, column) => xHand(row, column));
    const mask = maskHand(row);
    hands.replaceChildren(...built.map((hand) => hand.node));
    whether.replaceChildren(mask.node);
    follows = [...built, mask].map((hand) => hand.follow);
  }

  listen({
    shape: build,
    selected: build,
    language: build,
    renamed: build,
    frame: () => follows.forEach((follow) => follow()),
  });
  return node;
}

/** @type {(row: number, isChosen: boolean) => HTMLElement} */
function rowChip(row, isChosen) {
  const sign = makeShape(
    "svg",
    { viewBox: "-1.3 -1.3 2.6 2.6", "aria-hidden": "true" },
    makeShape("path", { d: rowForm(row) }),
  );
  const name = make("span", { dir: "auto", translate: "no" }, labelText(state.scene.rows[row]));
  const choose = () => {
    selectRow(row);
    /** @type {HTMLElement | null} */ (
      document.querySelector(`[data-testid="hand-row-${row}"]`)
    )?.focus();
  };
  const chip = makeButton(`hand-row-${row}`, choose, "row-chip", sign, name);
  chip.setAttribute("style", rowStyle(row));
  chip.setAttribute("aria-pressed", String(isChosen));
  return chip;
}

/** @type {(row: number, column: number) => { node: HTMLElement, follow: () => void }} */
function xHand(row, column) {
  const vector = () => state.scene.x[row] ?? [];
  const { nodes, follow, relabel } = numberControl({
    testid: `hand-x-${column}`,
    role: "x",
    range: rangeOf(column),
    limits: given.rules.number,
    value: vector()[column],
    onvalue: (value) => {
      vector()[column] = value;
      moved();
    },
    onrefuse: notify,
  });
  const name = labelText(state.scene.columns[column]);
  const label = text("slider_x", { row: labelText(state.scene.rows[row]), column: name });
  relabel(label, text("typed", { name: label }));
  const caption = make("span", { class: "caption", dir: "auto", "aria-hidden": "true" }, name);
  return {
    node: make("div", { class: "hand x-hand", style: rowStyle(row) }, caption, ...nodes),
    follow: () => follow(vector()[column] ?? 0),
  };
}

/** @type {(row: number) => { node: HTMLElement, follow: () => void }} */
function maskHand(row) {
  const box = make("input", { type: "checkbox", "data-testid": "hand-mask" });
  box.addEventListener("change", () => {
    state.scene.mask[row] = box.checked;
    moved();
  });
  const follow = () => void (box.checked = Boolean(state.scene.mask[row]));
  follow();
  const label = make("label", {}, box, make("span", {}, text("gallery_visible")));
  return { node: make("div", { class: "hand mask-hand" }, label), follow };
}
