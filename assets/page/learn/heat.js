// Weights as a table that one can read and take in hand: what is looked at from top to bottom, who
// looks from left to right, each weight as colour and as a number.

import { text } from "../state/texts.js";
import { make, showText, showValue } from "../ui/dom.js";
import { percentInText } from "./learn-texts.js";

/** @import { Handlers } from "../ui/dom.js" */
/** @import { Weights } from "./types.js" */
/** @typedef {(row: number, step: number) => void} Pick somebody wants the row to look at the step */
/** @typedef {() => HTMLElement[][]} Cells by step, then by row */

const [MUCH, MOST] = [0.72, 0.87]; // from here on the number needs the other ink, in dark and light

/** A weight as the colour of what stands on it.
 * @type {(node: HTMLElement, share: number) => void} */
export function shade(node, share) {
  node.style.setProperty("--share", String(share));
  node.classList.toggle("much", share >= MUCH);
  node.classList.toggle("most", share >= MOST);
}

/** steps: names of what is looked at; forced: by row the weights that somebody has chosen
 * @type {(testid: string, steps: string[], onpick: Pick) => { node: HTMLElement, show: (weights: Weights, rows: string[], forced: Map<number, number[]>) => void }} */
export function heatTable(testid, steps, onpick) {
  const caption = make("p", { class: "note", id: `${testid}-caption` });
  const [head, body] = [make("thead"), make("tbody")];
  const grid = { class: "heat", role: "grid", "aria-describedby": caption.id };
  const table = make("table", { ...grid, "data-testid": testid }, head, body);
  /** @type {HTMLElement[]} */
  let heads = []; // by row
  /** @type {HTMLElement[][]} */
  let cells = []; // by step, then by row
  let builtFor = ""; // the rows, as JSON
  const keyboard = gridKeyboard(() => cells, onpick);
  const dragging = rowDragging(table, () => cells, onpick);

  /** @type {(rows: string[]) => void} */
  function build(rows) {
    builtFor = JSON.stringify(rows);
    heads = rows.map((row) => make("th", { scope: "col", translate: "no" }, row));
    cells = steps.map((_, step) => rows.map((_, row) => cell(step, row)));
    keyboard.stayInside();
    const corner = make("td", { class: "caption", role: "presentation" });
    head.replaceChildren(make("tr", {}, corner, ...heads));
    body.replaceChildren(
      ...cells.map((line, step) => make("tr", {}, stepHead(steps[step]), ...line)),
    );
  }
  /** @type {(step: string) => HTMLElement} */
  const stepHead = (step) => make("th", { scope: "row", dir: "auto", translate: "no" }, step);
  /** @type {(step: number, row: number) => HTMLElement} */
  const cell = (step, row) => {
    const attributes = { role: "gridcell", "data-testid": `${testid}-${row}-${step}` };
    const handlers = { ...dragging(step, row), ...keyboard.handlers(step, row) };
    return make("td", { ...attributes, translate: "no", ...handlers });
  };

  return {
    node: make("div", {}, caption, make("div", { class: "heat-frame" }, table)),
    show(weights, rows, forced) {
      if (builtFor !== JSON.stringify(rows)) build(rows);
      showText(caption, text("learn_heat"));
      heads.forEach((node, row) => node.classList.toggle("forced", forced.has(row)));
      cells.forEach((line, step) =>
        line.forEach((node, row) => {
          node.tabIndex = keyboard.isAt(step, row) ? 0 : -1;
          showWeight(node, weights[row][step], rows[row], steps[step], forced.has(row));
        }),
      );
    },
  };
}

/** @type {(node: HTMLElement, share: number, row: string, step: string, forced: boolean) => void} */
function showWeight(node, share, row, step, forced) {
  shade(node, share);
  node.classList.toggle("none", share < 0.005);
  node.classList.toggle("forced", forced);
  showValue(node, share, (value) => String(Math.round(100 * value)));
  const chosen = forced && share === 1;
  node.title = text(chosen ? "learn_forced" : "learn_cell", {
    row,
    step,
    share: percentInText(share),
  });
  node.setAttribute("aria-label", node.title);
  node.setAttribute("aria-selected", String(chosen));
}

/** Press and drag to another step, or tap. -> the handlers of a cell
 * @type {(table: HTMLElement, cells: Cells, onpick: Pick) => (step: number, row: number) => Handlers} */
function rowDragging(table, cells, onpick) {
  /** @type {number | null} */
  let dragged = null; // the row
  /** @type {(step: number) => void} */
  const aim = (step) =>
    cells().forEach((line, i) => line[Number(dragged)].classList.toggle("aim", i === step));
  const drop = () => {
    if (dragged !== null) aim(-1);
    dragged = null;
  };
  for (const event of ["pointerleave", "pointercancel"]) table.addEventListener(event, drop);
  return (step, row) => ({
    onpointerdown: (event) => {
      if (event.button) return;
      // A finger holds on to where it came down, and would never be over another cell.
      const node = cells()[step][row];
      if (node.hasPointerCapture(event.pointerId)) node.releasePointerCapture(event.pointerId);
      dragged = row;
      aim(step);
    },
    onpointerover: () => dragged === row && aim(step),
    onpointerup: () => {
      if (dragged === row) onpick(row, step);
      drop();
    },
  });
}

/** The tab key reaches one cell of all; arrow keys go to the others, Enter picks, and so does the press
 * of a screen reader.
 * @type {(cells: Cells, onpick: Pick) => { isAt: (step: number, row: number) => boolean, stayInside: () => void, handlers: (step: number, row: number) => Handlers }} */
function gridKeyboard(cells, onpick) {
  let [atStep, atRow] = [0, 0];
  /** @type {Record<string, [steps: number, rows: number]>} */
  const ways = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  return {
    isAt: (step, row) => step === atStep && row === atRow,
    stayInside() {
      atStep = Math.min(atStep, cells().length - 1);
      atRow = Math.min(atRow, cells()[0].length - 1);
    },
    handlers: (step, row) => ({
      onclick: (event) => event.detail === 0 && onpick(row, step),
      onfocus: () => {
        cells()[atStep][atRow].tabIndex = -1;
        [atStep, atRow] = [step, row];
        cells()[step][row].tabIndex = 0;
      },
      onkeydown: (event) => {
        const way = ways[event.key];
        if (event.key === "Enter" || event.key === " ") onpick(row, step);
        else if (!way) return;
        else cells()[step + way[0]]?.[row + way[1]]?.focus();
        event.preventDefault();
      },
    }),
  };
}
