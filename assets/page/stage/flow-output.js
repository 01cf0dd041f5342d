// What the ribbons of the flow go into: the weighted output, or a gate that sums nothing up.

import { headOfOutput, isSelf } from "../core/asking.js";
import { outputLabels } from "../core/scene.js";
import { twoDecimals } from "../core/numbers.js";
import { labelText, text } from "../state/texts.js";
import { makeShape, showText } from "../ui/dom.js";
import { rowColour } from "../ui/rows.js";
import { isAsked, isOutputUntold, outputTells } from "./asked.js";
import { shortened, textWidth } from "./words.js";

/** @import { Scene } from "../core/types.js" */
/** @import { FlowLayout } from "./flow.js" */
/** @import { View } from "./types.js" */
/** @typedef {{ node: SVGElement, update: View["update"] }} FlowEnd */

export const OUTPUT_WIDTH = 12; // of the bar, in pixels
const NARROW = 120; // pixels for words
const MOST_TALL_LINES = 4; // columns whose names still have lines of their own where they are long
const BESIDE = 70; // pixels for a number beside its name
const CAPTION_FONT = "13px system-ui, sans-serif";

/** @type {(scene: Scene, layout: FlowLayout) => FlowEnd} */
export function outputBar(scene, layout) {
  const { output, band, top, room } = layout;
  const bar = makeShape("rect", {
    ...{ class: "output-bar", "data-testid": "output-bar" },
    ...{ x: output, y: top, width: OUTPUT_WIDTH, height: band, rx: 2 },
  });
  const lines = outputLines(scene, layout);
  const left = output + OUTPUT_WIDTH + 10;
  const isNarrow = room < NARROW;
  const isCut = textWidth(text("output"), CAPTION_FONT) > room - 12;
  const caption = text(isNarrow || isCut ? "flow_output" : "output");
  const mostly = [4, 20].map((y) =>
    makeShape("text", { class: "mostly", x: left, y: lines.foot + y }),
  );
  const says = scene.rows.map((label) =>
    isNarrow ? [] : saysMostly(scene, labelText(label), room - 16),
  );
  const words = makeShape(
    "g",
    { class: "output-words" },
    makeShape("text", { class: "soft", x: left, y: lines.top }, caption),
    ...lines.nodes,
    ...mostly,
  );
  return {
    node: makeShape("g", {}, bar, words),
    update(_, trace) {
      const most = trace.weights.findIndex((weight) => weight > 0.5);
      bar.classList.toggle("empty", !trace.weights.some(Boolean));
      lines.update(trace.output);
      const said = most < 0 || outputTells() || isAsked("weights") ? [] : says[most];
      mostly.forEach((node, i) => {
        showText(node, said[i] ?? "");
        node.style.fill = most < 0 ? "" : rowColour(most);
      });
    },
  };
}

/** Whether the ribbons, which are of one head, bring only some numbers of the output.
 * @type {(scene: Scene) => boolean} */
const hasHeads = (scene) => isSelf(scene) && scene.heads > 1;

/** Whose output it mostly is, in so many pixels: the name has a line of its own where it must.
 * @type {(scene: Scene, name: string, width: number) => string[]} */
function saysMostly(scene, name, width) {
  const whole = hasHeads(scene)
    ? text("stage_mostly_head", { name, number: scene.head + 1 })
    : text("stage_mostly", { name });
  if (textWidth(whole, CAPTION_FONT) <= width) return [whole];
  const broken = whole.lastIndexOf(" ", whole.lastIndexOf(name));
  const lines = broken < 0 ? [whole] : [whole.slice(0, broken), whole.slice(broken + 1)];
  return lines.map((line) => shortened(line, width, CAPTION_FONT));
}

/** A line for each feature: its name and, at the end of the line or under it, its number.
 * @type {(scene: Scene, layout: FlowLayout) => { nodes: SVGElement[], top: number, foot: number, update: (output: number[]) => void }} */
function outputLines(scene, { output, band, top, room }) {
  const isNarrow = room < NARROW;
  const columns = outputLabels(scene);
  const written = columns.map((label) => labelText(label));
  const isLong = written.some((name) => textWidth(name, CAPTION_FONT) > room - BESIDE);
  const isTall = (isNarrow || isLong) && columns.length <= MOST_TALL_LINES;
  const line = isTall ? (isNarrow ? 28 : 33) : Math.min(20, (band + 60) / (columns.length + 2));
  const font = Math.min(isNarrow ? 13 : 15, line * 0.85);
  const left = output + OUTPUT_WIDTH + 10;
  const right = output + OUTPUT_WIDTH + room - 8;
  const first = top + band / 2 - (line * (columns.length - 1)) / 2 + 5;
  const rise = line * 0.29; // of a name over its number
  const nameFont = isTall ? (isNarrow ? 11.5 : 12.5) : font;
  const width = isTall ? room - 14 : room - 18 - font * 3.6;
  /** @type {(column: number, name: string) => string} */
  const classOf = (column, name) => {
    if (!hasHeads(scene)) return name;
    return headOfOutput(scene, column) === scene.head ? `${name} of-head` : "of-other";
  };
  const names = written.map((full, column) => {
    const style = `font-size: ${nameFont}px`;
    const name = shortened(full, width, `${nameFont}px system-ui, sans-serif`);
    const y = first + line * column - (isTall ? rise : 0);
    return makeShape(
      "text",
      { x: left, y, style, class: classOf(column, isTall ? "soft" : "") },
      name,
    );
  });
  const numbers = columns.map((_, column) =>
    makeShape("text", {
      ...{ class: classOf(column, "strong"), style: `font-size: ${font}px` },
      ...(isTall ? { x: left } : { x: right, "text-anchor": "end" }),
      y: first + line * column + (isTall ? line / 2 - rise : 0),
    }),
  );
  return {
    nodes: [...names, ...numbers],
    top: first - line - (isTall ? 0 : 2),
    foot: first + line * columns.length,
    update: (sums) =>
      numbers.forEach((node, column) =>
        showText(node, isOutputUntold(column) ? "?" : twoDecimals(sums[column])),
      ),
  };
}

/** Each ribbon goes through it and comes out narrower.
 * @type {(layout: FlowLayout) => FlowEnd} */
export function gateBar({ track, output, heights, spacing }) {
  const x = (track[1] + output) / 2;
  const [top, foot] = [heights[0] - spacing / 2, heights[heights.length - 1] + spacing / 2];
  const place = { x: x - OUTPUT_WIDTH / 2, y: top, width: OUTPUT_WIDTH, height: foot - top };
  const bar = makeShape("rect", { class: "gate-bar", ...place, rx: 2 });
  return { node: makeShape("g", {}, bar), update() {} };
}
