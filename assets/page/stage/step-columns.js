// The numbers of a step as columns, in the rows' colours. They glide from step to step, and where a
// step adds them up, into one.

import { seenSteps } from "../core/asking.js";
import { selectRow } from "../state/editing.js";
import { labelText, text } from "../state/texts.js";
import { makeShape, showText } from "../ui/dom.js";
import { rowForm, rowStyle } from "../ui/rows.js";
import { calm, LASTS } from "./glide.js";
import { nameFont, shortened, textWidth } from "./words.js";

/** @import { Scene, Trace, Vector } from "../core/types.js" */
/** @import { Size, View } from "./types.js" */
/**
 * @template {string} Step
 * @typedef {object} StepPlan what the columns of each step are
 * @property {string} name of the columns: `${name}-column-0`
 * @property {Step} [summing] the step that lays them one on another
 * @property {(total: number) => string} [total] and how their sum is written
 * @property {(step: Step, scene: Scene, trace: Trace) => Vector} numbers one a row
 * @property {(step: Step, number: number, scene: Scene) => string} written as one reads it
 * @property {(step: Step, row: number) => boolean} isUntold the lesson asks for it
 * @property {(step: Step) => boolean} showsMask whether a hidden row is seen to be so
 * @property {(step: Step, scene: Scene) => number} least where the scale ends at least, so that small is seen to be so
 * @property {(step: Step, numbers: Vector, trace: Trace) => Vector | null} outlined other numbers, drawn as outlines
 */
/** @typedef {{ x: number, y: number, width: number, height: number }} ColumnBox y: of its number's end; height: below 0 where the number is */
/**
 * @typedef {object} ColumnLayout in pixels
 * @property {number} slot how wide the place of a column is
 * @property {number} wide a column
 * @property {number} stack where the column of the sum begins
 * @property {number} top what is highest
 * @property {number} foot what is lowest
 * @property {number} font of the numbers
 * @property {boolean} isUpright whether numbers and names stand upright: there is no room across
 */

const UNTOLD = "?"; // where the lesson asks for it
const SIDE = 4; // left of the first column
const SUM_SLOT = 0.8; // of a row's place, for the sum
const ACROSS = 40; // pixels that a number needs to lie
const UPRIGHT = 48; // and to stand
const ROUND = [1, 1.5, 2, 3, 5, 7.5, 10]; // where scales may end

/** @type {<Step extends string>(plan: StepPlan<Step>, scene: Scene, size: Size, step: Step) => { node: SVGElement, goTo: (step: Step) => void, update: View["update"] }} */
export function stepColumns(plan, scene, size, step) {
  const layout = columnLayout(scene, size, Boolean(plan.summing));
  const columns = scene.rows.map((_, row) => columnOf(plan.name, scene, layout, row));
  const axis = makeShape("path", { class: "axis-line" });
  const names = scene.rows.map((_, row) => nameUnder(scene, layout, row));
  const sum = sumWords(layout);
  const nodes = columns.map(({ node }) => node);
  /** @type {ColumnBox[]} */
  let drawn = [];
  /** @type {ColumnBox[]} */
  let from = [];
  let began = -LASTS;
  /** @type {Parameters<View["update"]> | null} */
  let last = null;

  /** @type {View["update"]} */
  function update(shown, trace) {
    last = [shown, trace];
    const way = Math.min((performance.now() - began) / LASTS, 1);
    const isSum = step === plan.summing;
    const numbers = drawnNumbers(plan, step, plan.numbers(step, scene, shown));
    const isTold = numbers.every((_, row) => !plan.isUntold(step, row));
    const outlines = isTold || isSum ? plan.outlined(step, numbers, trace) : null;
    const highest = isSum ? [totalOf(numbers)] : [...numbers, ...(outlines ?? [])];
    const scale = scaleOf(highest, plan.least(step, scene), layout);
    const goal = isSum ? stackOf(numbers, scale, layout) : boxesOf(numbers, scale, layout);
    drawn = way < 1 && from.length === goal.length ? mixed(from, goal, 1 - (1 - way) ** 2) : goal;
    const exact = plan.numbers(step, scene, trace);
    const written = exact.map((number, row) =>
      plan.isUntold(step, row) ? UNTOLD : plan.written(step, number, scene),
    );
    /** @type {(row: number) => boolean} */
    const isMasked = (row) => plan.showsMask(step) && !seenSteps(scene)[row];
    const ghosts = outlines && boxesOf(outlines, scale, layout);
    columns.forEach((column, row) =>
      column.update(drawn[row], exact[row], written[row], ghosts?.[row] ?? null, isMasked(row)),
    );
    axis.setAttribute("d", `M${SIDE - 4} ${scale(0)}H${size.width}`);
    sum.update(isSum && plan.total ? (isTold ? plan.total(totalOf(exact)) : UNTOLD) : "", drawn);
    if (way < 1) requestAnimationFrame(() => last && update(...last));
  }

  return {
    node: makeShape("g", { class: "softmax-columns" }, ...names, ...nodes, axis, sum.node),
    goTo(next) {
      [step, from, began] = [next, drawn, calm.matches ? -LASTS : performance.now()];
      if (last) update(...last);
    },
    update,
  };
}

