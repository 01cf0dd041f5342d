// Who looks at whom, as ribbons: sources on the left in their colours, targets on the right, and from
// each to each a ribbon as thick as its weight. A name brings out its ribbons, by pointer, tap and key,
// with their numbers; where there is one target, its numbers are always there.

import { bipartiteEnds, bipartiteMeasure } from "../core/bipartite.js";
import { percent } from "../core/percentages.js";
import { make, makeShape, showText } from "./dom.js";
import { pickOne } from "./pick-one.js";
import { ribbonPath } from "./ribbons.js";
import { rowForm, rowStyle } from "./rows.js";
import "./ribbon-map.css";

/** @import { Matrix } from "../core/types.js" */
/** @import { End, Measure } from "../core/bipartite.js" */
/** @import { Pick } from "./pick-one.js" */
/** @typedef {{ name: string, row?: number, mark?: string }} Named row: whose colour and form it has; none: it is no row; mark: a class of the name */
/** @typedef {{ sources: Named[], targets: Named[], weights: Matrix, label: string }} Ribbons weights: by target, then by source; label: the whole picture in a sentence */
/** @typedef {{ node: HTMLElement, show: (ribbons: Ribbons) => void, bringOut: (pick: Pick | null) => void }} RibbonMap bringOut: what another picture of the same names brings out */
/** @typedef {(target: number, source: number) => void} OnPair */

const [SOURCE, TARGET] = [0, 1];
const MAP_WIDTH = 100; // stretched to the width that there is, which changes no thickness
const THINNEST = 0.5; // pixels: what is thinner is not drawn

/** testid: also of the ribbons, as `testid-<target>-<source>`; height: in pixels, more where many names
 * need it; onpick: told which name is brought out, null: none; onpair: a target has been put to a source,
 * by a drag or by a tap on each
 * @type {(options: { testid: string, height?: number, onpick?: (pick: Pick | null) => void, onpair?: OnPair }) => RibbonMap} */
export function ribbonMap({ testid, height = 240, onpick = () => {}, onpair }) {
  const svg = makeShape("svg", { role: "img", preserveAspectRatio: "none" });
  const sides = ["ribbon-sources", "ribbon-targets"].map((side) => make("div", { class: side }));
  const className = `ribbon-map${onpair ? " pairs" : ""}`;
  const node = make("div", { class: className, "data-testid": testid });
  node.append(sides[SOURCE], make("div", { class: "ribbons" }, svg), sides[TARGET]);
  /** @type {RibbonDrawing | null} */
  let drawing = null;
  let drawnFor = "";

  return {
    node,
    show({ sources, targets, weights, label }) {
      const names = JSON.stringify([sources, targets]);
      if (!drawing || names !== drawnFor) {
        const measure = bipartiteMeasure(sources.length, targets.length, height);
        drawing = new RibbonDrawing(testid, sources, targets, measure);
        pickOne(
          drawing.buttons(),
          (pick) => {
            drawing?.bringOut(pick);
            onpick(pick);
          },
          onpair && ((pair) => onpair(pair[TARGET], pair[SOURCE])),
        );
        drawnFor = names;
        svg.setAttribute("viewBox", `0 0 ${MAP_WIDTH} ${measure.height}`);
        svg.style.height = `${measure.height}px`;
        svg.replaceChildren(...drawing.shapes());
        drawing.buttons().forEach((ends, side) => sides[side].replaceChildren(...ends));
      }
      if (svg.getAttribute("aria-label") !== label) svg.setAttribute("aria-label", label);
      drawing.show(weights);
    },
    bringOut: (pick) => drawing?.bringOut(pick),
  };
}

/** The nodes for these names, and what moves and marks them. */
class RibbonDrawing {
  /** @param {string} testid @param {Named[]} sources @param {Named[]} targets @param {Measure} measure */
  constructor(testid, sources, targets, measure) {
    this.measure = measure;
    /** @type {Matrix} */
    this.weights = [];
    this.ends = [sources, targets].map((names, side) =>
      names.map((named, i) => ribbonEnd(named, `${testid}-${["from", "to"][side]}-${i}`)),
    );
    this.ribbons = targets.map((_, t) =>
      sources.map(({ row = 0 }, s) => {
        const named = { class: "ribbon", "data-testid": `${testid}-${t}-${s}` };
        return makeShape("path", { ...named, style: rowStyle(row) });
      }),
    );
    /** @type {Pick | null} */
    this.picked = null;
    this.isTelling = false;
  }

