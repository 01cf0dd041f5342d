// The step in which one reaches what the lesson asks for, and how it stands.

import { emit } from "../state/events.js";
import { challengeTitle } from "../state/lessons.js";
import { hides } from "../state/navigation.js";
import { lang, text } from "../state/texts.js";
import { emphasised, make, showText } from "../ui/dom.js";

/** @import { Lesson } from "../core/types.js" */

export function challengeStep() {
  const title = make("strong");
  const task = make("p");
  const node = make(
    "div",
    { class: "challenge", "data-testid": "challenge", "data-done": "false" },
    make("span", { class: "tick", "aria-hidden": "true" }),
    make("div", {}, make("p", { class: "standing", role: "status" }, title), task),
  );
  /** @type {string | null} */
  let broken = null; // what was to stay and has not, where all the rest is reached
  const isDone = () => node.dataset.done === "true";
  const showTitle = () =>
    showText(
      title,
      broken
        ? text("challenge_broken", { what: text(`hide_${broken}`) })
        : challengeTitle(isDone()),
    );
  return {
    node,
    isDone,
    /** @type {(lesson: Lesson) => void} */
    tell(lesson) {
      task.replaceChildren(...emphasised(lesson.challenge.text[lang()]));
      showTitle();
    },
    /** @type {(standing: { done: boolean, broken: string | null }) => void} */
    update({ done, broken: now }) {
      if (isDone() === done && broken === now) return;
      broken = now;
      node.dataset.done = String(done);
      node.toggleAttribute("data-broken", Boolean(broken));
      emit("challenge", done && !hides("challenge"));
      showTitle();
    },
  };
}
