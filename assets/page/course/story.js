// What a lesson tells: its story, what one saw, where to go on; and what it asks for, the challenge.

import { challengeStanding } from "../core/scene.js";
import { openTraining } from "../state/training-choices.js";
import { emphasised, make, showText } from "../ui/dom.js";
import { goOn, lessonBeside } from "./course-bar.js";

// page: text(), lang(), lesson() (its name), lessons, tabs, tasks, train(), showTab(), scene(),
// start(), progress, progressed() (to call when it is another), resultHidden(), hides(name), showDone(done)
export function storyPanel(page) {
  const { text } = page;
  const telling = lessonTelling(page);
  const challenge = challengeBox(page);
  let lesson = null;
  let wasOpen = false; // a link or the page itself may do a challenge: then its reader has not

  return {
    node: make("div", { class: "story" }, telling.node, challenge.node),
    opened(next) {
      lesson = next;
      wasOpen = false;
      challenge.update({ done: false, broken: null });
      telling.turn("story");
    },
    words() {
      telling.tell(lesson);
      challenge.tell(lesson);
    },
    progressed: telling.update,
    demonstrated: () => (wasOpen = false),
    retold(trace) {
      const standing = challengeStanding(page.scene(), page.start(), lesson.challenge, trace);
      const { done } = standing;
      if (done && wasOpen && challenge.node.dataset.done === "false") {
        page.progress.solved(page.lesson());
        page.progressed();
        if (lesson.seen) telling.turn("seen");
      }
      wasOpen ||= !done;
      challenge.update(standing);
    },
  };
}

// The story and what one saw share one place, so that nothing moves when one takes the other's.
function lessonTelling(page) {
  const { text } = page;
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
  const doors = lessonDoors(page);
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
    views.classList.toggle("away", page.resultHidden());
  }

  return {
    node,
    turn,
    update,
    tell(lesson) {
      showText(title, lesson.title[page.lang()]);
      story.replaceChildren(...emphasised(lesson.story[page.lang()]));
      seen.replaceChildren(...emphasised(lesson.seen?.[page.lang()] ?? ""));
      views.hidden = !lesson.seen;
      views.setAttribute("aria-label", lesson.title[page.lang()]);
      showText(switches[0], text("lesson_story"));
      showText(switches[1], text("seen_title"));
      article.hidden = !lesson.article;
      const place = lesson.article?.[page.lang()] ?? "";
      article.replaceChildren(make("strong", {}, text("lesson_article")), ` · ${place}`);
      doors.tell(lesson.tasks);
      update();
    },
  };
}

// From a lesson to the tasks that really train what it tells of, where the page has them.
function lessonDoors(page) {
  const caption = make("span", { class: "note" });
  const node = make("p", { class: "doors" });
  const through = (task) => {
    page.train({ ...openTraining(page), task });
    page.showTab("learn");
    document.getElementById("tab-learn").focus();
  };
  return {
    node,
    tell(tasks) {
      const known = page.tabs.includes("learn") ? page.tasks.map(({ name }) => name) : [];
      const open = tasks.filter((task) => known.includes(task));
      node.hidden = !open.length;
      showText(caption, page.text("lesson_doors"));
      const doors = open.map((task) =>
        make(
          "button",
          {
            type: "button",
            class: "pill",
            "data-testid": `door-${task}`,
            onclick: () => through(task),
          },
          page.text(`task_${task}_title`),
        ),
      );
      node.replaceChildren(caption, ...doors);
    },
  };
}

function challengeBox(page) {
  const { text } = page;
  const task = make("strong");
  const what = make("p");
  const next = make("button", {
    type: "button",
    class: "pill onward",
    "data-testid": "challenge-next",
    onclick: () => goOn(page),
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
  const showTask = () =>
    showText(task, broken ? brokenTitle(page, broken) : challengeTitle(page, isDone()));
  return {
    node,
    tell(lesson) {
      what.replaceChildren(...emphasised(lesson.challenge.text[page.lang()]));
      showText(next, `${text("lesson_on")} →`);
      next.hidden = !lessonBeside(page, 1);
      showTask();
    },
    update({ done, broken: now }) {
      if (isDone() === done && broken === now) return;
      broken = now;
      node.dataset.done = done;
      node.toggleAttribute("data-broken", Boolean(broken));
      page.showDone(done && !page.hides("challenge"));
      showTask();
    },
  };
}

function brokenTitle({ text }, of) {
  return text("challenge_broken", { what: text(`hide_${of}`) });
}

export function challengeTitle({ text }, done) {
  return text("challenge") + (done ? ` — ${text("challenge_done")}` : "");
}
