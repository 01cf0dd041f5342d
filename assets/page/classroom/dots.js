// Shares that a class has drawn: a dot a student on a line from 0 to 100 %, a line a round, and once it is
// told, the true one and what is as good.

import { percent } from "../core/percentages.js";
import { isRightGuess, NEAR } from "../core/prediction.js";
import { text } from "../state/texts.js";
import { make, makeShape } from "../ui/dom.js";
import { roundWords } from "./rounds.js";

/** @import { ClassRound } from "../state/store.js" */
/** @import { Answered } from "./answers.js" */
/** @typedef {{ right: number, other: number }} Pile how many, of the same place on the line */
/** @typedef {{ wide: number, radius: number, each: number }} DotPlan wide: per cent that share a pile; each: students a dot */

const PER_CENT = 7.2; // a per cent, in the units of the drawing
const LINE_MARGIN = 12; // so that a dot at the end is whole
const LINE_WIDTH = 100 * PER_CENT + 2 * LINE_MARGIN;
const [LOWEST_LINE, HIGHEST_LINE] = [30, 96]; // of a round's line
const PILE_WIDTHS = [2, 1]; // in per cent, of a pile
const SMALLEST_DOT = 2.2; // a dot's radius

/** @type {(share: number) => number} share in per cent */
const acrossLine = (share) => LINE_MARGIN + PER_CENT * share;

/** Where something stands over the drawing, in its style.
 * @type {(share: number) => string} */
const placeOver = (share) => `left: ${(100 * acrossLine(share)) / LINE_WIDTH}%`;

/** @type {(answered: Answered) => HTMLElement} */
export function dotPlot({ rounds, truth, mine }) {
  const plan = dotPlan(rounds);
  const lines = rounds.flatMap((round, at) => [
    make("p", { class: "dot-round", "aria-hidden": "true" }, roundWords(rounds, at)),
    roundLine(pilesOf(round, plan.wide, truth), plan, truth, at < rounds.length - 1),
  ]);
  const ticks = [0, 25, 50, 75, 100].map((share) =>
    make("span", { style: placeOver(share) }, `${share}\u00A0%`),
  );
  const told = `✓ ${text("class_right")}: ${percent((truth ?? 0) / 100)}`;
  return make(
    "div",
    { class: "dot-plot" },
    truth !== null && wordsAt(truth, told, "truth"),
    ...lines,
    mine !== null && wordsAt(mine, `${text("predict_is_mine")}: ${mine}\u00A0%`, "mine"),
    make("div", { class: "dot-axis", "aria-hidden": "true" }, ...ticks),
    plan.each > 1 && make("p", { class: "note" }, text("class_dots", { each: plan.each })),
    make("ul", { class: "unseen" }, ...rounds.map((round, at) => spokenRound(rounds, at))),
  );
}

/** Words at a place on the line, towards its middle.
 * @type {(share: number, words: string, name: string) => HTMLElement} */
function wordsAt(share, words, name) {
  const side = share < 50 ? "from" : "to";
  const there = make("span", { class: side, style: placeOver(share) }, words);
  return make("p", { class: `dot-flag ${name} ${side}` }, there);
}

/** The largest dots with which all rounds fit.
 * @type {(rounds: ClassRound[]) => DotPlan} */
function dotPlan(rounds) {
  const plans = PILE_WIDTHS.map((wide) => {
    const piles = rounds.flatMap((round) => [...pilesOf(round, wide, null).values()]);
    const highest = Math.max(1, ...piles.map(({ other }) => other));
    const radius = Math.min((wide * PER_CENT) / 2, HIGHEST_LINE / (2 * highest));
    return { wide, highest, radius };
  });
  const { wide, highest, radius } = plans.reduce((a, b) => (b.radius > a.radius ? b : a));
  if (radius >= SMALLEST_DOT) return { wide, radius, each: 1 };
  // One more for a pile of right ones and others, each of which may end with a dot that is not full.
  const most = Math.floor(HIGHEST_LINE / (2 * SMALLEST_DOT)) - 1;
  return { wide, radius: SMALLEST_DOT, each: Math.ceil(highest / most) };
}

/** By their place, from 0.
 * @type {(round: ClassRound, wide: number, truth: number | null) => Map<number, Pile>} */
function pilesOf({ counts }, wide, truth) {
  /** @type {Map<number, Pile>} */
  const piles = new Map();
  for (const [answer, count] of Object.entries(counts)) {
    const place = Math.floor(Number(answer) / wide);
    const pile = piles.get(place) ?? { right: 0, other: 0 };
    const isRight = truth !== null && isRightGuess(Number(answer), truth / 100);
    pile[isRight ? "right" : "other"] += count;
    piles.set(place, pile);
  }
  return piles;
}

/** @type {(piles: Map<number, Pile>, plan: DotPlan, truth: number | null, isBefore: boolean) => SVGElement} */
function roundLine(piles, { wide, radius, each }, truth, isBefore) {
  const heaps = [...piles].map(([place, pile]) => ({
    cx: acrossLine(Math.min(wide * place + (wide - 1) / 2, 100)), // the middle of its whole numbers
    right: Math.ceil(pile.right / each),
    all: Math.ceil(pile.right / each) + Math.ceil(pile.other / each),
  }));
  const highest = Math.max(0, ...heaps.map(({ all }) => all));
  const height = Math.max(LOWEST_LINE, 2 * radius * highest);
  const dots = heaps.flatMap(({ cx, right, all }) =>
    Array.from({ length: all }, (_, i) => {
      const cy = height - radius * (2 * i + 1);
      return makeShape("circle", { class: i < right ? "right" : null, cx, cy, r: 0.9 * radius });
    }),
  );
  const box = { viewBox: `0 0 ${LINE_WIDTH} ${height + 1}`, "aria-hidden": "true" };
  const name = isBefore ? "before" : null;
  const marks = [0, 25, 50, 75, 100].map((share) =>
    makeShape("path", { class: "tick", d: `M${acrossLine(share)} 0V${height}` }),
  );
  return makeShape(
    "svg",
    { ...box, class: name },
    ...marks,
    truth !== null && nearTruth(truth, height),
    makeShape("path", { class: "foot", d: `M${acrossLine(0)} ${height}H${acrossLine(100)}` }),
    truth !== null && makeShape("path", { class: "truth", d: `M${acrossLine(truth)} 0V${height}` }),
    ...dots,
  );
}

/** What is as good as the true share.
 * @type {(truth: number, height: number) => SVGElement} */
function nearTruth(truth, height) {
  const [low, high] = [Math.max(truth - 100 * NEAR, 0), Math.min(truth + 100 * NEAR, 100)];
  const [x, width] = [acrossLine(low), acrossLine(high) - acrossLine(low)];
  return makeShape("rect", { class: "near", x, width, y: 0, height });
}

/** Who hears the page is told the middle and the ends.
 * @type {(rounds: ClassRound[], at: number) => HTMLElement} */
function spokenRound(rounds, at) {
  const all = Object.entries(rounds[at].counts).flatMap(([answer, count]) =>
    Array(count).fill(Number(answer)),
  );
  all.sort((a, b) => a - b);
  const values = { low: all[0], middle: all[all.length >> 1], high: all.at(-1) };
  const spread = all.length ? text("class_spread", values) : text("class_no_answers");
  return make("li", {}, `${roundWords(rounds, at)}. ${spread}`);
}
