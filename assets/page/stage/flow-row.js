// One row of the flow: name, share, a disc that a hand can move, and the ribbon.

import { isSelf, seenSteps } from "../core/asking.js";
import { onRange } from "../core/geometry.js";
import { readableNumber } from "../core/numbers.js";
import { moved, selectRow } from "../state/editing.js";
import { rangeOf } from "../state/lessons.js";
import { hides } from "../state/navigation.js";
import { labelText, text } from "../state/texts.js";
import { makeShape, showText } from "../ui/dom.js";
import { ribbonPath } from "../ui/ribbons.js";
import { rowForm, rowStyle } from "../ui/rows.js";
import { makeDraggable, sayValue } from "./grip.js";
import { nameFont, shortened } from "./words.js";

/** @import { Place } from "../core/geometry.js" */
/** @import { Scene } from "../core/types.js" */
/** @import { FlowLayout } from "./flow.js" */
/** @typedef {{ weight: number, y: number }} RibbonEnd y: its middle at the output's bar */
/** @typedef {{ from: Place, to: Place, thickness: number }} Ribbon */

export const NAME_EDGE = 8; // left of the names, in pixels
const HIGHEST = 21; // that a ribbon may reach, in pixels: over it is the feature's name
const STUB = 34; // of a ribbon that the mask has cut, in pixels
const THINNEST_TARGET = 18; // for a fingertip
const STRAIGHT = 0.72; // of a gate's row: as high as its number before the gate

/** under: what lies below all discs and names; pinned: where the ribbon was when it was pinned
 * @typedef {{ under: SVGElement, over: SVGElement, update: (end: RibbonEnd, weight: number, share: string, output: string, pinned?: RibbonEnd) => void }} FlowRow */

/** @type {(scene: Scene, layout: FlowLayout, row: number) => FlowRow} */
export function flowRow(scene, layout, row) {
  const y = layout.heights[row];
  const ribbon = makeShape("path", { class: "ribbon", "data-testid": `ribbon-${row}` });
  const outline = makeShape("path", { class: "outline" });
  const cut = maskCut(scene, row);
  const before = makeShape("path", { class: "before" }); // a gate's number, as it comes in
  const words = rowWords(scene, layout, row);
  const disc = rowDisc(scene, layout, row);
  const style = { style: rowStyle(row) };
  const under = makeShape("g", style, before, ribbon, outline, ...cut.nodes);
  const over = makeShape("g", { class: "flow-row", ...style }, words.node, disc.node);
  return {
    under,
    over,
    update(end, weight, share, output, pinned) {
      const x = disc.update();
      const drawn = ribbonTo(end, layout, x, y);
      ribbon.setAttribute("d", ribbonPath(drawn.from, drawn.to, drawn.thickness));
      ribbon.setAttribute("data-weight", String(weight));
      ribbon.setAttribute("data-width", String(weight * fullHeight(layout)));
      const was = pinned && ribbonTo(pinned, layout, x, y);
      outline.setAttribute("d", was ? ribbonPath(was.from, was.to, was.thickness) : "");
      if (layout.isGate)
        before.setAttribute("d", ribbonPath({ x, y }, drawn.from, fullHeight(layout)));
      cut.update({ x, y }, drawn);
      for (const node of [under, over]) node.classList.toggle("masked", !seenSteps(scene)[row]);
      words.update(share, output);
    },
  };
}

/** What 100 % is high.
 * @type {(layout: FlowLayout) => number} */
const fullHeight = ({ isGate, band, spacing }) => (isGate ? spacing * STRAIGHT : band);

/** From a disc into the output, or straight through a gate.
 * @type {(end: RibbonEnd, layout: FlowLayout, x: number, y: number) => Ribbon} */
function ribbonTo(end, layout, x, y) {
  const thickness = end.weight * fullHeight(layout);
  const { isGate, output, track, lowest } = layout;
  if (isGate) return { from: { x: (track[1] + output) / 2, y }, to: { x: output, y }, thickness };
  // A thick one stays in the picture, even if its disc is at the edge.
  const inside = Math.min(Math.max(y, HIGHEST + thickness / 2), lowest - thickness / 2);
  return { from: { x, y: inside }, to: { x: output, y: end.y }, thickness };
}

/** A tap on a ribbon hides its row, and a tap on what is left of it shows it again.
 * @type {(scene: Scene, row: number) => { nodes: SVGElement[], update: (from: Place, ribbon: Ribbon) => void }} */
