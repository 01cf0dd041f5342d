// The chosen row's numbers in the formula of the present step, in one line.

import { seenSteps } from "../core/asking.js";
import { rootedCount } from "../core/products.js";
import { isScaled } from "../core/scene.js";
import { percent } from "../core/percentages.js";
import { equalsSign, readableNumber, twoDecimals } from "../core/numbers.js";
import {
  exponentialsAsWritten,
  hasTanh,
  isPlainExp,
  writtenExp,
  writtenPower,
  writtenScore,
} from "../core/softmax-steps.js";
import { state } from "../state/store.js";
import { labelText, text } from "../state/texts.js";
import { make, showText, showTypeset } from "../ui/dom.js";
import { rowColour } from "../ui/rows.js";
import { isAsked, isStepUntold } from "./asked.js";

/** @import { Scene, Trace, Vector } from "../core/types.js" */
/** @import { SoftmaxStep } from "../core/softmax-steps.js" */

const MOST_SUMMED = 6; // numbers that one line has room for

export function softmaxLine() {
  const [name, words, note] = [make("strong", { dir: "auto" }), make("span"), make("span")];
  note.className = "caption";
  const node = make(
    "p",
    { class: "softmax-line", "data-testid": "softmax-line" },
    ...[name, " ", words, " ", note],
  );
  return {
    node,
    /** @type {(scene: Scene, trace: Trace, step: SoftmaxStep) => void} */
    update(scene, trace, step) {
      const seen = seenSteps(scene);
      const isShown = seen[state.row];
      showText(name, seen.some(Boolean) ? labelText(scene.rows[state.row]) : "");
      name.style.color = rowColour(state.row);
      showTypeset(words, lineOf(scene, trace, step, state.row));
      const isShifted =
        !isPlainExp(scene, trace.scores) &&
        !isAsked("scores") &&
        step !== "score" &&
        step !== "scaled";
      showText(note, isShown && isShifted ? text("softmax_shift") : "");
    },
  };
}

/** @type {(scene: Scene, trace: Trace, step: SoftmaxStep, row: number) => string} */
function lineOf(scene, { logits, scores, weights }, step, row) {
  const seen = seenSteps(scene);
  if (!seen.some(Boolean)) return text("formula_nobody");
  const score = isAsked("scores", row) ? "?" : writtenScore(scores[row], scene);
  if (step === "score") {
    const logit = isAsked("logits", row) ? "?" : twoDecimals(logits[row]);
    if (hasTanh(scene)) return `tanh(${logit}) ${logits[row] === 0 ? "=" : "≈"} ${score}`;
    if (!isScaled(scene)) return score;
    const sign = equalsSign([logits[row], logit], [scores[row], score]);
    return `${logit} ÷ √${rootedCount(scene)} ${sign} ${score}`;
  }
  const { temperature } = scene;
  if (step === "scaled") {
    const scaled = score === "?" ? "?" : writtenScore(scores[row] / temperature, scene);
    const sign = equalsSign([scores[row], score], [scores[row] / temperature, scaled]);
    return `${score} ÷ ${readableNumber(temperature)} ${sign} ${scaled}`;
  }
  if (!seen[row]) return text(scene.mask[row] ? "softmax_later" : "softmax_masked");
  const share = isAsked("weights", row) ? "?" : percent(weights[row]);
  if (isStepUntold(step === "share" ? "exp" : step, row))
    return step === "share" ? `? ÷ ? ≈ ${share}` : "?";
  const exps = exponentialsAsWritten(scene, scores);
  const power = writtenPower(scene, scores, row);
  if (step === "exp") return `${power} ${exps[row] === 1 ? "=" : "≈"} ${writtenExp(exps[row])}`;
  const total = writtenExp(exps.reduce((sum, exp) => sum + exp, 0));
  if (step === "share") return `${power} ÷ ${total} ≈ ${share}`;
  const summed = exps.filter((_, i) => seen[i]).map(writtenExp);
  if (summed.length > MOST_SUMMED) summed.splice(2, summed.length - 3, "…");
  return `${summed.join(" + ")} ≈ ${total}`;
}
