// A slider and the number beside it that can be typed: two views of one number.

import { shortName, tidyName } from "../core/names.js";
import { readNumber, typedNumber } from "../core/numbers.js";
import { make, showText } from "./dom.js";

// range: [lowest, highest, step] of the slider; limits: [lowest, highest] of the number.
// onvalue(value) for each new number, onrefuse(key, values) with a notice for what cannot be used.
export function numberControl({ testid, role, range, limits, value, onvalue, onrefuse }) {
  const slider = make("input", { type: "range", class: `slider ${role}`, "data-testid": testid });
  const typed = make("input", {
    type: "text",
    class: "typed",
    "data-testid": `${testid}-number`,
    // A keypad without a minus sign would lock negative numbers out.
    inputmode: range[0] >= 0 ? "decimal" : null,
    autocomplete: "off",
    spellcheck: "false",
  });
  let present = value;
  let name = testid;

  const take = (next) => {
    present = next;
    onvalue(next);
  };
  const shareOf = (number) =>
    (number - Number(slider.min)) / (Number(slider.max) - Number(slider.min));
  const paint = () => {
    const zero = Math.min(Math.max(0, Number(slider.min)), Number(slider.max));
    slider.style.setProperty("--from", `${100 * shareOf(Math.min(zero, present))}%`);
    slider.style.setProperty("--to", `${100 * shareOf(Math.max(zero, present))}%`);
  };
  const write = () => {
    typed.value = typedNumber(present);
    typed.classList.toggle("long", typed.value.length > 6);
  };
  const set = (next) => {
    present = next;
    fitSlider(slider, range, next);
    write();
    paint();
  };
  const mayScroll = fingerThatMayScroll(slider);
  slider.addEventListener("input", () => {
    if (mayScroll(slider.value)) {
      slider.value = present;
      return;
    }
    take(slider.step === "any" ? backOnStep(Number(slider.value), range) : Number(slider.value));
    if (slider.step === "any") fitSlider(slider, range, present);
    write();
    paint();
  });
  typed.addEventListener("input", () => {
    const number = readNumber(typed.value);
    if (number === null || number < limits[0] || number > limits[1]) return; // perhaps half typed
    take(number);
    fitSlider(slider, range, number);
    paint();
  });
  typed.addEventListener("change", () => {
    const number = readNumber(typed.value);
    if (number === null) onrefuse("notice_typed", { came: typed.value });
    else {
      const used = Math.min(Math.max(number, limits[0]), limits[1]);
      if (used !== number)
        onrefuse("notice_range", {
          key: name,
          low: limits[0],
          high: limits[1],
          came: number,
          used,
        });
      if (used !== present) take(used);
    }
    set(present);
  });
  set(value);

  return {
    nodes: [slider, typed],
    // Where on its way it stands, 0 to 1.
    share: () => shareOf(present),
    // The number has moved by itself: what somebody is typing meanwhile stays.
    follow(next) {
      if (next === present) return;
      present = next;
      fitSlider(slider, range, next);
      if (document.activeElement !== typed) write();
      paint();
    },
    relabel(text, typedText) {
      name = text;
      slider.setAttribute("aria-label", text);
      typed.setAttribute("aria-label", typedText);
    },
  };
}

const SIDEWAYS = 6; // pixels: so far a finger has to go before it means the slider

// A finger that comes down on a slider may want to scroll the page. The slider jumps there at once;
// what it asks for counts only when the finger goes sideways, or is lifted where it came down.
// -> mayScroll(asked): whether that is still open, for a value that the slider asks for
function fingerThatMayScroll(slider) {
  let from = null; // where the finger came down; stays when the browser has begun to scroll
  let wanted = null;
  slider.addEventListener("pointerdown", (event) => {
    from = event.pointerType === "touch" ? event.clientX : null;
    wanted = null;
  });
  slider.addEventListener("pointermove", (event) => {
    if (from !== null && Math.abs(event.clientX - from) > SIDEWAYS) from = null;
  });
  slider.addEventListener("pointerup", () => {
    const tapped = from !== null && wanted !== null;
    from = null;
    if (!tapped) return;
    slider.value = wanted;
    slider.dispatchEvent(new Event("input"));
  });
  slider.addEventListener("keydown", () => (from = null));
  return (asked) => {
    if (from !== null) wanted = asked;
    return from !== null;
  };
}

// A slider shows its number truly: it widens for one beyond its ends, and refines for one between
// its steps.
function fitSlider(slider, [low, high, step], value) {
  slider.min = Math.min(low, value);
  slider.max = Math.max(high, value);
  const steps = (value - slider.min) / step;
  slider.step = Math.abs(steps - Math.round(steps)) < 1e-6 ? step : "any";
  slider.value = value;
}

// After a number between the steps, the hand moves in steps again.
function backOnStep(value, [low, , step]) {
  return Number((low + Math.round((value - low) / step) * step).toPrecision(12));
}

// A name that one edits where it stands, or only reads. `read()` gives its label, `write(label)` sets
// another.
export function nameControl({ testid, fixed, most, read, write, onlong }) {
  if (fixed) return fixedName(testid);
  let shown = "";
  let before;
  const node = make("span", {
    class: "name",
    role: "textbox",
    dir: "auto",
    spellcheck: "false",
    "data-testid": testid,
    contenteditable: "plaintext-only",
    onfocus: () => {
      before = read();
    },
    onkeydown: (event) => {
      if (event.key !== "Enter" && event.key !== "Escape") return;
      event.preventDefault();
      if (event.key === "Escape") write(before);
      node.blur();
    },
    oninput: () => {
      const name = shortName(node.textContent, most);
      if (name !== tidyName(node.textContent)) onlong({ most });
      write(name || before); // an empty name would be none
    },
    onblur: () => showText(node, shown),
  });
  // Browsers without "plaintext-only" take any markup that is pasted: `textContent` reads past it.
  if (node.contentEditable !== "plaintext-only") node.contentEditable = "true";
  return {
    node,
    relabel(text, label) {
      shown = text;
      node.setAttribute("aria-label", label);
      if (document.activeElement !== node) showText(node, text);
    },
  };
}

function fixedName(testid) {
  const node = make("span", { class: "name", dir: "auto", "data-testid": testid });
  return { node, relabel: (text) => showText(node, text) };
}
