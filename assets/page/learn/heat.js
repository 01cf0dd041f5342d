// Weights as a table that one can read and take in hand: what is looked at from top to bottom, who
// looks from left to right, each weight as colour and as a number.

import { text } from "../state/texts.js";
import { make, showText, showValue } from "../ui/dom.js";
import { percentInText } from "./models.js";

const [MUCH, MOST] = [0.72, 0.87]; // from here on the number needs the other ink, in dark and light

// A weight as the colour of what stands on it.
export function shade(node, share) {
  node.style.setProperty("--share", share);
  node.classList.toggle("much", share >= MUCH);
  node.classList.toggle("most", share >= MOST);
}

// steps: names of what is looked at; onpick(row, step): somebody wants row to look at step.
// -> { node, show(weights, rows, forced) }: weights (rows × steps); forced: a Map whose keys are rows
export function heatTable(testid, steps, onpick) {
  const caption = make("p", { class: "note", id: `${testid}-caption` });
  const head = make("thead");
  const body = make("tbody");
  const table = make(
    "table",
    { class: "heat", role: "grid", "data-testid": testid, "aria-describedby": caption.id },
    head,
    body,
  );
  let heads = []; // by row
  let cells = []; // by step, then by row
  let shape = null; // of what has been built
  let at = [0, 0]; // [step, row] of the one cell that the tab key reaches

  function build(rows) {
    shape = JSON.stringify(rows);
    at = [Math.min(at[0], steps.length - 1), Math.min(at[1], rows.length - 1)];
    const corner = make("td", { class: "caption", role: "presentation" });
    heads = rows.map(rowHead);
    head.replaceChildren(make("tr", {}, corner, ...heads));
    cells = steps.map((_, step) => rows.map((_, row) => cell(step, row)));
    body.replaceChildren(
      ...cells.map((line, step) => make("tr", {}, stepHead(steps[step]), ...line)),
    );
  }
  const rowHead = (row) => make("th", { scope: "col", translate: "no" }, row);
  const stepHead = (step) => make("th", { scope: "row", dir: "auto", translate: "no" }, step);
  const cell = (step, row) => {
    const attributes = { role: "gridcell", "data-testid": `${testid}-${row}-${step}` };
    return make("td", { ...attributes, translate: "no", ...hands(step, row) });
  };

  // Press and drag to another word, tap, or go there with the arrow keys and press Enter.
  let held = null; // the row whose focus is being dragged
  const hands = (step, row) => ({
    onpointerdown: (event) => {
      if (event.button) return;
      // A finger holds on to where it came down, and would never be over another cell.
      if (event.target.hasPointerCapture(event.pointerId))
        event.target.releasePointerCapture(event.pointerId);
      held = row;
      aim(step);
    },
    onpointerover: () => held === row && aim(step),
    onpointerup: () => {
      if (held === row) onpick(row, step);
      drop();
    },
    onclick: (event) => event.detail === 0 && onpick(row, step), // a screen reader's press
    onfocus: () => reach(step, row),
    onkeydown: (event) => walk(event, step, row),
  });
  const aim = (step) => cells.forEach((line, i) => line[held].classList.toggle("aim", i === step));
  const drop = () => {
    if (held !== null) aim(-1);
    held = null;
  };
  for (const event of ["pointerleave", "pointercancel"]) table.addEventListener(event, drop);

  function walk(event, step, row) {
    const way = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    if (event.key === "Enter" || event.key === " ") onpick(row, step);
    else if (!(event.key in way)) return;
    else cells[step + way[event.key][0]]?.[row + way[event.key][1]]?.focus();
    event.preventDefault();
  }

  function reach(step, row) {
    cells[at[0]][at[1]].tabIndex = -1;
    at = [step, row];
    cells[step][row].tabIndex = 0;
  }

  function show(weights, rows, forced) {
    if (shape !== JSON.stringify(rows)) build(rows);
    showText(caption, text("learn_heat"));
    heads.forEach((node, row) => node.classList.toggle("forced", forced.has(row)));
    cells.forEach((line, step) =>
      line.forEach((node, row) => {
        const share = weights[row][step];
        shade(node, share);
        node.classList.toggle("none", share < 0.005);
        node.classList.toggle("forced", forced.has(row));
        showValue(node, share, (value) => String(Math.round(100 * value)));
        const values = { row: rows[row], step: steps[step], share: percentInText(share) };
        const made = forced.has(row) && share === 1;
        node.title = text(made ? "learn_forced" : "learn_cell", values);
        node.tabIndex = step === at[0] && row === at[1] ? 0 : -1;
        node.setAttribute("aria-label", node.title);
        node.setAttribute("aria-selected", made);
      }),
    );
  }
  return { node: make("div", {}, caption, make("div", { class: "heat-frame" }, table)), show };
}
