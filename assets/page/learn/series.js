// A series: its line, and under each step a column as high as its attention weight. The steps that count
// have a disc on the line, as large as they count; a dashed line is the answer's level, so that one sees
// which of them it comes from. At the right stands what comes next: the answer, and the truth.

import { readableNumber, readNumber } from "../core/numbers.js";
import { percent } from "../core/percentages.js";
import { text } from "../state/texts.js";
import { axisUpTo } from "../ui/chart.js";
import { make, makeShape, showText } from "../ui/dom.js";
import { dayInText, largestWeightInText, stepInText } from "./learn-texts.js";

/** @import { Axis } from "../ui/chart.js" */
/** @import { Example } from "./types.js" */
/** @typedef {{ x: (place: number) => number, y: (value: number) => number, width: number, steps: number }} Scale of a drawing; width: of a step */

const [PLOT, TOP, BOTTOM, STRIP, HEIGHT] = [1000, 10, 150, 186, 240]; // of the drawing, which is stretched
const NEXT = 2.4; // how many steps' room what comes next has
const [FULL, DISC] = [0.2, 20]; // the least weight that may fill the strip; of a disc for a weight of 1
const [WORTH_A_NUMBER, TOLD_COLUMNS] = [0.08, 4]; // the share of a step that is told, and of how many at most

/** @type {import("./types.js").ViewBuilder} */
export function seriesView(testid, example) {
  const { steps, values, after } = example;
  const axis = axisUpTo(Math.max(...knownValues(example), ...(example.near ?? [])), readableNumber);
  const scale = seriesScale(steps.length, axis.range[1]);
  const columns = steps.map((step, i) => weightColumn(`${testid}-${i}`, step, values[i], i, scale));
  const level = makeShape("path", { class: "level" });
  const forecast = makeShape("path", { class: "forecast", "data-testid": `${testid}-forecast` });
  const svg = makeShape(
    "svg",
    { viewBox: `0 0 ${PLOT} ${HEIGHT}`, preserveAspectRatio: "none", role: "img" },
    makeShape("path", { class: "grid", d: gridLines(axis, example, scale) }),
    makeShape("rect", { class: "next", ...nextBox(scale) }),
    ...columns.map(({ bands }) => bands),
    level,
    makeShape("path", { class: "values", d: seriesLine(values, scale) }),
    ...columns.map(({ disc }) => disc),
    truthMark(example, scale),
    forecast,
  );
  const most = make("p", { class: "note" });
  const numbers = Array.from({ length: TOLD_COLUMNS }, () => make("b", { class: "column-share" }));
  const plot = make("div", { class: "plot", translate: "no" }, svg, ...numbers);
  plot.append(...axisLabels(axis, example, scale), ...rareMarks(example, scale));
  return {
    node: make("div", { class: "time-series" }, most, plot, seriesKey(example)),
    show({ weights: [weights], answer }) {
      const full = Math.max(FULL, ...weights);
      columns.forEach(({ show }, i) => show(weights[i], weights[i] / full));
      tellLargest(numbers, weights, full, scale);
      const y = scale.y(readNumber(answer) ?? 0);
      level.setAttribute("d", `M0 ${y}H${PLOT}`);
      forecast.setAttribute("d", `M${scale.x(steps.length)} ${y}h0`);
      showText(most, largestWeightInText(weights, steps));
      svg.setAttribute("aria-label", `${most.textContent} ${stepInText(after)}: ${answer}.`);
    },
  };
}

/** The line alone, as large as a word.
 * @type {(example: Example) => SVGElement} */
export function smallSeries(example) {
  const scale = seriesScale(example.steps.length - NEXT, Math.max(...knownValues(example)));
  const d = seriesLine(example.values, scale);
  return makeShape(
    "svg",
    {
      ...{ viewBox: `0 0 ${PLOT} ${BOTTOM + TOP}`, preserveAspectRatio: "none" },
      ...{ class: "small-series", "aria-hidden": "true" },
    },
    makeShape("path", { class: "values", d }),
  );
}

/** @type {(example: Example) => number[]} */
function knownValues({ values }) {
  return values.filter((value) => value !== null);
}

/** @type {(steps: number, highest: number) => Scale} */
function seriesScale(steps, highest) {
  const width = PLOT / (steps + NEXT);
  return {
    width,
    steps,
    x: (place) => (place + (place < steps ? 0.5 : NEXT / 2)) * width,
    y: (value) => BOTTOM - (Math.min(value, highest) / highest) * (BOTTOM - TOP),
  };
}

/** A line from step to step; where one is unknown it is broken, and one alone is a dot.
 * @type {(values: (number | null)[], scale: Scale) => string} */
function seriesLine(values, { x, y }) {
  return values
    .map((value, i) => {
      if (value === null) return "";
      const isStart = i === 0 || values[i - 1] === null;
      return isStart ? `M${x(i)} ${y(value)}h0` : `L${x(i)} ${y(value)}`;
    })
    .join("");
}

/** Across at each number of the axis, and upright wherever the period comes round.
 * @type {(axis: Axis, example: Example, scale: Scale) => string} */
function gridLines({ ticks }, example, { x, y }) {
  const across = ticks.map((value) => `M0 ${y(value)}H${PLOT}`);
  const upright = periodic(example).map((place) => `M${x(place)} ${TOP}V${HEIGHT}`);
  return `${across.join("")}${upright.join("")}M0 ${HEIGHT}H${PLOT}`;
}

/** The places that are whole periods before what comes next.
 * @type {(example: Example) => number[]} */
