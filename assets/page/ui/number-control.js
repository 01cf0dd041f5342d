// A slider and the number beside it that can be typed: two views of one number.

import { fieldNumber, readNumber, shortFieldNumber } from "../core/numbers.js";
import { make } from "./dom.js";
import { rangeSlider } from "./range-slider.js";

/** @import { Range, Values } from "../core/types.js" */

const MOST_SIGNS = 7; // of a number in its field

/**
 * @typedef {object} NumberOptions
 * @property {string} testid
 * @property {string} role what it is of: "x", "w", "b", "q", "a", "t"
 * @property {Range} range of the slider
 * @property {[low: number, high: number]} limits of the number
 * @property {boolean} [isLog] whether the slider goes by powers
 * @property {number} value
 * @property {(value: number) => void} onvalue called with each new number
 * @property {(key: string, values: Values) => void} onrefuse called with a notice for what cannot be used
 */
/**
 * @typedef {object} NumberControl
 * @property {HTMLInputElement[]} nodes slider and field
 * @property {() => number} share where on its way the slider stands, 0 to 1
 * @property {(next: number) => void} follow the number has moved by itself: what somebody is typing stays
 * @property {(text: string, typedText: string) => void} relabel
 */

/** @type {(options: NumberOptions) => NumberControl} */
export function numberControl({ testid, role, range, isLog, limits, value, onvalue, onrefuse }) {
  let present = value;
  let name = testid;
  const slide = (/** @type {number} */ next) => {
    take(next);
    write();
  };
  const slider = rangeSlider(testid, role, range, slide, isLog);
  const field = typedField(`${testid}-number`, limits[0] < 0);
  const typed = field.node;

  /** @type {(next: number) => void} */
  function take(next) {
    present = next;
    onvalue(next);
  }

  const write = () => field.write(present);

  function finish() {
    const number = readNumber(typed.value);
    if (number === null) onrefuse("notice_typed", { came: typed.value });
    else {
      const [low, high] = limits;
      const used = Math.min(Math.max(number, low), high);
      if (used !== number) onrefuse("notice_range", { key: name, low, high, came: number, used });
      if (used !== present) take(used);
    }
    slider.show(present);
    write();
  }

  typed.addEventListener("input", () => {
    const number = readNumber(typed.value);
    if (number === null || number < limits[0] || number > limits[1]) return; // perhaps half typed
    take(number);
    slider.show(number);
  });
  typed.addEventListener("change", finish);
  slider.show(present);
  write();

  return {
    nodes: [slider.node, typed],
    share: () => slider.share(present),
    follow(next) {
      if (next === present) return;
      present = next;
      slider.show(next);
      if (document.activeElement !== typed) write();
    },
    relabel(text, typedText) {
      name = text;
      slider.node.setAttribute("aria-label", text);
      typed.setAttribute("aria-label", typedText);
    },
  };
}

/** @type {(testid: string, mayBeNegative: boolean) => { node: HTMLInputElement, write: (value: number) => void }} */
function typedField(testid, mayBeNegative) {
  let present = 0;
  const node = make("input", {
    type: "text",
    class: "typed",
    "data-testid": testid,
    // A keypad without a minus sign would lock negative numbers out.
    inputmode: mayBeNegative ? null : "decimal",
    autocomplete: "off",
    spellcheck: "false",
    onfocus: show,
    onblur: show,
  });

  // In full while it is edited, and else as far as there is room.
  function show() {
    const isEdited = document.activeElement === node;
    node.value = isEdited ? fieldNumber(present) : shortFieldNumber(present, MOST_SIGNS);
    node.classList.toggle("long", node.value.length > MOST_SIGNS);
  }
  return {
    node,
    write(value) {
      present = value;
      show();
    },
  };
}
