// Flow: a ribbon from each row to the weighted output, as thick as the row's attention weight. Together
// they are as high as the output's bar, which is 100 %.

import { factorsAsked, isSelf, runWhole } from "../core/asking.js";
import { twoDecimals } from "../core/numbers.js";
import { percent } from "../core/percentages.js";
import { state } from "../state/store.js";
import { labelText } from "../state/texts.js";
import { makeShape } from "../ui/dom.js";
import { isAsked, isOutputUntold } from "./asked.js";
import { flowAsker } from "./flow-asker.js";
import { guessRibbon } from "./flow-guess.js";
import { OUTPUT_WIDTH, gateBar, outputBar } from "./flow-output.js";
import { NAME_EDGE, flowRow } from "./flow-row.js";
import { nameFont, shortened, textWidth } from "./words.js";

/** @import { Scene, Trace, Vector } from "../core/types.js" */
/** @import { RibbonEnd } from "./flow-row.js" */
/** @import { Size, View } from "./types.js" */

/**
 * @typedef {object} FlowLayout in pixels
 * @property {number[]} heights the middle of each row
 * @property {number} spacing between two rows
 * @property {number} font
 * @property {number} names where they end
 * @property {number} shares where the per cents end
 * @property {boolean} isStacked whether the per cent stand under its name, as there is no room beside it
 * @property {[number, number]} track from where to where a disc goes
 * @property {number} output the left side of its bar
 * @property {number} band how high that is
 * @property {number} top of it
 * @property {number} room for words beside it
 * @property {number} lowest that a ribbon may reach
 * @property {number} column the feature that a disc moves
 * @property {boolean} isGate
 */

const FLOW_MARGIN = { top: 26, foot: 8 };
const LINES_APART = 2.6; // letters from row to row where two lines have room
const NEARLY_ALL = 0.9999; // the share with the longest text

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
      const guess = layout.isGate ? null : guessRibbon(scene, layout);
      const head = mainFeature(scene, layout);
      const asker = isSelf(scene) ? flowAsker(scene, layout) : null;
      // Ribbons first: names, discs and numbers stand over all of them.
      const under = rows.map(({ under }) => under);
      node.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
      node.replaceChildren(
        head,
        ...(asker ? [asker.node] : []),
        ...under,
        output.node,
        ...(guess ? [guess.node] : []),
        ...rows.map(({ over }) => over),
      );
      updates = [
        (shown, trace) => {
          const isVeiled = isAsked("weights");
          const weights = isVeiled ? shown.weights.map(() => 1 / rows.length) : shown.weights;
          const places = stacked(weights, layout);
          node.classList.toggle("veiled", isVeiled);
          guess?.update(places);
          asker?.update();
          const pinned = state.pinned && stacked(state.pinned.weights, layout);
          rows.forEach((row, i) =>
            row.update(
              places[i],
              trace.weights[i],
              isAsked("weights", i) ? "?" : percent(trace.weights[i]),
              layout.isGate ? letThrough(trace, i) : "",
              isVeiled ? undefined : pinned?.[i],
            ),
          );
        },
        output.update,
      ];
    },
    update: (shown, trace) => updates.forEach((update) => update(shown, trace)),
  };
}

/** What a gate lets through of a row's number.
 * @type {(trace: Trace, row: number) => string} */
const letThrough = ({ output }, row) => (isOutputUntold(row) ? "?" : twoDecimals(output[row]));

/** Where ribbons of these weights end, one under the other.
 * @type {(weights: Vector, layout: FlowLayout) => RibbonEnd[]} */
function stacked(weights, { top, band }) {
  let above = top;
  return weights.map((weight) => {
    const end = { weight, y: above + (weight * band) / 2 };
    above += weight * band;
    return end;
  });
}

/** @type {(scene: Scene, size: Size) => FlowLayout} */
function layoutOf(scene, { width, height }) {
  const count = scene.rows.length;
  const isWide = width > 460;
  const spacing = (height - FLOW_MARGIN.top - FLOW_MARGIN.foot) / count;
  const names = Math.min(isWide ? 170 : 96, width * 0.27);
  const font = Math.max(10, Math.min(isWide ? 15 : 12, spacing * 0.6));
  const widest = textWidth(percent(NEARLY_ALL), nameFont(font)) + NAME_EDGE;
  const shares = names + Math.max(isWide ? 70 : 50, widest);
  const room = isWide ? Math.min(170, width * 0.26) : 94;
  const band = Math.round(Math.min(height * 0.52, 200));
  const start = shares + (isWide ? 16 : 10);
  const track = Math.min(isWide ? 84 : 40, (width - start - room) * 0.35);
  const longest = Math.max(
    ...scene.rows.map((label) => textWidth(labelText(label), nameFont(font))),
  );
  return {
    heights: scene.rows.map((_, row) => FLOW_MARGIN.top + spacing * (row + 0.5)),
    spacing,
    font,
    names,
    shares,
    isStacked: longest > names - NAME_EDGE && spacing > font * LINES_APART,
    track: [start, start + track],
    output: width - room - OUTPUT_WIDTH,
    band,
    top: Math.round(FLOW_MARGIN.top + (height - FLOW_MARGIN.top - FLOW_MARGIN.foot - band) / 2),
    room,
    lowest: height - 4,
    column: mainColumn(scene),
    isGate: scene.kind === "gate",
  };
}

/** The feature that counts most: its weight times how far its numbers lie apart, as the table stands.
 * @type {(scene: Scene) => number} */
function mainColumn(scene) {
  const { kind, x, w, query } = scene;
  if (kind === "gate") return 0;
  const factors = isSelf(scene)
    ? factorsAsked(scene, runWhole(scene))
    : kind === "attention"
      ? w
      : query;
  const counts = x[0].map((_, column) => {
    const numbers = x.map((vector) => vector[column]);
    return Math.abs(factors[column]) * (Math.max(...numbers) - Math.min(...numbers));
  });
  return counts.indexOf(Math.max(...counts));
}

/** Over the discs: which number it is that they stand at; to the right of who asks, if one asks.
 * @type {(scene: Scene, layout: FlowLayout) => SVGElement} */
function mainFeature(scene, { track: [left, right], column, isGate }) {
  const name = isGate ? "x" : labelText(scene.columns[column]);
  const font = "12px system-ui, sans-serif";
  const [x, anchor] = isSelf(scene) ? [left, "start"] : [(left + right) / 2, "middle"];
  const at = { x, y: 15, class: "soft feature", "text-anchor": anchor };
  return makeShape("text", at, `${shortened(name, right - left + 60, font)} →`);
}