/** @type {(scene: Scene, size: Size, hasSum: boolean) => ColumnLayout} */
function columnLayout(scene, { width, height }, hasSum) {
  const slot = (width - SIDE) / (scene.rows.length + (hasSum ? SUM_SLOT : 0));
  const wide = Math.max(3, Math.min(slot * 0.66, 64));
  const isUpright = slot < ACROSS;
  return {
    ...{ slot, wide, isUpright },
    stack: width - (slot * SUM_SLOT) / 2 - wide / 2,
    top: isUpright ? UPRIGHT : 18,
    foot: height - (isUpright ? 62 : 46),
    font: slot < 16 ? 9.5 : slot < 48 ? 10.5 : 12,
  };
}

/** What is not told, or no number, is drawn as nothing, and no scale follows it.
 * @type {<Step extends string>(plan: StepPlan<Step>, step: Step, numbers: Vector) => Vector} */
const drawnNumbers = (plan, step, numbers) =>
  numbers.map((number, row) => (plan.isUntold(step, row) || !Number.isFinite(number) ? 0 : number));

/** @type {(numbers: Vector) => number} */
const totalOf = (numbers) => numbers.reduce((all, number) => all + number, 0);

/** Over the column of the sum its number, and under it what it is.
 * @type {(layout: ColumnLayout) => { node: SVGElement, update: (written: string, drawn: ColumnBox[]) => void }} */
function sumWords({ stack, wide, foot }) {
  const x = stack + wide / 2;
  const total = makeShape("text", { class: "sum", "text-anchor": "middle", x });
  const name = makeShape("text", { class: "soft", "text-anchor": "middle", x, y: foot + 15 });
  return {
    node: makeShape("g", {}, total, name),
    update(written, drawn) {
      showText(name, written && text("softmax_sum"));
      showText(total, written);
      total.setAttribute("y", String(Math.min(foot, ...drawn.map(({ y }) => y)) - 5));
    },
  };
}

/** Where a number stands. The scale ends at round numbers, so that columns move and it does not.
 * @type {(numbers: Vector, least: number, layout: ColumnLayout) => (number: number) => number} */
function scaleOf(numbers, least, { top, foot }) {
  const [low, high] = scaleEnds(numbers, least);
  const below = low < 0 ? 14 : 0; // room for the numbers there
  return (number) => foot - below - ((number - low) / (high - low)) * (foot - below - top);
}

/** @type {(numbers: Vector, least: number) => [low: number, high: number]} */
function scaleEnds(numbers, least) {
  const [low, high] = [Math.min(0, ...numbers), Math.max(0, ...numbers)];
  return [low < 0 ? -roundUp(-low, least) : 0, high > 0 || low === 0 ? roundUp(high, least) : 0];
}

/** @type {(size: number, least: number) => number} */
function roundUp(size, least) {
  const needed = Math.max(size, least) || 1;
  const power = 10 ** Math.floor(Math.log10(needed));
  return power * (ROUND.find((one) => one * power >= needed * (1 - 1e-9)) ?? 10);
}

/** @type {(numbers: Vector, scale: (number: number) => number, layout: ColumnLayout) => ColumnBox[]} */
function boxesOf(numbers, scale, { slot, wide }) {
  const zero = scale(0);
  return numbers.map((number, row) => {
    const y = scale(number);
    return { x: SIDE + slot * (row + 0.5) - wide / 2, y, width: wide, height: zero - y };
  });
}