function maskCut(scene, row) {
  const name = labelText(scene.rows[row]);
  const [hide, show] = [text("stage_hide", { name }), text("stage_show", { name })];
  const hint = makeShape("title");
  const press = () => {
    scene.mask[row] = !scene.mask[row];
    selectRow(row);
    moved();
  };
  const target = makeShape("path", { class: "target", onclick: press }, hint);
  const stub = makeShape("path", { class: "stub" });
  return {
    nodes: [stub, target],
    update({ x, y }, { to, thickness }) {
      const isVisible = scene.mask[row];
      showText(hint, isVisible ? hide : show);
      target.setAttribute("d", ribbonPath({ x, y }, to, Math.max(thickness, THINNEST_TARGET)));
      stub.setAttribute("d", isVisible ? "" : `M${x} ${y}h${STUB}m4 -5l8 10m0 -10l-8 10`);
    },
  };
}

/** Name and share side by side, or one over the other.
 * @type {(scene: Scene, layout: FlowLayout, row: number) => { node: SVGElement, update: (share: string, output: string) => void }} */
function rowWords(scene, layout, row) {
  const { heights, names, shares, font, output, room, isGate, isStacked } = layout;
  const middle = heights[row] + font * 0.35;
  const style = { style: `font-size: ${font}px`, "text-anchor": "end" };
  const name = labelText(scene.rows[row]);
  const end = isStacked ? shares : names;
  const written = shortened(name, end - NAME_EDGE, nameFont(font));
  const apart = isStacked ? font * 0.6 : 0;
  const label = makeShape("text", { ...style, class: "name", x: end, y: middle - apart }, written);
  if (written !== name) label.append(makeShape("title", {}, name));
  if (isSelf(scene) && !hides("asks")) letAsk(label, scene, row);
  const number = makeShape("text", { ...style, class: "share", x: shares, y: middle + apart });
  const untold = makeShape("title");
  const out = makeShape("text", {
    y: middle,
    "font-size": font,
    class: "strong output-words",
    x: output + 10,
  });
  return {
    node: makeShape("g", {}, untold, label, number, isGate && out),
    update(share, sum) {
      showText(number, share);
      showText(untold, share === "?" ? text("formula_later") : "");
      if (isGate) showText(out, shortened(sum, room, `${font}px system-ui`));
    },
  };
}

/** A tap on its name, and the row asks.
 * @type {(label: SVGElement, scene: Scene, row: number) => void} */
function letAsk(label, scene, row) {
  label.classList.add("asks");
  label.setAttribute("data-testid", `stage-asks-${row}`);
  label.addEventListener("click", () => {
    scene.asks = row;
    selectRow(row);
    moved();
  });
}

/** On its track the disc stands where the row's number stands on its slider.
 * @type {(scene: Scene, layout: FlowLayout, row: number) => { node: SVGElement, update: () => number }} */
function rowDisc(scene, { heights, track: [left, right], column, spacing, isGate }, row) {
  const y = heights[row];
  const [low, high, step] = rangeOf(column);
  const size = Math.max(4, Math.min(11, spacing * 0.32));
  const form = { class: "disc-form", d: rowForm(row), transform: `scale(${size})` };
  const disc = makeShape(
    "g",
    {
      ...{ class: "disc", role: "slider", "data-testid": `disc-${row}` },
      ...{ "aria-valuemin": low, "aria-valuemax": high },
    },
    makeShape("path", form),
  );
  const vector = () => scene.x[row];
  const place = () => {
    const share = (vector()[column] - low) / (high - low);
    return left + Math.min(Math.max(share, 0), 1) * (right - left);
  };
  /** @type {(value: number) => void} */
  const take = (value) => {
    if (value === vector()[column]) return;
    vector()[column] = value;
    moved();
  };
  disc.addEventListener("focus", () => selectRow(row));
  makeDraggable(disc, {
    at: () => ({ x: place(), y }),
    drag: ({ x }) =>
      take(onRange(low + ((x - left) / (right - left)) * (high - low), rangeOf(column))),
    step: (across, up) => take(onRange(vector()[column] + (across || up) * step, rangeOf(column))),
  });
  const number = isGate
    ? text("slider_x_gate", { row: labelText(scene.rows[row]) })
    : text("slider_x", {
        row: labelText(scene.rows[row]),
        column: labelText(scene.columns[column]),
      });
  const name = text("stage_disc", { name: number }); // the number's slider is another control
  const groove = makeShape("path", { class: "groove", d: `M${left} ${y}H${right}` });
  return {
    node: makeShape("g", {}, groove, disc),
    update() {
      const x = place();
      disc.setAttribute("transform", `translate(${x} ${y})`);
      sayValue(disc, name, vector()[column], readableNumber(vector()[column]));
      return x;
    },
  };
}
