// The last step: what one saw, where the article has it, and the doors to what really trains it.

import { chooseTask } from "../state/choices.js";
import { given } from "../state/given.js";
import { showTab } from "../state/navigation.js";
import { lang, text } from "../state/texts.js";
import { emphasised, make, makeButton, showText } from "../ui/dom.js";
import { levelEndedHere, puzzleLinks } from "./puzzle-links.js";

/** @import { Lesson } from "../core/types.js" */

export function seenStep() {
  const seen = make("p", { "data-testid": "lesson-seen" });
  const article = make("p", { class: "note", "data-testid": "lesson-article" });
  const links = taskLinks();
  const puzzles = puzzleLinks("puzzle-after", levelEndedHere);
  const more = make("div", { class: "more" }, article, links.node, puzzles.node);
  return {
    node: make("div", { class: "seen" }, seen, more),
    /** @type {(lesson: Lesson) => void} */
    tell(lesson) {
      seen.replaceChildren(...emphasised(lesson.seen?.[lang()] ?? ""));
      article.hidden = !lesson.article;
      const place = lesson.article?.[lang()] ?? "";
      article.replaceChildren(make("strong", {}, text("lesson_article")), ` · ${place}`);
      links.tell(lesson.tasks);
      puzzles.tell();
    },
  };
}

/** From the course to the tasks that really train what it tells of, where the page has them. */
export function taskLinks() {
  const caption = make("span", { class: "note" });
  const node = make("p", { class: "doors" }, caption);
  /** @type {(task: string) => void} */
  const open = (task) => {
    chooseTask(task);
    showTab("learn");
    document.getElementById("tab-learn")?.focus();
  };
  return {
    node,
    /** @type {(tasks: string[]) => void} */
    tell(tasks) {
      const known = given.tabs.includes("learn") ? given.tasks.map(({ name }) => name) : [];
      const links = tasks
        .filter((task) => known.includes(task))
        .map((task) =>
          makeButton(`door-${task}`, () => open(task), "pill", text(`task_${task}_title`)),
        );
      node.hidden = !links.length;
      showText(caption, text("lesson_doors"));
      node.replaceChildren(caption, ...links);
    },
  };
}
