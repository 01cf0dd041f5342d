// Lines over a common axis. Series are told apart by dashes and by the form of their marks, not by
// colour alone; the three together are a sign, by its number.

import { makeShape } from "./dom.js";
import "./chart.css";

/** @typedef {[x: number, y: number]} Point2 */
/**
 * @typedef {object} Picture
 * @property {Point2[][]} series
 * @property {number[]} [signs] of the series; without them each has its own number
 * @property {Point2[][]} [beside] a second line for each of the series, thin; between both the gap is filled
 * @property {Point2[][]} [before] what each of the series was before, faint
 * @property {[x: number, low: number, high: number][][]} [ranges] of each of the series: between what its
 * values lay
 * @property {[sign: number, x: number, y: number][]} [alone] further points that no line joins
 * @property {Axis} x
 * @property {Axis} y
 * @property {number | null} [at] where on x the marks stand, on each line's last point up to there; null: on
 * every point
 * @property {string} label the whole picture in words
 */
/** @typedef {{ range: [low: number, high: number], ticks: number[], write: (value: number) => string }} Axis */

const CHART = { width: 360, height: 190, left: 44, right: 14, top: 12, bottom: 26 };
/** @type {(string | null)[]} */
const DASHES = [
  null,
  "7 4",
  "2 3",
  "9 3 2 3",
  "12 3",
  "4 2",
  "9 3 2 3 2 3",
  "1 4",
  "6 2 1 2",
  "3 1",
];
const MARKS = [
  "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z", // disc
  "M-3.6 -3.6h7.2v7.2h-7.2z", // square
  "M0 -4.8L4.6 3.6H-4.6z", // triangle
  "M0 -5L5 0L0 5L-5 0z", // diamond
  "M0 4.8L4.6 -3.6H-4.6z", // triangle on its tip
  "M-1.5 -4.5h3v3h3v3h-3v3h-3v-3h-3v-3h3z", // cross
  "M-4.8 -3L-3 -4.8L0 -1.8L3 -4.8L4.8 -3L1.8 0L4.8 3L3 4.8L0 1.8L-3 4.8L-4.8 3L-1.8 0z", // cross that leans
  "M-1.8 -4.8h3.6v9.6h-3.6z", // bar
  "M-4.8 -1.8h9.6v3.6h-9.6z", // bar that lies
  "M-4.4 -4.8H4.4L0 0L4.4 4.8H-4.4L0 0z", // hourglass
];
export const SIGNS = MARKS.length;

/** i: which sign
 * @type {(i: number, x?: number, y?: number) => SVGPathElement} */
function seriesMark(i, x = 0, y = 0) {
  const shape = { d: MARKS[i], transform: `translate(${x} ${y})` };
  return makeShape("path", { ...shape, class: `mark series-${i}` });
}

/** A piece of the line with its mark, to stand beside the name of what has this sign.
 * @type {(i: number) => SVGSVGElement} */
export function seriesSign(i) {
  const line = { d: "M1 8H31", class: `line series-${i}`, "stroke-dasharray": DASHES[i] };
  const box = { viewBox: "0 0 32 16", width: 32, height: 16, class: "sign", "aria-hidden": "true" };
  return makeShape("svg", box, makeShape("path", line), seriesMark(i, 16, 8));
}

/** @type {(testid: string) => { node: SVGSVGElement, show: (picture: Picture) => void }} */
export function lineChart(testid) {
  const { width, height } = CHART;
  const axes = makeShape("g", { class: "axes" });
  const lines = makeShape("g");
  const svg = makeShape(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, class: "chart", role: "img", "data-testid": testid },
    axes,
    lines,
  );
  return {
    node: svg,
    show(picture) {
      svg.setAttribute("aria-label", picture.label);
      axes.replaceChildren(...drawnAxes(picture));
      lines.replaceChildren(...drawnLines(picture));
    },
  };
}

/** Where a value stands in the picture.
 * @type {(picture: Picture) => { across: (value: number) => number, up: (value: number) => number }} */
