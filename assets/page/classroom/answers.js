// What a class has answered: bars of the choices, or dots of the shares that were drawn. Of two rounds the
// first, from before the class talked about it, is paler.

import { isRightGuess } from "../core/prediction.js";
import { text } from "../state/texts.js";
import { make } from "../ui/dom.js";
import { rowStyle } from "../ui/rows.js";
import { dotPlot } from "./dots.js";
import { roundName, roundWords } from "./rounds.js";
import "./answers.css";

/** @import { ClassRound } from "../state/store.js" */
/**
 * @typedef {object} Answered
 * @property {string[] | null} labels of the choices; null where a share was drawn
 * @property {boolean} [areRows] each choice is a row of the table, and has its colour
 * @property {ClassRound[]} rounds one, or one before the class talked about it and one after
 * @property {number | null} truth which choice is right, or the share in per cent; null while it is not told
 * @property {number | null} mine the reader's own answer
 */

const FEW_CHOICES = 6; // more stand in two columns where there is room
const LONGEST_BARS = [0.25, 0.5, 1];

export function answersPicture() {
  const node = make("div", { class: "class-answers", "data-testid": "class-answers" });
  let [shown, seen] = ["", ""];
  return {
    node,
    /** @type {(answered: Answered) => void} */
    update(answered) {
      const now = JSON.stringify([answered, text("language")]);
      if (now === shown) return;
      shown = now;
      const counted = JSON.stringify(answered.rounds);
      node.classList.toggle("grows", counted !== seen); // not when the same counts are marked
      seen = counted;
      const { labels } = answered;
      const picture = labels ? answerBars(answered, labels) : dotPlot(answered);
      node.replaceChildren(picture, captionOf(answered));
    },
  };
}

/** @type {(answered: Answered, labels: string[]) => HTMLElement} */
function answerBars(answered, labels) {
  const isMany = labels.length > FEW_CHOICES;
  const style = `--half: ${Math.ceil(labels.length / 2)}`;
  const isTold = answered.truth !== null;
  const name = ["bars-list", isMany && "many", isTold && "is-told"].filter(Boolean).join(" ");
  const longest = isMany ? longestBar(answered.rounds) : 1;
  const items = labels.map((label, i) => choiceBars(answered, label, i, longest));
  return make("ul", { class: name, style }, ...items);
}

/** Of many choices none may have a large share: then the bars end sooner.
 * @type {(rounds: ClassRound[]) => number} */
function longestBar(rounds) {
  const shares = rounds.flatMap(({ answered, counts }) =>
    Object.values(counts).map((count) => count / answered),
  );
  return LONGEST_BARS.find((longest) => shares.every((share) => share <= longest)) ?? 1;
}

/** longest: the share that fills all of the line
 * @type {(answered: Answered, label: string, i: number, longest: number) => HTMLElement} */
function choiceBars({ rounds, truth, mine, areRows }, label, i, longest) {
  const counts = rounds.map((round) => round.counts[i] ?? 0);
  const isRight = i === truth;
  const bars = rounds.map(({ answered }, at) => {
    const share = answered ? counts[at] / answered / longest : 0;
    return make("i", { class: !share && "none", style: `--share: ${share}` });
  });
  const numbers = rounds.flatMap((round, at) => [
    at > 0 && make("span", { "aria-hidden": "true" }, " → "),
    rounds.length > 1 && make("span", { class: "unseen" }, `${roundName(rounds, at)}: `),
    writtenCount(round, counts[at], at === rounds.length - 1),
  ]);
  return make(
    "li",
    {
      "data-testid": `class-answer-${i}`,
      "data-count": counts.at(-1),
      "data-before": rounds.length > 1 && String(counts[0]),
      class: [isRight && "right", areRows && "row"].filter(Boolean).join(" "),
      style: areRows ? rowStyle(i) : "",
    },
    make(
      "span",
      { class: "label" },
      make("span", {}, label),
      isRight && make("b", { class: "mark" }, `✓\u00A0${text("class_right")}`),
      i === mine && make("b", { class: "mark mine" }, text("predict_is_mine")),
    ),
    make("span", { class: "bars", "aria-hidden": "true" }, ...bars),
    make("span", { class: "numbers" }, ...numbers),
  );
}

/** "71 % · 20"; of the round before, the share alone
 * @type {(round: ClassRound, count: number, isLast: boolean) => HTMLElement} */
function writtenCount({ answered }, count, isLast) {
  const share = answered ? wholePercent(count / answered) : "–";
  return isLast
    ? make("span", {}, make("b", {}, share), ` · ${count}`)
    : make("span", { class: "before" }, share);
}

/** Under the picture: how many were right, once that is told, and which round is which.
 * @type {(answered: Answered) => HTMLElement} */
function captionOf(answered) {
  const { labels, rounds } = answered;
  const isEmpty = rounds.every((round) => !round.answered);
  const said = isEmpty ? text("class_no_answers") : outcomeOf(answered);
  const outcome = make("p", { class: "class-outcome", "data-testid": "class-outcome" }, said);
  const names = rounds.map((_, at) => make("span", {}, make("i"), roundWords(rounds, at)));
  const legend = labels && rounds.length > 1 && make("p", { class: "class-rounds" }, ...names);
  return make("div", { class: "class-caption" }, outcome, legend);
}

/** @type {(answered: Answered) => string} */
function outcomeOf({ labels, rounds, truth }) {
  if (truth === null) return "";
  /** @type {(answer: string) => boolean} */
  const isRight = (answer) =>
    labels ? Number(answer) === truth : isRightGuess(Number(answer), truth / 100);
  const shares = rounds.map(({ answered, counts }) => {
    const right = Object.keys(counts).filter(isRight);
    return answered ? right.reduce((sum, answer) => sum + counts[answer], 0) / answered : null;
  });
  const [before, after] = shares.map((share) => (share === null ? "–" : wholePercent(share)));
  const what = text(labels ? "class_outcome_right" : "class_outcome_near");
  if (rounds.length === 1) return text("class_outcome", { what, share: before });
  return text("class_outcome_rounds", { what, before, after }) + gained(shares);
}

/** By how many points more, from the shares as they are written: " (+36 points)"
 * @type {(shares: (number | null)[]) => string} */
function gained([before, after]) {
  if (before === null || after === null) return "";
  const points = Math.round(100 * after) - Math.round(100 * before);
  const sign = points > 0 ? "+" : points < 0 ? "−" : "±";
  return ` ${text("class_points", { points: sign + Math.abs(points) })}`;
}

/** @type {(share: number) => string} */
const wholePercent = (share) => `${Math.round(100 * share)}\u00A0%`;
