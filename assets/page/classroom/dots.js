// Shares that a class has drawn: a dot a student on a line from 0 to 100 %, a line a round, and once it is
// told, the true one.

import { percent } from "../core/percentages.js";
import { NEAR } from "../core/prediction.js";
import { text } from "../state/texts.js";
import { make, makeShape } from "../ui/dom.js";

/** @import { ClassRound } from "../state/store.js" */
/** @import { Answered } from "./answers.js" */

const [PLOT_WIDTH, PLOT_MARGIN, PLOT_HEIGHT] = [360, 8, 54];
const PILE_WIDTH = 2; // per cent that share a pile
const [LARGEST_DOT, SMALLEST_DOT] = [3.4, 1.4]; // a dot's radius

/** @type {(share: number) => number} share in per cent */
const across = (share) => PLOT_MARGIN + ((PLOT_WIDTH - 2 * PLOT_MARGIN) * share) / 100;

/** @type {(answered: Answered) => HTMLElement} */
export function dotPlot({ rounds, truth, mine }) {
  const piles = rounds.map(pilesOf);
  const highest = Math.max(1, ...piles.flatMap((pile) => [...pile.values()]));
  const each = Math.ceil((highest * 2 * SMALLEST_DOT) / PLOT_HEIGHT); // students a dot
  const radius = Math.min(LARGEST_DOT, (PLOT_HEIGHT * each) / (2 * highest));
  const lines = piles.map((pile, i) =>
    roundLine(pile, { each, radius, truth, mine: i === piles.length - 1 ? mine : null }),
  );
  const axis = [0, 25, 50, 75, 100].map((share) => make("span", {}, `${share}\u00A0%`));
  const told = truth === null ? "" : `${text("class_right")} ✓ ${percent(truth / 100)}`;
  return make(
    "div",
    { class: "dot-plot" },
    ...lines,
    make("div", { class: "dot-axis", "aria-hidden": "true" }, ...axis),
    told && make("p", { class: "dot-truth" }, told),
    each > 1 && make("p", { class: "note" }, text("class_dots", { each })),
    make("ul", { class: "unseen" }, ...rounds.map(spokenRound)),
  );
}

/** @type {(round: ClassRound) => Map<number, number>} */
function pilesOf({ counts }) {
  const piles = new Map();
  for (const [answer, count] of Object.entries(counts)) {
    const pile = Math.min(Math.floor(Number(answer) / PILE_WIDTH), 100 / PILE_WIDTH - 1);
    piles.set(pile, (piles.get(pile) ?? 0) + count);
  }
  return piles;
}

/** @type {(piles: Map<number, number>, how: { each: number, radius: number, truth: number | null, mine: number | null }) => SVGElement} */
function roundLine(piles, { each, radius, truth, mine }) {
  const dots = [...piles].flatMap(([pile, count]) =>
    Array.from({ length: Math.ceil(count / each) }, (_, i) =>
      makeShape("circle", {
        ...{
          cx: across((pile + 0.5) * PILE_WIDTH),
          cy: PLOT_HEIGHT - radius - 2 * radius * i,
          r: radius,
        },
      }),
    ),
  );
  const near =
    truth === null ? null : [Math.max(truth - 100 * NEAR, 0), Math.min(truth + 100 * NEAR, 100)];
  return makeShape(
    "svg",
    { viewBox: `0 -2 ${PLOT_WIDTH} ${PLOT_HEIGHT + 4}`, "aria-hidden": "true" },
    near &&
      makeShape("rect", {
        ...{ class: "near", x: across(near[0]), width: across(near[1]) - across(near[0]) },
        ...{ y: -2, height: PLOT_HEIGHT + 3 },
      }),
    makeShape("line", { x1: across(0), x2: across(100), y1: PLOT_HEIGHT + 1, y2: PLOT_HEIGHT + 1 }),
    ...dots,
    truth !== null &&
      makeShape("line", {
        ...{ class: "truth", x1: across(truth), x2: across(truth), y1: -2, y2: PLOT_HEIGHT + 1 },
      }),
    mine !== null &&
      makeShape("path", { class: "mine", d: `M${across(mine)} ${PLOT_HEIGHT}l-4 -7h8z` }),
  );
}

/** Who hears the page is told the middle and the ends.
 * @type {(round: ClassRound) => HTMLElement} */
function spokenRound({ answered, counts }) {
  const all = Object.entries(counts).flatMap(([answer, count]) => Array(count).fill(+answer));
  all.sort((a, b) => a - b);
  const values = { answered, low: all[0], middle: all[all.length >> 1], high: all.at(-1) };
  return make("li", {}, answered ? text("class_spread", values) : text("class_no_answers"));
}
