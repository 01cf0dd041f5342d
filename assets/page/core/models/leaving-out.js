// What becomes of an answer if a model is not given some of the steps.

import { answerExample, weightsIn } from "./answering.js";
import { chanceOfDigits } from "./digits.js";

/** @import { AnsweringTask } from "./answering.js" */
/** @import { Answered, Changes, Graph, Packed, ReadExample } from "./types.js" */
/** @typedef {{ task: AnsweringTask, answers: string[], graph: Graph, packed: Packed[], changes?: Changes }} Asked a model at one epoch; answers: the names of what is chosen among */

/** The same example as if these steps had never been there. Of a line, blanks take their room; of a series,
 * nothing is known of those days; a sound is shorter, and so is a text that goes on.
 * @type {(task: AnsweringTask, example: ReadExample, gone: ReadonlySet<number>) => ReadExample} */
export function withoutSteps({ view, answers_with }, example, gone) {
  if (!gone.size) return example;
  const { x, steps, forced } = example;
  const [first, ...others] = x;
  const blanksFirst = answers_with !== "digits";
  const begin = blanksFirst ? first.length - steps.length : 0;
  const isGone = (/** @type {number} */ place) => gone.has(place - begin);
  const left = first.filter((/** @type {any} */ _, /** @type {number} */ place) => !isGone(place));
  /** @type {any[]} */
  let given = left;
  if (view === "series")
    given = first.map((/** @type {number[]} */ step, /** @type {number} */ place) =>
      isGone(place) ? step.map(() => 0) : step,
    );
  else if (typeof first[0] === "number" && answers_with !== "next") {
    const blanks = Array(gone.size).fill(0);
    given = blanksFirst ? [...blanks, ...left] : [...left, ...blanks];
  }
  const kept = steps.filter((_, i) => !gone.has(i));
  const named = view === "series" ? steps : kept; // a day that nothing is known of is still a day
  const stillForced = forced && { forced: forcedWithout(forced, gone) };
  return { ...example, ...stillForced, x: [given, ...others], steps: named };
}

/** Who was made to look at something that is gone looks where it will.
 * @type {(forced: Record<string, number[]>, gone: ReadonlySet<number>) => Record<string, number[]>} */
function forcedWithout(forced, gone) {
  /** @type {Record<string, number[]>} */
  const left = {};
  for (const [row, weights] of Object.entries(forced)) {
    const kept = weights.filter((_, i) => !gone.has(i));
    if (kept.some(Boolean)) left[row] = kept;
  }
  return left;
}

/** The answer without these steps; to what is gone belongs a weight of 0, so that a picture of all steps
 * shows it.
 * @type {(asked: Asked, example: ReadExample, gone: ReadonlySet<number>) => Answered} */
export function answerWithout({ task, answers, graph, packed, changes }, example, gone) {
  const rest = withoutSteps(task, example, gone);
  const answered = answerExample(task, answers, graph, packed, rest, changes);
  if (!answered.weights || rest.steps.length === example.steps.length) return answered;
  const weights = answered.weights.map((row) => {
    let next = 0;
    return example.steps.map((_, i) => (gone.has(i) ? 0 : row[next++]));
  });
  return { ...answered, weights };
}

/** By step, how much the answer loses if that step alone is left out: so much of its probability, 1 at most,
 * less than 0 where it gains. Of a number, which has no probability, how far it moves, as a share of it.
 * Who asks takes one after the other, for each costs an answer.
 * @type {(asked: Asked, example: ReadExample) => Generator<number, void, void>} */
export function* effectsOf(asked, example) {
  const whole = answeredOf(asked, example, null);
  for (const i of example.steps.keys()) {
    const rest = withoutSteps(asked.task, example, new Set([i]));
    const { value } = answeredOf(asked, rest, whole.answer);
    if (asked.task.answers_with !== "number") yield whole.value - value;
    else yield Math.abs(value - whole.value) / (Math.abs(whole.value) || 1);
  }
}

/** answer: whose probability is asked for; null: that of what the model answers. Of a number the value is itself.
 * @type {(asked: Asked, example: ReadExample, answer: string | null) => { answer: string, value: number }} */
function answeredOf({ task, answers, graph, packed, changes = {} }, example, answer) {
  if (task.answers_with === "digits" && answer !== null)
    return { answer, value: chanceOfDigits(graph, weightsIn(packed), example, answer, changes) };
  const said = answerExample(task, answers, graph, packed, example, changes);
  if (said.forecast !== undefined) return { answer: said.answer, value: said.forecast };
  const place = answers.indexOf(answer ?? said.answer);
  return { answer: said.answer, value: said.chances?.[place] ?? said.sure ?? 0 };
}
