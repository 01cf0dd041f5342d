// What a class has answered: bars of the choices, or dots of the shares that were drawn; of two rounds the
// one before the class talked about it is paler.

import { isRightGuess } from "../core/prediction.js";
import { text } from "../state/texts.js";
import { make } from "../ui/dom.js";
import { dotPlot } from "./dots.js";
import "./answers.css";

/** @import { ClassRound } from "../state/store.js" */
/** @typedef {{ labels: string[] | null, rounds: ClassRound[], truth: number | null, mine: number | null }} Answered labels: of the choices, null where a share was drawn; truth: which choice is right, or the share in per cent, null while it is not told; mine: of the reader */

export function answersPicture() {
  const node = make("div", { class: "class-answers", "data-testid": "class-answers" });
  let shown = "";
  return {
    node,
    /** @type {(answered: Answered) => void} */
    update(answered) {
      const now = JSON.stringify([answered, text("language")]);
      if (now === shown) return;
      shown = now;
      const picture = answered.labels ? answerBars(answered, answered.labels) : dotPlot(answered);
      const isEmpty = answered.rounds.every((round) => !round.answered);
      const said = isEmpty ? text("class_no_answers") : outcomeOf(answered);
      const outcome = make("p", { class: "class-outcome", "data-testid": "class-outcome" }, said);
      node.replaceChildren(picture, outcome);
    },
  };
}

/** @type {(answered: Answered, labels: string[]) => HTMLElement} */
function answerBars({ rounds, truth, mine }, labels) {
  const items = labels.map((label, i) => {
    const counts = rounds.map((round) => round.counts[i] ?? 0);
    const shares = rounds.map(({ answered }, at) => (answered ? counts[at] / answered : 0));
    const bars = shares.map((share) => make("i", { style: `--share: ${share}` }));
    const numbers = shares.map((share, at) => `${wholePercent(share)} · ${counts[at]}`);
    const words = [
      ...(i === truth ? [make("b", {}, `✓ ${text("class_right")}`)] : []),
      ...(i === mine ? [make("b", { class: "mine" }, text("predict_is_mine"))] : []),
    ];
    return make(
      "li",
      {
        "data-testid": `class-answer-${i}`,
        "data-count": counts.at(-1),
        "data-before": counts.length > 1 ? counts[0] : null,
        class: i === truth ? "true" : null,
      },
      make("span", { class: "label" }, label, ...words),
      make("span", { class: "bars", "aria-hidden": "true" }, ...bars),
      make("span", { class: "numbers" }, numbers.join(" → ")),
    );
  });
  return make("ul", { class: labels.length > 6 ? "bars-list many" : "bars-list" }, ...items);
}

/** How many were right, once that is told.
 * @type {(answered: Answered) => string} */
function outcomeOf({ labels, rounds, truth }) {
  if (truth === null) return "";
  /** @type {(answer: string) => boolean} */
  const isRight = (answer) =>
    labels ? Number(answer) === truth : isRightGuess(Number(answer), truth / 100);
  const shares = rounds.map(({ answered, counts }) => {
    const right = Object.keys(counts).filter(isRight);
    return answered ? right.reduce((sum, answer) => sum + counts[answer], 0) / answered : 0;
  });
  return text("class_outcome", { shares: shares.map(wholePercent).join(" → ") });
}

/** @type {(share: number) => string} */
export const wholePercent = (share) => `${Math.round(100 * share)}\u00A0%`;
