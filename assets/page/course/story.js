// What a lesson tells: its story, what one saw, where to go on; and beside it the challenge.

import { challengeStanding } from "../core/challenge.js";
import { chooseTask } from "../state/choices.js";
import { emit, listen } from "../state/events.js";
import { given } from "../state/given.js";
import { currentLesson, startScene } from "../state/lessons.js";
import { showTab } from "../state/navigation.js";
import { progress } from "../state/progress.js";
import { state } from "../state/store.js";
import { lang, text } from "../state/texts.js";
import { emphasised, make, makeButton, showText } from "../ui/dom.js";
import { challengeBox } from "./challenge.js";

/** @import { Lesson } from "../core/types.js" */

/** @type {() => HTMLElement} */
export function storyPanel() {
  const telling = lessonTelling();
  const challenge = challengeBox();
  let wasOpen = false; // a link or the page itself may do a challenge: then its reader has not

  listen({
    opened() {
      wasOpen = false;
      challenge.update({ done: false, broken: null });
      telling.turn("story");
    },
    language() {
      telling.tell(currentLesson());
      challenge.tell(currentLesson());
    },
    progress: telling.update,
    demonstrated: () => (wasOpen = false),
    frame(trace) {
      const lesson = currentLesson();
      const standing = challengeStanding(state.scene, startScene(), lesson.challenge, trace);
      const { done } = standing;
      if (done && wasOpen && !challenge.isDone()) {
        progress.solved(state.lesson);
        emit("progress");
        if (lesson.seen) telling.turn("seen");
      }
      wasOpen ||= !done;
      challenge.update(standing);
    },
  });
  return make("div", { class: "story" }, telling.node, challenge.node);
}

/** The story and what one saw share one place, so that nothing moves when one takes the other's. */
function lessonTelling() {
  const title = make("h2", { tabindex: "-1", "data-testid": "lesson-title" });
  const story = make("p", { class: "view-story", "data-testid": "lesson-story" });
  const seen = make("p", { class: "view-seen", "data-testid": "lesson-seen" });
  const toStory = makeButton("show-story", () => turn("story"), null);
  const toSeen = makeButton("show-seen", () => turn("seen"), null);
  const views = make("div", { class: "views", role: "group" }, toStory, toSeen);
  const article = make("p", { class: "note", "data-testid": "lesson-article" });
  const links = taskLinks();
  const node = make(
    "section",
    { class: "panel telling" },
    make("div", { class: "head" }, title, views),
    make("div", { class: "both" }, story, seen),
    make("div", { class: "onward" }, article, links.node),
  );

  /** @type {(view: "story" | "seen") => void} */
  function turn(view) {
    node.dataset.view = view;
    toStory.setAttribute("aria-pressed", String(view === "story"));
    toSeen.setAttribute("aria-pressed", String(view === "seen"));
  }

  function update() {
    views.classList.toggle("away", state.resultHidden);
  }

  return {
    node,
    turn,
    update,
    /** @type {(lesson: Lesson) => void} */
    tell(lesson) {
      showText(title, lesson.title[lang()]);
      story.replaceChildren(...emphasised(lesson.story[lang()]));
      seen.replaceChildren(...emphasised(lesson.seen?.[lang()] ?? ""));
      views.hidden = !lesson.seen;
      views.setAttribute("aria-label", lesson.title[lang()]);
      showText(toStory, text("lesson_story"));
      showText(toSeen, text("seen_title"));
      article.hidden = !lesson.article;
      const place = lesson.article?.[lang()] ?? "";
      article.replaceChildren(make("strong", {}, text("lesson_article")), ` · ${place}`);
      links.tell(lesson.tasks);
      update();
    },
  };
}

/** From a lesson to the tasks that really train what it tells of, where the page has them. */
function taskLinks() {
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