function periodic({ steps, period = steps.length }) {
  const count = Math.floor(steps.length / period);
  return Array.from({ length: count }, (_, i) => steps.length - (count - i) * period);
}

/** @type {(scale: Scale) => { x: number, y: number, width: number, height: number }} */
function nextBox({ steps, width }) {
  return { x: steps * width, y: 0, width: NEXT * width, height: HEIGHT };
}

/** What shows how much a step counts: its column, the shade above it, the disc on the line.
 * @type {(testid: string, step: string, value: number | null, i: number, scale: Scale) => { bands: SVGGElement, disc: SVGPathElement, show: (weight: number, share: number) => void }} */
function weightColumn(testid, step, value, i, { x, y, width }) {
  const [left, gap] = [i * width, width / 10];
  const shade = makeShape("rect", { class: "shade", x: left, y: 0, width, height: STRIP });
  const box = { x: left + gap, y: STRIP, width: width - 2 * gap, height: HEIGHT - STRIP };
  const column = makeShape("rect", { class: "column", "data-testid": testid, ...box });
  const title = makeShape("title");
  const place = value === null ? "" : `M${x(i)} ${y(value)}h0`;
  const disc = makeShape("path", { class: "disc", d: place, "data-value": value });
  const said = value === null ? text("learn_series_unknown") : readableNumber(value);
  const hit = makeShape("rect", { class: "hit", x: left, y: 0, width, height: HEIGHT }, title);
  return {
    bands: makeShape("g", {}, shade, column, hit),
    disc,
    show(weight, share) {
      column.style.transform = `scaleY(${share})`;
      column.setAttribute("data-weight", String(weight));
      shade.setAttribute("fill-opacity", String(0.2 * share));
      disc.style.strokeWidth = String(DISC * Math.sqrt(weight));
      title.textContent = `${stepInText(step)}: ${said} · ${percent(weight)}`;
    },
  };
}

/** The shares of the steps that count most, above their columns.
 * @type {(numbers: HTMLElement[], weights: number[], full: number, scale: Scale) => void} */
function tellLargest(numbers, weights, full, { x }) {
  const byWeight = weights.map((_, i) => i).sort((a, b) => weights[b] - weights[a]);
  numbers.forEach((node, n) => {
    const i = byWeight[n];
    const isTold = i !== undefined && weights[i] >= WORTH_A_NUMBER;
    node.hidden = !isTold;
    if (!isTold) return;
    showText(node, percent(weights[i]));
    const top = HEIGHT - (weights[i] / full) * (HEIGHT - STRIP);
    placeInPlot(node, x(i), top);
  });
}

/** @type {(node: HTMLElement, x: number, y: number) => void} */
function placeInPlot(node, x, y) {
  node.style.left = `${(100 * x) / PLOT}%`;
  node.style.top = `${(100 * y) / HEIGHT}%`;
}

/** A ring where the truth is, in the band of what is near enough.
 * @type {(example: Example, scale: Scale) => SVGElement} */
function truthMark({ truth, near, steps }, scale) {
  if (truth === null) return makeShape("g");
  const ring = { d: `M${scale.x(steps.length)} ${scale.y(Number(truth))}h0` };
  const [low, high] = (near ?? [0, 0]).map(scale.y);
  return makeShape(
    "g",
    {},
    makeShape("rect", { class: "near", ...nextBox(scale), y: high, height: low - high }),
    makeShape("path", { class: "ring", ...ring }),
    makeShape("path", { class: "hole", ...ring }),
  );
}

/** Numbers at the left, and the names of steps below: of those a period apart, and of what comes next.
 * @type {(axis: Axis, example: Example, scale: Scale) => HTMLElement[]} */
function axisLabels({ ticks, write }, example, { x, y }) {
  const { steps, after } = example;
  const numbers = ticks.map((value) => {
    const node = make("span", { class: "y" }, write(value));
    placeInPlot(node, 0, y(value));
    return node;
  });
  const names = [...periodic(example).map((place) => [steps[place], place]), [after, steps.length]];
  const days = names.map(([step, place]) => {
    const name = String(step);
    const weekday = dayInText(name, { weekday: "short" });
    const date = dayInText(name, { day: "numeric", month: "short" }) ?? stepInText(name);
    const parts = weekday ? [make("b", {}, weekday), make("br"), date] : [date];
    const node = make("span", { class: place === steps.length ? "x next" : "x" }, ...parts);
    placeInPlot(node, x(Number(place)), HEIGHT);
    return node;
  });
  return [...numbers, ...days];
}

/** A mark beside what is rare: above a peak, below a dip.
 * @type {(example: Example, scale: Scale) => HTMLElement[]} */
function rareMarks({ rare = [], values }, { x, y }) {
  return rare.map((place) => {
    const at = y(values[place] ?? 0);
    const node = make("i", { class: at > (TOP + BOTTOM) / 2 ? "rare low" : "rare" }, RARE_MARK);
    placeInPlot(node, x(place), at);
    return node;
  });
}

const RARE_MARK = "◆";

/** What the marks mean.
 * @type {(example: Example) => HTMLElement} */
function seriesKey({ truth, rare = [] }) {
  const known = truth === null ? [] : [make("span", {}, text("learn_series_truth"))];
  const marked = rare.length ? [make("span", {}, `${RARE_MARK} ${text("learn_series_rare")}`)] : [];
  return make(
    "p",
    { class: "note signs" },
    make("span", {}, text("learn_series_key")),
    ...known,
    ...marked,
  );
}