function chartScales({ x, y }) {
  const { width, height, left, right, top, bottom } = CHART;
  /** @type {(value: number, range: [number, number], from: number, to: number) => number} */
  const place = (value, [low, high], from, to) =>
    from + ((value - low) / (high - low || 1)) * (to - from);
  return {
    across: (value) => place(value, x.range, left, width - right),
    up: (value) => place(value, y.range, height - bottom, top),
  };
}

/** @type {(picture: Picture) => SVGElement[]} */
function drawnAxes(picture) {
  const { x, y, at = null } = picture;
  const { width, height, left, right, top, bottom } = CHART;
  const { across, up } = chartScales(picture);
  /** @type {(words: string, x: number, y: number, anchor: string) => SVGTextElement} */
  const note = (words, x, y, anchor) =>
    makeShape("text", { x, y, "text-anchor": anchor, translate: "no" }, words);
  const moment = at === null ? [] : [`M${across(at)} ${top}V${height - bottom}`];
  return [
    ...y.ticks.flatMap((value) => [
      makeShape("path", { d: `M${left} ${up(value)}H${width - right}` }),
      note(y.write(value), left - 6, up(value) + 4, "end"),
    ]),
    ...x.ticks.map((value) => note(x.write(value), across(value), height - 8, "middle")),
    ...moment.map((d) => makeShape("path", { class: "at", d })),
  ];
}

/** @type {(picture: Picture) => SVGElement[]} */
function drawnLines(picture) {
  const { series, signs = series.map((_, i) => i), at = null } = picture;
  const { beside = [], before = [], ranges = [], alone = [] } = picture;
  const { across, up } = chartScales(picture);
  /** @type {(points: Point2[], i: number, className: string) => SVGPathElement} */
  const line = (points, i, className) => {
    const places = points.map(([a, b]) => `${across(a)} ${up(b)}`).join("L");
    const shape = { d: places && `M${places}`, "stroke-dasharray": DASHES[signs[i]] };
    return makeShape("path", { ...shape, class: `${className} series-${signs[i]}` });
  };
  /** @type {(range: [x: number, low: number, high: number], i: number) => SVGPathElement} */
  const whisker = ([a, low, high], i) => {
    const ends = [low, high].map((end) => `M${across(a) - 4} ${up(end)}h8`).join("");
    const d = `M${across(a)} ${up(low)}V${up(high)}${ends}`;
    return makeShape("path", { d, class: `range series-${signs[i]}` });
  };
  return [
    ...before.map((points, i) => line(points, i, "line before")),
    ...beside.map((points, i) =>
      line(points.length ? [...points, ...series[i].toReversed()] : [], i, "gap"),
    ),
    ...beside.map((points, i) => line(points, i, "line beside")),
    ...series.map((points, i) => line(points, i, "line")),
    ...ranges.flatMap((all, i) => all.map((range) => whisker(range, i))),
    ...series.flatMap((points, i) => {
      const marked = at === null ? points : points.filter(([a]) => a <= at).slice(-1);
      return marked.map(([a, b]) => seriesMark(signs[i], across(a), up(b)));
    }),
    ...alone.map(([sign, a, b]) => {
      const mark = seriesMark(sign, across(a), up(b));
      mark.classList.add("alone");
      return mark;
    }),
  ];
}

/** -> an axis from 0 to just above the largest value, with round numbers on it
 * @type {(largest: number, write: (value: number) => string) => Axis} */
export function axisUpTo(largest, write) {
  const size = 10 ** Math.floor(Math.log10(largest || 1));
  const step =
    [0.2, 0.5, 1, 2, 5].map((part) => part * size).find((one) => one * 4 >= largest) ?? size;
  const count = Math.max(1, Math.ceil(largest / step - 1e-9));
  const ticks = Array.from({ length: count + 1 }, (_, i) => Number((i * step).toPrecision(6)));
  return { range: [0, ticks[count]], ticks, write };
}
