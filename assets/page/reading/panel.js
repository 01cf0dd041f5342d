// Further reading: the tab, each text beside its lesson.

import { chooseTask } from "../state/choices.js";
import { on } from "../state/events.js";
import { given } from "../state/given.js";
import { whenBuilt } from "../state/late.js";
import { currentLesson } from "../state/lessons.js";
import { chooseLesson, hides, showTab } from "../state/navigation.js";
import { state } from "../state/store.js";
import { lang, text } from "../state/texts.js";
import { make, makeButton } from "../ui/dom.js";
import { readingTitle } from "./title.js";
import "./reading.css";

/** @import { ReadingEntry, Variation } from "../state/given.js" */

/** @type {() => HTMLElement} */
export function readingPanel() {
  const node = make("div", { class: "reading-list", "data-testid": "reading" });
  on("language", () => {
    const names = new Set(given.reading.map(({ lessons }) => lessons[0]));
    node.replaceChildren(
      make("h2", {}, text("reading_title")),
      make("p", { class: "note" }, text("reading_intro")),
      ...[...names].map(readingSection),
    );
  });
  return node;
}

/** name: of the lesson that its texts stand beside, which may be none of this page
 * @type {(name: string) => HTMLElement} */
function readingSection(name) {
  const entries = given.reading.filter(({ lessons }) => lessons[0] === name);
  const list = make("ul", {}, ...entries.map(readingItem));
  return make("section", {}, given.lessons.has(name) && lessonHeading(name), list);
}

/** @type {(name: string) => HTMLElement} */
function lessonHeading(name) {
  const lesson = currentLesson(name);
  const title = lesson.title[lang()];
  const level = `${lesson.level} ${text(`level_${lesson.level}`)}`;
  // Where it leads, the focus goes too: the button itself is out of sight then.
  const open = () => {
    chooseLesson(name);
    showTab("play");
    document.getElementById("tab-play")?.focus();
  };
  const button = makeButton(`reading-lesson-${name}`, open, "pill", title);
  button.setAttribute("aria-label", text("reading_lesson", { title }));
  return make(
    "div",
    { class: "its-lesson" },
    make("p", { class: "note" }, level),
    make("h3", {}, hides("lesson") ? title : button),
  );
}

/** @type {(entry: ReadingEntry) => HTMLElement} */
function readingItem(entry) {
  const about = [entry.authors, entry.year, entry.published].filter(Boolean).join(", ");
  const shown = hides("variations") ? [] : entry.variations;
  const variations = given.variations.filter(({ name }) => shown.includes(name));
  const tasks = given.tasks.filter(({ name }) => !hides("learn") && entry.tasks.includes(name));
  const buttons = [
    ...variations.map(variationButton),
    ...tasks.map(({ name }) => taskButton(name)),
  ];
  const kind = entry.kind !== "source" && text(`reading_${entry.kind}`);
  return make(
    "li",
    { "data-testid": "reading-entry" },
    make("p", {}, readingTitle(entry), kind && make("span", { class: "kind" }, kind)),
    about && make("p", { class: "note", translate: "no" }, about),
    make("p", {}, entry.why[lang()]),
    buttons.length > 0 && make("div", { class: "group" }, ...buttons),
  );
}

/** @type {(variation: Variation) => HTMLElement} */
function variationButton({ name, title }) {
  const open = () => {
    showTab("variations");
    whenBuilt("variations", () => {
      const card = document.querySelector(`[data-testid="variation-${name}"]`);
      card?.scrollIntoView();
      card?.querySelector("summary")?.focus();
    });
  };
  const button = makeButton(`reading-variation-${name}`, open, "pill", title[lang()]);
  button.setAttribute("aria-label", text("reading_variation", { title: title[lang()] }));
  return button;
}

/** @type {(name: string) => HTMLElement} */
function taskButton(name) {
  const title = text(`task_${name}_title`);
  const open = () => {
    chooseTask(name);
    showTab("learn");
    whenBuilt("learn", () => {
      /** @type {HTMLElement | null} */ (
        document.querySelector(`[data-testid="learn-task-${name}"]`)
      )?.focus();
    });
  };
  const button = makeButton(`reading-task-${name}`, open, "pill", title);
  button.setAttribute("aria-label", text("reading_task", { title }));
  return button;
}
