// The lesson's one to three controls, large, beside what they move: the same numbers as on the table.

import { askingStep, setHeads, setPositions } from "../core/asking.js";
import { moveRow, switchKind } from "../core/scene.js";
import { moved, reshape } from "../state/editing.js";
import { emit, listen } from "../state/events.js";
import { given, lookUp } from "../state/given.js";
import { hides } from "../state/navigation.js";
import { notify } from "../state/notices.js";
import { state } from "../state/store.js";
import { labelText, text } from "../state/texts.js";
import { make, makeButton, showText, showTypeset } from "../ui/dom.js";
import { numberControl } from "../ui/number-control.js";
import { rowStyle } from "../ui/rows.js";
import { rangeOfTouch, setValueOf, touchName, touchedHere, valueOf } from "../state/touch-refs.js";
import "./touch.css";

/** @import { Touch } from "../state/touch-refs.js" */
/** @typedef {{ node: HTMLElement, follow: () => void, relabel: () => void }} Control */

/** @type {Record<string, string>} */
const HIDDEN_WITH = { move: "rows", rate: "train" };
const CHOICES = ["kind", "activation", "positions", "heads", "head"];
const WITHOUT_CONTROL = new Set(["train", "code"]); // which have their own, elsewhere

/** @type {() => HTMLElement} */
export function touchStrip() {
  const hint = make("span", { class: "drag-hint", "aria-hidden": "true" });
  const controls = make("div", { class: "touched" });
  const node = make("div", { class: "touch-strip", "data-testid": "touch-strip" }, controls);
  /** @type {Control[]} */
  let present = [];

  /** @type {() => void} */
  const rest = () => node.classList.remove("calls");
  /** @type {(step: string) => void} */
  const restAfter = (step) => void (step !== "touch" && rest());
  const follow = () => present.forEach((one) => one.follow());
  listen({
    opened: () => node.classList.add("calls"),
    shape(focus) {
      const shown = touchedHere().filter(
        ({ name }) => !WITHOUT_CONTROL.has(name) && !hides(HIDDEN_WITH[name] ?? name),
      );
      present = shown.map((touch, i) => controlFor(touch, `touch-${i}`));
      for (const one of present) {
        one.relabel();
        one.follow();
      }
      controls.replaceChildren(...present.map((one) => one.node));
      if (state.home && present.length) present[0].node.querySelector(".pair")?.append(hint);
      hint.style.setProperty("--at", String(shareOfSlider(node.querySelector(".slider"))));
      showText(hint, text("touch_drag"));
      node.hidden = !present.length;
      if (focus?.startsWith("touch-"))
        /** @type {HTMLElement | null} */ (node.querySelector(`[data-testid="${focus}"]`))?.focus();
    },
    computed: follow,
    aimed: follow,
    renamed: () => present.forEach((one) => one.relabel()),
    step: restAfter,
    edited: rest,
    reshaping: rest,
    trained: rest,
  });
  return node;
}

/** Where its knob is: 0 to 1.
 * @type {(slider: HTMLInputElement | null) => number} */
function shareOfSlider(slider) {
  if (!slider) return 0;
  const [low, high, value] = [slider.min, slider.max, slider.value].map(Number);
  return (value - low) / (high - low);
}

/** @type {(touch: Touch, testid: string) => Control} */
function controlFor(touch, testid) {
  if (touch.name === "mask") return maskControl(touch, testid);
  if (touch.name === "move") return moveControl(touch, testid);
  if (touch.name === "causal") return maskControl(touch, testid);
  if (touch.name === "asks") return askingControl(touch, testid);
  if (CHOICES.includes(touch.name)) return choiceControl(touch, testid);
  return sliderControl(touch, testid);
}

const ROLES = {
  ...{ x: "x", w: "w", b: "b", query: "q", temperature: "t", rate: "t" },
  ...{ wq: "w", wk: "w", wv: "w", pos: "x" },
};

/** @type {(touch: Touch, testid: string) => Control} */
function sliderControl(touch, testid) {
  const { name, at } = touch;
  const { rules } = given;
  const isRate = name === "rate";
  const control = numberControl({
    testid,
    role: ROLES[/** @type {keyof ROLES} */ (name)],
    range: rangeOfTouch(touch),
    isLog: name === "temperature" || isRate,
    limits: isRate
      ? rules.training.rate
      : name === "temperature"
        ? rules.temperature
        : rules.number,
    value: valueOf(touch),
    onvalue: (value) => {
      setValueOf(touch, value);
      if (isRate) emit("aimed");
      else moved();
    },
    onrefuse: notify,
  });
  const caption = make("span", { class: "caption", "aria-hidden": "true" });
  const ofRow = name === "x" || name === "b";
  const node = make("div", { class: "control", style: ofRow ? rowStyle(at[0]) : null }, caption);
  node.append(make("span", { class: "pair" }, ...control.nodes));
  return labelled(touch, node, caption, {
    follow: () => control.follow(valueOf(touch)),
    relabel: (label) => control.relabel(label, text("typed", { name: label })),
  });
}

