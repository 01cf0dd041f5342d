// What one saw, said where the hand is at the moment when the challenge is done.

import { listen } from "../state/events.js";
import { currentLesson, lessonBeside } from "../state/lessons.js";
import { goOn, hides } from "../state/navigation.js";
import { isCourseDone } from "../state/progress.js";
import { isQuestionOpen } from "../state/question.js";
import { showStep, stepsHere } from "../state/steps.js";
import { state } from "../state/store.js";
import { lang, text } from "../state/texts.js";
import { emphasised, make, makeButton, showText } from "../ui/dom.js";
import { boxOnScreen, placeOnScreen } from "../ui/zoom.js";
import { openSummary } from "./summary.js";
import "./insight.css";

const FAR = 28; // pixels from the hand: a finger hides what is nearer
const EDGE = 8; // and from the edges of the screen
const PHONE = 640; // no wider: the foot of the screen is near enough

/** @type {() => HTMLElement} */
export function insightCard() {
  const hand = handPlace();
  const title = make("strong");
  const said = make("p");
  const close = makeButton("insight-close", hide, "quiet", "×");
  const next = makeButton("challenge-next", goFurther, "pill onward");
  const node = make(
    "div",
    { class: "insight", "data-testid": "insight", role: "status", popover: "manual", hidden: true },
    make("div", { class: "head" }, title, close),
    ...[said, next],
  );
  node.addEventListener("keydown", ({ key }) => key === "Escape" && hide());

  function hide() {
    if (node.hidden) return;
    node.hidePopover?.();
    node.hidden = true;
  }

  function goFurther() {
    hide();
    if (isQuestionAhead()) showStep("predict");
    else if (lessonBeside(1)) goOn();
    else openSummary();
  }

  function show() {
    const { seen } = currentLesson();
    if (!seen || hides("challenge")) return;
    const isEarly = isQuestionAhead(); // what one saw would give the answer away
    showText(title, `✓ ${text(isEarly ? "insight_early_title" : "challenge_done_title")}`);
    said.replaceChildren(...emphasised(isEarly ? text("insight_early") : seen[lang()]));
    close.setAttribute("aria-label", text("insight_close"));
    const onward = lessonBeside(1) ? "lesson_on" : "end_title";
    showText(next, `${text(isEarly ? "step_predict" : onward)} →`);
    next.hidden = !isEarly && ((!lessonBeside(1) && !isCourseDone()) || hides("lesson"));
    node.hidden = false;
    node.showPopover?.(); // above all, wherever the page stands
    place(node, hand());
  }

  listen({ solved: show, opened: hide, step: hide, language: hide, tab: hide });
  return node;
}

/** Whether the reader has still to say what comes before it is seen.
 * @type {() => boolean} */
const isQuestionAhead = () =>
  stepsHere().indexOf("predict") >= stepsHere().indexOf(state.step) && isQuestionOpen();

/** Where the hand is: the pointer, or the control that the keys move.
 * @type {() => () => DOMRect} */
function handPlace() {
  let [x, y] = [innerWidth / 2, innerHeight / 2];
  let byKey = false;
  /** @type {(event: PointerEvent) => void} */
  const follow = (event) => {
    [x, y, byKey] = [event.clientX, event.clientY, false];
  };
  document.addEventListener("pointerdown", follow, { capture: true, passive: true });
  document.addEventListener("pointermove", follow, { capture: true, passive: true });
  document.addEventListener("keydown", () => (byKey = true), { capture: true, passive: true });
  return () => {
    const focused = document.activeElement;
    const isControl = byKey && focused && focused !== document.body;
    return isControl ? boxOnScreen(focused) : new DOMRect(x, y, 0, 0);
  };
}

/** Near the hand, where it hides least of the stage; on a phone at the foot of the screen, unless the hand
 * is there.
 * @type {(node: HTMLElement, hand: DOMRect) => void} */
function place(node, hand) {
  const { width, height } = boxOnScreen(node);
  const [right, foot] = [innerWidth - width - EDGE, innerHeight - height - EDGE];
  if (innerWidth <= PHONE)
    return placeOnScreen(node, EDGE, hand.bottom + EDGE < foot ? foot : EDGE);
  const middle = Math.max(EDGE, Math.min(hand.left + hand.width / 2 - width / 2, right));
  const low = Math.min(hand.bottom + FAR, foot);
  const places = [
    { x: middle, y: hand.bottom + FAR },
    { x: hand.right + FAR, y: low },
    { x: hand.left - FAR - width, y: low },
    { x: middle, y: hand.top - FAR - height },
  ];
  const isInside = (/** @type {{ x: number, y: number }} */ { x, y }) =>
    x >= EDGE && x <= right && y >= EDGE && y <= foot;
  const inside = places.filter(isInside);
  const hidden = inside.map(({ x, y }) => hiddenOfStage(new DOMRect(x, y, width, height)));
  const best = inside[hidden.indexOf(Math.min(...hidden))] ?? { x: middle, y: EDGE };
  placeOnScreen(node, best.x, best.y);
}

/** -> square pixels
 * @type {(card: DOMRect) => number} */
function hiddenOfStage(card) {
  const stage = document.querySelector('[data-testid="stage"]');
  if (!stage) return 0;
  const { left, right, top, bottom } = boxOnScreen(stage);
  const wide = Math.min(right, card.right) - Math.max(left, card.left);
  const high = Math.min(bottom, card.bottom) - Math.max(top, card.top);
  return Math.max(0, wide) * Math.max(0, high);
}
