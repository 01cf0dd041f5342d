// What a trial has found: all right, or the smallest scene that is not, with a hint from its wrong stage.

import { isSelf } from "../core/asking.js";
import { TOLERANCE, headOf, outputsOf, rightAnswer, wrongAt } from "../core/puzzles/grade.js";
import { faultOf } from "../core/puzzles/stages.js";
import { fixedNumber, threeDigits } from "../core/numbers.js";
import { newLabel } from "../state/codecs.js";
import { inList, labelText, text } from "../state/texts.js";
import { emphasised, make, showText, showTypeset } from "../ui/dom.js";

/** @import { Puzzle, Solution } from "../core/puzzles/types.js" */
/** @import { Matrix, Vector } from "../core/types.js" */
/** @import { Standing } from "./trial.js" */

/** @typedef {{ name: string, puzzle: Puzzle, solution: Solution, asked: number, standing: Standing, smallest: Matrix | null }} Finding */

/** isOld: it is about a solution that is another by now
 * @type {() => { node: HTMLElement, show: (found: Finding | null, isOld: boolean) => void }} */
export function verdict() {
  const title = make("strong", { "data-testid": "puzzle-verdict" });
  const old = make("span", { class: "note" });
  const numbers = make("p", { "data-testid": "puzzle-numbers" });
  const stage = make("p", { "data-testid": "puzzle-stage" });
  const hint = make("p", { class: "note", "data-testid": "puzzle-hint" });
  const node = make(
    "div",
    { class: "puzzle-found", role: "status" },
    make("p", {}, title, " ", old),
    ...[numbers, stage, hint],
  );
  return {
    node,
    show(found, isOld) {
      showText(old, text("puzzle_old"));
      const isSolved = found !== null && !found.smallest;
      const standing = isSolved ? "solved" : "wrong";
      node.dataset.standing = found ? (isOld ? "old" : standing) : "none";
      for (const line of [numbers, stage, hint]) line.hidden = !found?.smallest;
      if (!found) return showText(title, "");
      const { tried, right } = found.standing;
      showText(title, text(isSolved ? "puzzle_solved" : "puzzle_wrong", { right, all: tried }));
      if (!found.smallest) return;
      numbers.replaceChildren(...emphasised(outputsInWords(found, found.smallest)));
      stage.replaceChildren(...emphasised(faultInWords(found, found.smallest)));
      showTypeset(hint, text(`puzzle_${found.name}_hint`));
    },
  };
}

/** @type {(found: Finding, x: Matrix) => string} */
function outputsInWords({ puzzle, solution, asked }, x) {
  const decimals = puzzle.judge ? 4 : 2; // of what is only larger or smaller, as little as counts
  /** @type {(output: Vector) => string} */
  const listed = (output) => inList(puzzle.outputs.map((at) => fixedNumber(output[at], decimals)));
  const { step } = wrongAt(puzzle, solution, x, asked) ?? { step: 0 };
  const came = outputsOf(puzzle, solution, x, asked)[step];
  const right = rightAnswer(puzzle, x, asked, step).output;
  const values = { came: listed(came), right: listed(right), step: rowInWords(step) };
  const compared = isSelf(puzzle.start) ? "puzzle_output_asked" : "puzzle_output";
  const key = puzzle.judge ? "puzzle_output_judged" : compared;
  return text(key, {
    ...values,
    count: x.length,
    share: 100 * TOLERANCE,
    least: fixedNumber(TOLERANCE, 2),
  });
}

/** @type {(found: Finding, x: Matrix) => string} */
function faultInWords({ puzzle, solution, asked }, x) {
  if (typeof solution === "function") return text("puzzle_fault_formula");
  const { stage, how, more, less, weight, right, step, at } = faultOf(puzzle, solution, x, asked);
  const fault = text(`puzzle_fault_${stage}_${how}`, {
    ...{ more: rowInWords(more), less: rowInWords(less), step: rowInWords(step) },
    ...{ weight: threeDigits(weight), right: threeDigits(right) },
  });
  if (puzzle.says === undefined || puzzle.outputs.length < 2) return fault;
  const head = headOf(solution, at) + 1;
  return text("puzzle_fault_of", { number: `v${at + 1}`, head, fault });
}

/** @type {(row: number) => string} */
const rowInWords = (row) => labelText(newLabel("new_row", row + 1));
