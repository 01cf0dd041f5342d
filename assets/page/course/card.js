// The lesson's card: its title, how far one is in it, and the present step in the place of the last.

import { challengeStanding } from "../core/challenge.js";
import { emit, listen } from "../state/events.js";
import {
  isTableAlone,
  lessonBeside,
  lessonTitle,
  currentLesson,
  startScene,
} from "../state/lessons.js";
import { goOn } from "../state/navigation.js";
import { isCourseDone, progress } from "../state/progress.js";
import { isQuestionOpen } from "../state/question.js";
import { showStep, stepAfter, stepsHere } from "../state/steps.js";
import { state } from "../state/store.js";
import { lang, text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { challengeStep } from "./challenge.js";
import { startButtons } from "./home.js";
import { insightCard } from "./insight.js";
import { leaveQuestion, predictStep } from "./predict.js";
import { seenStep } from "./seen.js";
import { stepDots } from "./step-dots.js";
import { openSummary } from "./summary.js";
import { storyStep } from "./story.js";

/** @import { Step } from "../state/store.js" */

/** atStart: beside the way into the course; underQuestion: what is more to be said under it
 * @type {(atStart: HTMLElement[], underQuestion: HTMLElement[]) => HTMLElement} */
export function stepsCard(atStart, underQuestion) {
  const title = make("h2", { tabindex: "-1", "data-testid": "lesson-title" });
  const next = makeButton("step-next", () => goForward(go), "pill onward");
  const steps = {
    touch: storyStep(),
    predict: predictStep(answered, underQuestion),
    challenge: challengeStep(),
    seen: seenStep(),
  };
  const dots = stepDots(go);
  const parts = Object.values(steps).map((step) => step.node);
  const head = make("div", { class: "head" }, title, dots.node);
  const node = cardNode(head, parts, next, startButtons(atStart));
  followChallenge(steps.challenge);

  /** @type {(step: Step) => void} */
  function go(step) {
    if (step === "challenge" && state.step === "predict") leaveQuestion();
    showStep(step);
    catchFocus(title);
  }

  function update() {
    node.dataset.step = state.step;
    dots.update();
    showPresent(steps);
    showNext(next, steps);
  }

  function answered() {
    update();
    catchFocus(next);
  }

  // The first touch, and no later one, is news.
  function lightUp() {
    if (state.step === "touch" && next.dataset.lit === "false") showNext(next, steps);
  }

  listen({
    opened: (_, again) => showStep(again ? state.step : undefined),
    language() {
      node.classList.toggle("home", state.home);
      const isHome = state.home && !isTableAlone();
      showText(title, isHome ? text("home_title") : lessonTitle());
      for (const step of [steps.touch, steps.challenge, steps.seen]) step.tell(currentLesson());
      update();
    },
    summary: (isOpen) => (node.hidden = isOpen || !stepsHere().length),
    ...{ step: update, progress: update, classroom: update, challenge: update },
    ...{ edited: lightUp, reshaping: lightUp, trained: lightUp },
  });
  return node;
}

/** To the next step, the next lesson, or what one has learned.
 * @type {(go: (step: Step) => void) => void} */
function goForward(go) {
  const step = stepAfter();
  if (step) go(step);
  else if (lessonBeside(1)) goOn();
  else openSummary();
}

/** Whoever goes by keyboard goes on from here, if what had the focus is gone.
 * @type {(node: HTMLElement) => void} */
function catchFocus(node) {
  const active = document.activeElement;
  const isGone = !active?.getClientRects().length || active.closest(".away, [inert], :disabled");
  if (isGone) node.focus({ preventScroll: true });
}

/** @type {(head: HTMLElement, parts: HTMLElement[], next: HTMLElement, starting: HTMLElement) => HTMLElement} */
function cardNode(head, parts, next, starting) {
  const place = make("div", { class: "step-parts" }, ...parts);
  const body = make("div", { class: "step-body" }, place, next, starting);
  const attributes = { class: "panel lesson-card", "data-testid": "lesson-card" };
  return make("section", attributes, head, body, insightCard());
}

/** @type {(steps: Record<Step, { node: HTMLElement }>) => void} */
function showPresent(steps) {
  for (const [step, { node }] of Object.entries(steps)) {
    node.inert = step !== state.step;
    node.classList.toggle("present", step === state.step);
  }
}

/** The button to the next step lights up when the present one is done.
 * @type {(button: HTMLButtonElement, steps: { touch: { isTouched: () => boolean }, challenge: { isDone: () => boolean } }) => void} */
function showNext(button, { touch, challenge }) {
  const isDone = {
    touch: touch.isTouched(),
    predict: !isQuestionOpen(),
    challenge: challenge.isDone(),
    seen: true,
  };
  const after = stepAfter();
  const key = after ? `step_${after}` : lessonBeside(1) ? "lesson_on" : "end_title";
  showText(button, `${text(key)} →`);
  button.dataset.lit = String(isDone[state.step]);
  const waits = state.step === "predict" && isQuestionOpen(); // "Skip" leads on as well
  const isEnd = !after && !lessonBeside(1) && !isCourseDone();
  button.classList.toggle("away", waits || isEnd);
}

/** Whether the challenge is done, and whether by its reader: a link or the page itself may do it too.
 * @param {ReturnType<typeof challengeStep>} challenge */
function followChallenge(challenge) {
  let wasOpen = false;
  listen({
    opened() {
      wasOpen = false;
      challenge.update({ done: false, broken: null });
    },
    demonstrated: () => (wasOpen = false),
    frame(trace) {
      if (state.home) return;
      const standing = challengeStanding(
        state.scene,
        startScene(),
        currentLesson().challenge,
        trace,
      );
      const { done } = standing;
      const isNew = done && wasOpen && !challenge.isDone();
      wasOpen ||= !done;
      challenge.update(standing);
      if (!isNew) return;
      progress.solved(state.lesson);
      emit("progress");
      emit("solved");
    },
  });
}
