// What holds for the whole table, as keys.toml has it, and the way back.

import { switchBias, switchKind } from "../core/scene.js";
import { edited, reshape } from "../state/editing.js";
import { listen } from "../state/events.js";
import { given, lookUp } from "../state/given.js";
import { currentLesson } from "../state/lessons.js";
import { resetLesson } from "../state/navigation.js";
import { notify } from "../state/notices.js";
import { setAt, valueAt } from "../state/paths.js";
import { state } from "../state/store.js";
import { text } from "../state/texts.js";
import { make } from "../ui/dom.js";
import { numberControl } from "../ui/number-control.js";

/** @import { Key } from "../state/given.js" */

export function toolbarPlace() {
  const node = make("div", { class: "toolbar-place" });
  /** @type {(() => void)[]} */
  let follows = [];
  listen({
    shape() {
      follows = [];
      node.replaceChildren(toolbar(follows));
    },
    moved: () => follows.forEach((follow) => follow()),
  });
  return node;
}

/** follows: is given what to call when a number has moved elsewhere
 * @param {(() => void)[]} follows */
function toolbar(follows) {
  const { kind } = state.scene;
  const rows = given.keys.filter(({ toolbar, only }) => toolbar && (!only || only.includes(kind)));
  /** @type {Record<string, (row: Key) => HTMLElement>} */
  const fields = {
    select: selectField,
    switch: biasField,
    slider: (row) => sliderField(row, follows),
  };
  const reset = make(
    "button",
    { type: "button", class: "pill reset", "data-testid": "reset", onclick: resetTable },
    make("span", { "aria-hidden": "true" }, "↺ "),
    text("reset"),
  );
  return make(
    "div",
    { class: "toolbar" },
    ...rows.map((row) => fields[row.toolbar ?? "select"](row)),
    reset,
  );
}

function resetTable() {
  resetLesson();
  /** @type {HTMLElement} */ (document.querySelector('[data-testid="reset"]')).focus();
}

/** @type {(row: Key) => HTMLElement} */
function selectField({ key, path, among, control }) {
  const options = lookUp(among).map((/** @type {string} */ value) =>
    make("option", { value }, text(`${key}_${value}`)),
  );
  const take = () =>
    reshape(
      () =>
        key === "kind"
          ? switchKind(state.scene, /** @type {any} */ (select.value))
          : setAt(state, path, select.value),
      control,
    );
  /** @type {HTMLSelectElement} */
  const select = make("select", { "data-testid": control, onchange: take }, ...options);
  select.value = valueAt(state, path);
  return make("label", { class: "field" }, make("span", { class: "caption" }, text(key)), select);
}

/** @type {(row: Key) => HTMLElement} */
function biasField({ control }) {
  /** @type {HTMLInputElement} */
  const bias = make("input", {
    type: "checkbox",
    "data-testid": control,
    onchange: () => reshape(() => switchBias(state.scene, bias.checked), control),
  });
  bias.checked = Boolean(state.scene.b);
  return make("label", { class: "field" }, bias, make("span", {}, text("bias_switch")));
}

/** @type {(row: Key, follows: (() => void)[]) => HTMLElement} */
function sliderField({ key, path, limits, control }, follows) {
  const { nodes, relabel, follow } = numberControl({
    testid: String(control),
    role: "t",
    isLog: true,
    range: /** @type {any} */ (currentLesson().ranges)[key],
    limits: lookUp(limits),
    value: valueAt(state, path),
    onvalue: (value) => {
      setAt(state, path, value);
      edited();
    },
    onrefuse: notify,
  });
  follows.push(() => follow(valueAt(state, path)));
  relabel(text(key), text("typed", { name: text(key) }));
  const caption = make("span", { class: "caption", "aria-hidden": "true" }, text(key));
  return make("div", { class: "field" }, caption, ...nodes);
}