/** @type {(numbers: Vector, scale: (number: number) => number, layout: ColumnLayout) => ColumnBox[]} */
function stackOf(numbers, scale, { wide, stack }) {
  let above = totalOf(numbers); // the first row on top, as in the flow
  return numbers.map((number) => {
    const y = scale(above);
    above -= number;
    return { x: stack, y, width: wide, height: scale(above) - y };
  });
}

/** @type {(from: ColumnBox[], to: ColumnBox[], way: number) => ColumnBox[]} */
function mixed(from, to, way) {
  return to.map((end, i) => {
    const mix = (/** @type {keyof ColumnBox} */ key) =>
      from[i][key] + (end[key] - from[i][key]) * way;
    return { x: mix("x"), y: mix("y"), width: mix("width"), height: mix("height") };
  });
}

/** @type {(name: string, scene: Scene, layout: ColumnLayout, row: number) => { node: SVGElement, update: (box: ColumnBox, value: number, written: string, ghost: ColumnBox | null, isMasked: boolean) => void }} */
function columnOf(name, scene, layout, row) {
  const outline = makeShape("path", { class: "ghost" });
  const area = makeShape("path", { class: "column-area" });
  const number = makeShape("text", { class: "strong", style: `font-size: ${layout.font}px` });
  const node = makeShape(
    "g",
    {
      ...{ class: "softmax-column", "data-testid": `${name}-column-${row}` },
      ...{ style: rowStyle(row), onclick: () => selectRow(row) },
    },
    ...[outline, area, number],
  );
  return {
    node,
    update(box, value, written, ghost, isMasked) {
      const seat = ghost ?? box; // the number stays where the column has come from
      node.classList.toggle("masked", isMasked);
      node.setAttribute("data-value", String(value));
      area.setAttribute("d", written === UNTOLD ? "" : boxPath(box));
      outline.setAttribute("d", ghost ? boxPath(ghost) : "");
      showText(number, written);
      const x = seat.x + seat.width / 2;
      const place = written === UNTOLD ? { ...seat, y: seat.y + seat.height } : seat; // on the axis
      number.setAttribute("transform", numberPlace(x, place, layout));
      number.setAttribute("text-anchor", layout.isUpright && seat.height >= 0 ? "start" : "middle");
    },
  };
}

/** @type {(box: ColumnBox) => string} */
const boxPath = ({ x, y, width, height }) => `M${x} ${y}h${width}v${height}h${-width}Z`;

/** Over a column, or under one that hangs down.
 * @type {(x: number, box: ColumnBox, layout: ColumnLayout) => string} */
function numberPlace(x, { y, height }, { isUpright, font }) {
  if (!isUpright) return `translate(${x} ${height >= 0 ? y - 5 : y + font + 2})`;
  return `translate(${x + font * 0.35} ${height >= 0 ? y - 4 : y + height - 4}) rotate(-90)`;
}

/** The row's form, and its name: in two lines where it is long, upright where there is no room across.
 * @type {(scene: Scene, layout: ColumnLayout, row: number) => SVGElement} */
function nameUnder(scene, { slot, foot, isUpright }, row) {
  const x = SIDE + slot * (row + 0.5);
  const name = labelText(scene.rows[row]);
  const font = isUpright || slot < 50 ? 10 : slot < 60 ? 10.5 : 11;
  const lines = isUpright
    ? [shortened(name, 44, nameFont(font))]
    : inTwoLines(name, slot - 1, nameFont(font));
  const labels = lines.map((words, i) =>
    makeShape(
      "text",
      {
        ...{ class: "column-name", style: `font-size: ${font}px` },
        "text-anchor": isUpright ? "end" : "middle",
        transform: isUpright
          ? `translate(${x + 3.5} ${foot + 17}) rotate(-90)`
          : `translate(${x} ${foot + 28 + 12 * i})`,
      },
      words,
    ),
  );
  const size = Math.min(5, slot * 0.3);
  const form = makeShape("path", {
    ...{ class: "column-form", d: rowForm(row) },
    transform: `translate(${x} ${foot + 10}) scale(${size})`,
  });
  return makeShape("g", { style: rowStyle(row) }, form, ...labels, makeShape("title", {}, name));
}

/** @type {(name: string, room: number, font: string) => string[]} */
function inTwoLines(name, room, font) {
  const [first, ...rest] = name.split(" ");
  if (!rest.length || textWidth(name, font) <= room) return [shortened(name, room, font)];
  return [first, rest.join(" ")].map((words) => shortened(words, room, font));
}
