// What a lesson asks for, and whether it is done.

import { emit } from "../state/events.js";
import { challengeTitle, lessonBeside } from "../state/lessons.js";
import { goOn, hides } from "../state/navigation.js";
import { lang, text } from "../state/texts.js";
import { emphasised, make, makeButton, showText } from "../ui/dom.js";

/** @import { Lesson } from "../core/types.js" */

export function challengeBox() {
  const title = make("strong");
  const task = make("p");
  const next = makeButton("challenge-next", () => goOn(), "pill onward");
  const head = make("div", { class: "head" }, make("p", { role: "status" }, title), next);
  const node = make(
    "section",
    { class: "panel challenge", "data-testid": "challenge", "data-done": "false" },
    make("span", { class: "tick", "aria-hidden": "true" }),
    make("div", {}, head, task),
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
      showText(next, `${text("lesson_on")} →`);
      next.hidden = !lessonBeside(1);
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
