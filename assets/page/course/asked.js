// Which number the lesson asks for: it alone is hidden, and only while nobody has answered and the table
// is as the lesson opens it. A hand that moves something sees what comes of it.

import { hasScores, run } from "../core/scene.js";
import { emit, listen } from "../state/events.js";
import { given } from "../state/given.js";
import { currentLesson, isAsOpened, startScene } from "../state/lessons.js";
import { hides } from "../state/navigation.js";
import { isQuestionOpen } from "../state/question.js";
import { state } from "../state/store.js";

/** @import { AskedFor } from "../state/store.js" */

/** What the style finds on the root: "weights-2 weights-3 of-weights", or nothing.
 * @type {() => string} */
export function askedNames() {
  const { asked } = state;
  if (!asked) return "";
  const whole = asked.index === null ? ["all"] : [];
  return [`of-${asked.of}`, ...whole, ...asked.rows.map((row) => `${asked.of}-${row}`)].join(" ");
}

/** @type {() => void} */
export function followQuestion() {
  let open = false; // whether there is a question that nobody has answered
  function update() {
    const asked = open && isAsOpened() ? askedFor() : null;
    if (!asked && !state.asked) return;
    const isOther = Boolean(asked) !== Boolean(state.asked);
    state.asked = asked;
    if (isOther) hide(Boolean(asked));
  }
  function reopen() {
    const { predict } = currentLesson();
    // What a change would lead to is nowhere on the table.
    const isHere = predict && !Object.keys(predict.change).length;
    open = Boolean(isHere) && !state.home && !hides("predict") && isQuestionOpen();
    update();
  }
  listen({
    opened() {
      state.asked = null;
      hide(false);
      reopen();
    },
    progress: reopen,
    classroom: reopen,
    computed: update,
  });
}

/** @type {(hidden: boolean) => void} */
function hide(hidden) {
  state.resultHidden = hidden;
  emit("result", hidden);
}

/** @type {() => AskedFor} */
function askedFor() {
  const { of: named, index } = /** @type {any} */ (currentLesson().predict);
  const scene = startScene();
  // Where a score is its logit, the table has no logits: the one would tell the other.
  const of = named === "logits" && !hasScores(scene) ? "scores" : named;
  const numbers = run(scene)[/** @type {AskedFor["of"]} */ (of)];
  const rows = numbers.map((_, i) => i);
  // Equal scores have equal weights: the one would give the other away.
  const alike = rows.filter((i) => index === null || Math.abs(numbers[i] - numbers[index]) < 1e-9);
  return { of, index, rows: alike };
}

/** The rules that hide what the root's `data-asked` names, wherever the table has it as text or bar, and
 * put a question mark there.
 * @type {() => string[]} */
export function askedRules() {
  const most = Math.max(given.rules.rows, given.rules.columns);
  return Array.from({ length: most }, (_, i) =>
    ["logits", "scores", "weights", "output"].flatMap((of) => {
      const here = `.playground[data-asked~="${of}-${i}"] .layer`;
      const id = `[data-testid="${of.replace(/s$/, "")}-${i}"]`;
      const cell = of === "weights" ? `${here} .pair:has(> ${id})` : `${here} td${id}`;
      return [
        `${cell} > * { visibility: hidden; }`,
        `${cell} { position: relative; }`,
        `${cell}::after { content: "?"; }`,
      ];
    }),
  ).flat();
}
