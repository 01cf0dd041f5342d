// The first step: what the lesson tells, and what to take hold of. At home: what this is, and what
// happens.

import { run } from "../core/scene.js";
import { listen } from "../state/events.js";
import { isTableAlone } from "../state/lessons.js";
import { state } from "../state/store.js";
import { lang, text } from "../state/texts.js";
import { emphasised, make, showText, showTypeset } from "../ui/dom.js";
import { whatHappens } from "./home.js";
import { touchedHere, touchInWords } from "../state/touch-refs.js";

/** @import { Lesson } from "../core/types.js" */

export function storyStep() {
  const story = make("p", { "data-testid": "lesson-story" });
  const words = make("span");
  const task = make("p", { class: "try", "data-testid": "lesson-try" }, words);
  let touched = false;
  const touch = () => {
    touched ||= state.step === "touch";
  };
  const happens = () => void (state.home && showText(words, whatHappens(run(state.scene))));
  listen({
    opened: (_, again) => (touched &&= Boolean(again)),
    edited: touch,
    reshaping: touch,
    trained: touch,
    frame: happens,
    selected: happens,
  });
  return {
    node: make("div", { class: "touch" }, story, task),
    isTouched: () => touched,
    /** @type {(lesson: Lesson) => void} */
    tell(lesson) {
      const unopened = text(isTableAlone() ? "alone_story" : "home_story");
      story.replaceChildren(...emphasised(state.home ? unopened : lesson.story[lang()]));
      const [first, second] = touchedHere().map(touchInWords);
      const key = second ? "touch_try_two" : "touch_try";
      showTypeset(words, first ? text(key, { first, second }) : "");
      happens();
    },
  };
}