  buttons() {
    return this.ends.map((ends) => ends.map(({ button }) => button));
  }

  shapes() {
    return [...this.ribbons.flat(), ...this.ends.flat().map(({ bar }) => bar)];
  }

  /** @param {Matrix} weights */
  show(weights) {
    this.weights = weights;
    const { sources, targets } = bipartiteEnds(weights, this.measure);
    [sources, targets].forEach((places, side) =>
      places.forEach((place, i) => moveRibbonEnd(this.ends[side][i], place, side * MAP_WIDTH)),
    );
    const from = sources.map(({ top }) => top);
    weights.forEach((row, t) => {
      let to = targets[t].top;
      row.forEach((weight, s) => {
        const width = weight * this.measure.unit;
        layRibbon(this.ribbons[t][s], weight, width, from[s] + width / 2, to + width / 2);
        from[s] += width;
        to += width;
      });
    });
    this.tell();
  }

  /** @param {Pick | null} pick */
  bringOut(pick) {
    this.picked = pick && this.ends[pick.side][pick.at] ? pick : null;
    const { picked } = this;
    this.ribbons.forEach((line, t) =>
      line.forEach((ribbon, s) =>
        ribbon.classList.toggle("faint", picked !== null && [s, t][picked.side] !== picked.at),
      ),
    );
    this.tell();
  }

  /** The numbers of what is brought out, or of the only target, at the other side. */
  tell() {
    const { picked, weights, ends } = this;
    const told = picked ?? (ends[TARGET].length === 1 ? { side: TARGET, at: 0 } : null);
    if (!told && !this.isTelling) return;
    this.isTelling = told !== null;
    const { side = TARGET, at = 0 } = told ?? {};
    const shares = side === TARGET ? weights[at] : weights.map((row) => row[at]);
    ends.forEach((all, here) =>
      all.forEach(({ share }, i) =>
        showText(share, told && here !== side ? percent(shares[i]) : ""),
      ),
    );
  }
}

/** A name with its form, and the bar at which its ribbons begin or end.
 * @param {Named} named @param {string} testid */
function ribbonEnd({ name, row, mark }, testid) {
  const share = make("b", { class: "share" });
  const form = makeShape("path", { d: row === undefined ? "M-1-1H1V1H-1z" : rowForm(row) });
  const sign = makeShape("svg", { viewBox: "-1.3 -1.3 2.6 2.6", "aria-hidden": "true" }, form);
  const style = row === undefined ? null : rowStyle(row);
  const label = make("span", { class: mark || null, dir: "auto", translate: "no" }, name);
  const named = { type: "button", class: "end", "data-testid": testid };
  const button = make("button", { ...named, style }, label, sign, share);
  return { button, share, bar: makeShape("path", { class: "end-bar", style }) };
}

/** @type {(end: ReturnType<typeof ribbonEnd>, place: End, x: number) => void} */
function moveRibbonEnd({ button, bar }, { top, thickness, middle }, x) {
  button.classList.toggle("idle", thickness === 0);
  button.style.transform = `translateY(${middle.toFixed(2)}px) translateY(-50%)`;
  bar.setAttribute("d", `M${x} ${top.toFixed(2)}v${Math.max(thickness, 1).toFixed(2)}`);
}

/** @type {(ribbon: SVGPathElement, weight: number, width: number, from: number, to: number) => void} */
function layRibbon(ribbon, weight, width, from, to) {
  ribbon.setAttribute("data-weight", String(weight));
  ribbon.setAttribute("data-width", width.toFixed(3));
  const [start, end] = [
    { x: 0, y: from },
    { x: MAP_WIDTH, y: to },
  ];
  ribbon.setAttribute("d", width < THINNEST ? "" : ribbonPath(start, end, width));
}
