// Flow: a ribbon from each row to the weighted output, as thick as the row's attention weight. Together
// they are as high as the output's bar, which is 100 %.

import { twoDecimals } from "../core/numbers.js";
import { percentages } from "../core/percentages.js";
import { labelText, text } from "../state/texts.js";
import { makeShape, showText } from "../ui/dom.js";
import { rowColour } from "../ui/rows.js";
import { ribbonPath } from "../ui/ribbons.js";
import { flowRow } from "./flow-row.js";
import { shortened } from "./words.js";

/** @import { Scene, Trace } from "../core/types.js" */
/** @import { Size, View } from "./types.js" */

/**
 * @typedef {object} FlowLayout in pixels
 * @property {number[]} heights the middle of each row
 * @property {number} spacing between two rows
 * @property {number} font
 * @property {number} names where they end
 * @property {number} shares where the percentages end
 * @property {[number, number]} track from where to where a disc goes
 * @property {number} output the left side of its bar
 * @property {number} band how high that is
 * @property {number} top of it
 * @property {number} room for words beside it
 * @property {number} column the feature that a disc moves
 * @property {boolean} isGate
 */

const FLOW_MARGIN = { top: 26, foot: 8 };
const BAR = 12; // how wide the output's bar is

/** @type {() => View} */
export function flowView() {
  const node = makeShape("svg", { class: "flow" });
  /** @type {((shown: Trace, trace: Trace) => void)[]} */
  let updates = [];
  return {
    node,
    build(scene, size) {
      const layout = layoutOf(scene, size);
      const rows = scene.rows.map((_, row) => flowRow(scene, layout, row));
      const output = layout.isGate ? gateBar(layout) : outputBar(scene, layout);
      const head = mainFeature(scene, layout);
      // Ribbons first: names, discs and numbers stand over all of them.
      const under = rows.map(({ under }) => under);
      node.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
      node.replaceChildren(head, ...under, output.node, ...rows.map(({ over }) => over));
      updates = [
        (shown, trace) => {
          let above = layout.top;
          const shares = percentages(trace.weights);
          rows.forEach((row, i) => {
            row.update(shown.weights[i], trace.weights[i], shares[i], above, trace.output[i]);
            above += shown.weights[i] * layout.band;
          });
        },
        output.update,
      ];
    },
    update: (shown, trace) => updates.forEach((update) => update(shown, trace)),
  };
}

/** @type {(scene: Scene, size: Size) => FlowLayout} */
function layoutOf(scene, { width, height }) {
  const count = scene.rows.length;
  const isWide = width > 460;
  const spacing = (height - FLOW_MARGIN.top - FLOW_MARGIN.foot) / count;
  const names = Math.min(isWide ? 170 : 104, width * 0.27);
  const shares = names + (isWide ? 70 : 52);
  const room = isWide ? Math.min(170, width * 0.26) : 78;
  const band = Math.round(Math.min(height * 0.62, 200));
  const start = shares + 16;
  const track = Math.min(isWide ? 84 : 44, (width - start - room) * 0.35);
  return {
    heights: scene.rows.map((_, row) => FLOW_MARGIN.top + spacing * (row + 0.5)),
    spacing,
    font: Math.max(9.5, Math.min(isWide ? 15 : 13, spacing * 0.55)),
    names,
    shares,
    track: [start, start + track],
    output: width - room - BAR,
    band,
    top: Math.round(FLOW_MARGIN.top + (height - FLOW_MARGIN.top - FLOW_MARGIN.foot - band) / 2),
    room,
    column: mainColumn(scene),
    isGate: scene.kind === "gate",
  };
}

/** The feature that counts most: its weight times how far its numbers lie apart, as the table stands.
 * @type {(scene: Scene) => number} */
function mainColumn({ kind, x, w, query }) {
  if (kind === "gate") return 0;
  const factors = kind === "attention" ? w : query;
  const counts = x[0].map((_, column) => {
    const numbers = x.map((vector) => vector[column]);
    return Math.abs(factors[column]) * (Math.max(...numbers) - Math.min(...numbers));
  });
  return counts.indexOf(Math.max(...counts));
}

/** Over the discs: which number it is that they stand at.
 * @type {(scene: Scene, layout: FlowLayout) => SVGElement} */
function mainFeature(scene, { track: [left, right], column, isGate }) {
  const name = isGate ? "x" : labelText(scene.columns[column]);
  const font = "12px system-ui, sans-serif";
  const at = { x: (left + right) / 2, y: 15, class: "soft", "text-anchor": "middle" };
  return makeShape("text", at, `${shortened(name, right - left + 60, font)} →`);
}

/** @type {(scene: Scene, layout: FlowLayout) => { node: SVGElement, update: View["update"] }} */
function outputBar(scene, { output, band, top, room }) {
  const bar = makeShape("rect", {
    ...{ class: "output-bar", "data-testid": "output-bar" },
    ...{ x: output, y: top, width: BAR, height: band, rx: 2 },
  });
  const left = output + BAR + 10;
  const line = Math.min(20, (band + 30) / (scene.columns.length + 2));
  const first = top + band / 2 - (line * (scene.columns.length - 1)) / 2;
  const font = Math.min(15, line * 0.85);
  const caption = makeShape("text", { class: "soft", x: left, y: first - line * 1.1 });
  showText(caption, shortened(text("output"), room - 12, "13px system-ui, sans-serif"));
  const numbers = scene.columns.map((_, column) =>
    makeShape("text", { class: "strong", x: left, y: first + line * column, "font-size": font }),
  );
  const mostly = makeShape("text", { x: left, y: first + line * scene.columns.length });
  const names = scene.columns.map((label) => labelText(label));
  return {
    node: makeShape("g", {}, bar, caption, ...numbers, mostly),
    update(_, { weights, output: sums }) {
      const most = weights.findIndex((weight) => weight > 0.5);
      bar.classList.toggle("empty", !weights.some(Boolean));
      numbers.forEach((node, column) => {
        const number = twoDecimals(sums[column]);
        const name = shortened(names[column], room - 16 - 8 * number.length, `${font}px system-ui`);
        showText(node, `${name} ${number}`);
      });
      const name = most < 0 ? "" : text("stage_mostly", { name: labelText(scene.rows[most]) });
      showText(mostly, shortened(name, room - 12, "13px system-ui, sans-serif"));
      mostly.style.fill = most < 0 ? "" : rowColour(most);
    },
  };
}

/** A gate sums nothing up: each ribbon goes through it and comes out narrower.
 * @type {(layout: FlowLayout) => { node: SVGElement, update: View["update"] }} */
function gateBar({ track, output, heights, spacing }) {
  const x = (track[1] + output) / 2;
  const [top, foot] = [heights[0] - spacing / 2, heights[heights.length - 1] + spacing / 2];
  const bar = { class: "gate-bar", x: x - BAR / 2, y: top, width: BAR, height: foot - top, rx: 2 };
  return { node: makeShape("g", {}, makeShape("rect", bar)), update() {} };
}
