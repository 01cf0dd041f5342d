// What one saw, said where the hand is at the moment when the challenge is done.

import { listen } from "../state/events.js";
import { currentLesson, lessonBeside } from "../state/lessons.js";
import { goOn, hides } from "../state/navigation.js";
import { isCourseDone, progress } from "../state/progress.js";
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
  stepsHere().indexOf("predict") >= stepsHere().indexOf(state.step) &&
  !progress.read().predicted.has(state.lesson);

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

/** Above the hand where there is room, or else below it; on a phone at the foot of the screen, unless the
 * hand is there.
 * @type {(node: HTMLElement, hand: DOMRect) => void} */
function place(node, hand) {
  const { width, height } = boxOnScreen(node);
  const [right, foot] = [innerWidth - width - EDGE, innerHeight - height - EDGE];
  const above = hand.top - height - FAR;
  const below = hand.bottom + FAR;
  const isPhone = innerWidth <= PHONE;
  const fitsBelow = isPhone ? hand.bottom + EDGE < foot : below <= foot;
  const low = isPhone ? foot : below;
  const high = isPhone ? EDGE : Math.max(EDGE, above);
  const goesBelow = isPhone ? fitsBelow : above < EDGE && fitsBelow;
  const middle = hand.left + hand.width / 2 - width / 2;
  placeOnScreen(node, Math.max(EDGE, Math.min(middle, right)), goesBelow ? low : high);
}
