// What a lesson tells: its story, what one saw, where to go on; and what it asks for, the challenge.

import { challengeStanding } from "../core/challenge.js";
import { chooseTask } from "../state/choices.js";
import { emit, listen } from "../state/events.js";
import { given } from "../state/given.js";
import { challengeTitle, lessonBeside, startScene } from "../state/lessons.js";
import { goOn, hides, showTab } from "../state/navigation.js";
import { progress } from "../state/progress.js";
import { state } from "../state/store.js";
import { lang, text } from "../state/texts.js";
import { emphasised, make, showText } from "../ui/dom.js";

export function storyPanel() {
  const telling = lessonTelling();
  const challenge = challengeBox();
  let lesson = null;
  let wasOpen = false; // a link or the page itself may do a challenge: then its reader has not

  listen({
    opened(next) {
      lesson = next;
      wasOpen = false;
      challenge.update({ done: false, broken: null });
      telling.turn("story");
    },
    language() {
      telling.tell(lesson);
      challenge.tell(lesson);
    },
    progress: telling.update,
    demonstrated: () => (wasOpen = false),
    frame(trace) {
      const standing = challengeStanding(state.scene, startScene(), lesson.challenge, trace);
      const { done } = standing;
      if (done && wasOpen && challenge.node.dataset.done === "false") {
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

// The story and what one saw share one place, so that nothing moves when one takes the other's.
function lessonTelling() {
  const title = make("h2", { tabindex: "-1", "data-testid": "lesson-title" });
  const story = make("p", { class: "view-story", "data-testid": "lesson-story" });
  const seen = make("p", { class: "view-seen", "data-testid": "lesson-seen" });
  const switches = ["story", "seen"].map((view) =>
    make("button", {
      type: "button",
      "data-testid": `show-${view}`,
      onclick: () => turn(view),
    }),
  );
  const views = make("div", { class: "views", role: "group" }, ...switches);
  const article = make("p", { class: "note", "data-testid": "lesson-article" });
  const doors = lessonDoors();
  const node = make(
    "section",
    { class: "panel telling" },
    make("div", { class: "head" }, title, views),
    make("div", { class: "both" }, story, seen),
    make("div", { class: "onward" }, article, doors.node),
  );

  function turn(view) {
    node.dataset.view = view;
    switches.forEach((button, i) =>
      button.setAttribute("aria-pressed", i === Number(view === "seen")),
    );
  }

  function update() {
    views.classList.toggle("away", state.resultHidden);
  }

  return {
    node,
    turn,
    update,
    tell(lesson) {
      showText(title, lesson.title[lang()]);
      story.replaceChildren(...emphasised(lesson.story[lang()]));
      seen.replaceChildren(...emphasised(lesson.seen?.[lang()] ?? ""));
      views.hidden = !lesson.seen;
      views.setAttribute("aria-label", lesson.title[lang()]);
      showText(switches[0], text("lesson_story"));
      showText(switches[1], text("seen_title"));
      article.hidden = !lesson.article;
      const place = lesson.article?.[lang()] ?? "";
      article.replaceChildren(make("strong", {}, text("lesson_article")), ` · ${place}`);
      doors.tell(lesson.tasks);
      update();
    },
  };
}

// From a lesson to the tasks that really train what it tells of, where the page has them.
function lessonDoors() {
  const caption = make("span", { class: "note" });
  const node = make("p", { class: "doors" });
  const through = (task) => {
    chooseTask(task);
    showTab("learn");
    document.getElementById("tab-learn").focus();
  };
  return {
    node,
    tell(tasks) {
      const known = given.tabs.includes("learn") ? given.tasks.map(({ name }) => name) : [];
      const open = tasks.filter((task) => known.includes(task));
      node.hidden = !open.length;
      showText(caption, text("lesson_doors"));
      const doors = open.map((task) =>
        make(
          "button",
          {
            type: "button",
            class: "pill",
            "data-testid": `door-${task}`,
            onclick: () => through(task),
          },
          text(`task_${task}_title`),
        ),
      );
      node.replaceChildren(caption, ...doors);
    },
  };
}

function challengeBox() {
  const task = make("strong");
  const what = make("p");
  const next = make("button", {
    type: "button",
    class: "pill onward",
    "data-testid": "challenge-next",
    onclick: () => goOn(),
  });
  const node = make(
    "section",
    { class: "panel challenge", "data-testid": "challenge", "data-done": "false" },
    make("span", { class: "tick", "aria-hidden": "true" }),
    make(
      "div",
      {},
      make("div", { class: "head" }, make("p", { role: "status" }, task), next),
      what,
    ),
  );
  let broken = null; // what was to stay and has not, where all the rest is reached
  const isDone = () => node.dataset.done === "true";
  const showTask = () => showText(task, broken ? brokenTitle(broken) : challengeTitle(isDone()));
  return {
    node,
    tell(lesson) {
      what.replaceChildren(...emphasised(lesson.challenge.text[lang()]));
      showText(next, `${text("lesson_on")} →`);
      next.hidden = !lessonBeside(1);
      showTask();
    },
    update({ done, broken: now }) {
      if (isDone() === done && broken === now) return;
      broken = now;
      node.dataset.done = done;
      node.toggleAttribute("data-broken", Boolean(broken));
      emit("challenge", done && !hides("challenge"));
      showTask();
    },
  };
}

function brokenTitle(of) {
  return text("challenge_broken", { what: text(`hide_${of}`) });
}