/** @type {(touch: Touch, testid: string) => Control} */
function maskControl(touch, testid) {
  /** @type {HTMLInputElement} */
  const box = make("input", {
    type: "checkbox",
    "data-testid": testid,
    onchange() {
      setValueOf(touch, box.checked);
      moved();
    },
  });
  const caption = make("span", { class: "caption" });
  const node = make("label", { class: "control" }, box, caption);
  const follow = () => void (box.checked = valueOf(touch));
  return labelled(touch, node, caption, { follow, relabel() {} });
}

/** One of all rows asks; the lesson's own has the test id.
 * @type {(touch: Touch, testid: string) => Control} */
function askingControl(touch, testid) {
  const { rows } = state.scene;
  const boxes = rows.map((_, row) => {
    const id = row === touch.at[0] ? testid : `${testid}-row-${row}`;
    const onchange = () => {
      state.scene.asks = row;
      moved();
    };
    return make("input", { type: "radio", name: testid, "data-testid": id, onchange });
  });
  const names = rows.map(() => make("span"));
  const choices = boxes.map((box, row) => make("label", { style: rowStyle(row) }, box, names[row]));
  const caption = make("span", { class: "caption" }, text("asks"));
  const attributes = { class: "control askers", role: "radiogroup", "aria-label": text("asks") };
  return {
    node: make("div", attributes, caption, ...choices),
    follow: () => boxes.forEach((box, row) => (box.checked = row === askingStep(state.scene))),
    relabel: () => names.forEach((node, row) => showText(node, labelText(state.scene.rows[row]))),
  };
}

/** A button for each way; the row's place is where its handle in the table stands.
 * @type {(touch: Touch, testid: string) => Control} */
function moveControl(touch, testid) {
  const [row] = touch.at;
  const caption = make("span", { class: "caption" });
  const buttons = [-1, 1].map((way) => {
    const id = `${testid}-${way < 0 ? "up" : "down"}`;
    const act = () => reshape(() => moveRow(state.scene, row, row + way), id);
    const button = makeButton(id, act, "pill", way < 0 ? "↑" : "↓");
    button.disabled = !(row + way in state.scene.rows);
    return button;
  });
  const attributes = { class: "control moves", style: rowStyle(row), "data-testid": testid };
  const node = make("div", attributes, caption, ...buttons);
  return labelled(touch, node, caption, {
    follow() {},
    relabel(label) {
      buttons.forEach((button, i) =>
        button.setAttribute("aria-label", `${label}: ${text(i ? "move_down" : "move_up")}`),
      );
    },
  });
}

/** @type {(touch: Touch, testid: string) => Control} */
function choiceControl(touch, testid) {
  const { name } = touch;
  /** @type {HTMLSelectElement} */
  const select = make(
    "select",
    {
      "data-testid": testid,
      onchange: () =>
        reshape(() => {
          const value = /** @type {any} */ (select.value);
          if (name === "kind") switchKind(state.scene, value);
          else if (name === "positions") setPositions(state.scene, value);
          else if (name === "heads") setHeads(state.scene, Number(value));
          else if (name === "head") state.scene.head = Number(value);
          else setValueOf(touch, select.value);
        }, testid),
    },
    ...touchOptions(name).map(([value, label]) => make("option", { value }, label)),
  );
  const caption = make("span", { class: "caption" });
  const node = make("label", { class: "control" }, caption, select);
  const follow = () => void (select.value = valueOf(touch));
  return labelled(touch, node, caption, { follow, relabel() {} });
}

/** @type {(name: string) => [value: string, label: string][]} */
function touchOptions(name) {
  const { heads } = state.scene;
  const numbers = { heads: given.rules.heads[1], head: heads };
  if (name === "heads" || name === "head")
    return Array.from({ length: numbers[name] }, (_, i) => [
      String(name === "heads" ? i + 1 : i),
      String(i + 1),
    ]);
  const values = /** @type {string[]} */ (lookUp(name === "positions" ? name : `${name}s`));
  return values.map((value) => [value, text(`${name}_${value}`)]);
}

/** @type {(touch: Touch, node: HTMLElement, caption: HTMLElement, rest: { follow: () => void, relabel: (label: string) => void }) => Control} */
function labelled(touch, node, caption, { follow, relabel }) {
  const words = () => {
    showTypeset(caption, touchName(touch));
    relabel(touchName(touch));
  };
  return { node, follow, relabel: words };
}
