// One row of the flow: name, share, a disc that a hand can move, and the ribbon.

import { onRange } from "../core/geometry.js";
import { readableNumber, twoDecimals } from "../core/numbers.js";
import { edited, moved, selectRow } from "../state/editing.js";
import { rangeOf } from "../state/lessons.js";
import { labelText, text } from "../state/texts.js";
import { makeShape, showText, showValue } from "../ui/dom.js";
import { ribbonPath } from "../ui/ribbons.js";
import { rowForm, rowStyle } from "../ui/rows.js";
import { makeDraggable, sayValue } from "./grip.js";
import { shortened } from "./words.js";

/** @import { Place } from "../core/geometry.js" */
/** @import { Scene } from "../core/types.js" */
/** @import { FlowLayout } from "./flow.js" */
/** @typedef {{ from: Place, to: Place, thickness: number }} Ribbon */

const STUB = 34; // of a ribbon that the mask has cut, in pixels
const THINNEST_TARGET = 18; // for a fingertip
const STRAIGHT = 0.72; // of a gate's row: as high as its number before the gate

/** under: what lies below all discs and names
 * @typedef {{ under: SVGElement, over: SVGElement, update: (shown: number, weight: number, share: string, above: number, output: number) => void }} FlowRow */

/** @type {(scene: Scene, layout: FlowLayout, row: number) => FlowRow} */
export function flowRow(scene, layout, row) {
  const y = layout.heights[row];
  const ribbon = makeShape("path", { class: "ribbon", "data-testid": `ribbon-${row}` });
  const target = makeShape("path", { class: "target", onclick: () => switchMask(scene, row) });
  const hint = makeShape("title");
  target.append(hint);
  const stub = makeShape("path", { class: "stub" });
  const before = makeShape("path", { class: "before" }); // a gate's number, as it comes in
  const words = rowWords(scene, layout, row);
  const disc = rowDisc(scene, layout, row);
  const under = makeShape("g", { style: rowStyle(row) }, before, ribbon, stub, target);
  const over = makeShape("g", { class: "flow-row", style: rowStyle(row) }, words.node, disc.node);
  return {
    under,
    over,
    update(shown, weight, share, above, output) {
      const x = disc.update();
      const isVisible = scene.mask[row];
      const drawn = layout.isGate
        ? gateRibbon(layout, y, shown)
        : bandRibbon(layout, x, y, shown, above);
      const { from, to, thickness } = drawn;
      ribbon.setAttribute("d", ribbonPath(from, to, thickness));
      ribbon.setAttribute("data-weight", String(weight));
      ribbon.setAttribute("data-width", String(weight * fullHeight(layout)));
      target.setAttribute("d", ribbonPath({ x, y }, to, Math.max(thickness, THINNEST_TARGET)));
      const cut = `M${x} ${y}h${STUB}m4 -5l8 10m0 -10l-8 10`;
      stub.setAttribute("d", isVisible ? "" : cut);
      if (layout.isGate) before.setAttribute("d", ribbonPath({ x, y }, from, fullHeight(layout)));
      showText(
        hint,
        text(isVisible ? "stage_hide" : "stage_show", { name: labelText(scene.rows[row]) }),
      );
      under.classList.toggle("masked", !isVisible);
      over.classList.toggle("masked", !isVisible);
      words.update(share, output);
    },
  };
}

/** What 100 % is high.
 * @type {(layout: FlowLayout) => number} */
const fullHeight = ({ isGate, band, spacing }) => (isGate ? spacing * STRAIGHT : band);

/** @type {(layout: FlowLayout, x: number, y: number, weight: number, above: number) => Ribbon} */
function bandRibbon({ output, band }, x, y, weight, above) {
  const thickness = weight * band;
  return { from: { x, y }, to: { x: output, y: above + thickness / 2 }, thickness };
}

/** @type {(layout: FlowLayout, y: number, weight: number) => Ribbon} */
function gateRibbon(layout, y, weight) {
  const x = (layout.track[1] + layout.output) / 2;
  return { from: { x, y }, to: { x: layout.output, y }, thickness: weight * fullHeight(layout) };
}

/** @type {(scene: Scene, row: number) => void} */
function switchMask(scene, row) {
  scene.mask[row] = !scene.mask[row];
  selectRow(row);
  moved();
}

/** @type {(scene: Scene, layout: FlowLayout, row: number) => { node: SVGElement, update: (share: string, output: number) => void }} */
function rowWords(scene, { heights, names, shares, font, output, room, isGate }, row) {
  const y = heights[row] + font * 0.35;
  const style = { y, "font-size": font, "text-anchor": "end" };
  const name = labelText(scene.rows[row]);
  const written = shortened(name, names - 4, `600 ${font}px system-ui, sans-serif`);
  const label = makeShape("text", { ...style, class: "name", x: names }, written);
  if (written !== name) label.append(makeShape("title", {}, name));
  const number = makeShape("text", { ...style, class: "share", x: shares });
  const out = makeShape("text", { y, "font-size": font, class: "strong", x: output + 10 });
  return {
    node: makeShape("g", {}, label, number, isGate && out),
    update(share, sum) {
      showText(number, share);
      if (isGate) showText(out, shortened(twoDecimals(sum), room, `${font}px system-ui`));
    },
  };
}

/** On its track the disc stands where the row's number stands on its slider.
 * @type {(scene: Scene, layout: FlowLayout, row: number) => { node: SVGElement, update: () => number }} */
function rowDisc(scene, { heights, track: [left, right], column, spacing, isGate }, row) {
  const y = heights[row];
  const [low, high, step] = rangeOf(column);
  const size = Math.max(4, Math.min(11, spacing * 0.32));
  const disc = makeShape("path", {
    ...{ class: "disc", d: rowForm(row), role: "slider", "data-testid": `disc-${row}` },
    ...{ "aria-valuemin": low, "aria-valuemax": high },
  });
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
  const groove = makeShape("path", { class: "groove", d: `M${left} ${y}H${right}` });
  return {
    node: makeShape("g", {}, groove, disc),
    update() {
      const x = place();
      disc.setAttribute("transform", `translate(${x} ${y}) scale(${size})`);
      const feature = isGate ? "x" : labelText(scene.columns[column]);
      const name = text("slider_x", { row: labelText(scene.rows[row]), column: feature });
      sayValue(disc, name, vector()[column], readableNumber(vector()[column]));
      return x;
    },
  };
}
