// Further reading: the tab, each text beside its lesson, and a line at the foot of the tab Play.

import { on } from "../state/events.js";
import { given } from "../state/given.js";
import { currentLesson } from "../state/lessons.js";
import { chooseLesson, hides, showTab } from "../state/navigation.js";
import { state } from "../state/store.js";
import { lang, text } from "../state/texts.js";
import { make, makeButton } from "../ui/dom.js";
import "./reading.css";

/** @import { ReadingEntry, Variation } from "../state/given.js" */

const MOST_IN_LINE = 3;

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

/** At the foot of the tab Play: what belongs to the lesson that is open.
 * @type {() => HTMLElement} */
export function readingLine() {
  const node = make("p", { class: "note further", "data-testid": "further-reading" });
  on("language", () => {
    const entries = readingOf(state.lesson).slice(0, MOST_IN_LINE);
    node.hidden = !entries.length || hides("reading");
    node.replaceChildren(
      `${text("reading_title")}: `,
      ...entries.flatMap((entry) => [readingTitle(entry), " · "]),
      makeButton("reading-more", () => showTab("reading"), null, text("reading_more")),
    );
  });
  return node;
}

/** -> the entries of a lesson, those first that stand beside it
 * @type {(lesson: string) => ReadingEntry[]} */
function readingOf(lesson) {
  const entries = given.reading.filter(({ lessons }) => lessons.includes(lesson));
  const isOwn = (/** @type {ReadingEntry} */ { lessons }) => lessons[0] === lesson;
  return [...entries.filter(isOwn), ...entries.filter((entry) => !isOwn(entry))];
}

/** Titles and authors are of the text's language, whatever the page speaks.
 * @type {(entry: ReadingEntry) => HTMLElement} */
function readingTitle({ title, url }) {
  if (!url) return make("cite", { translate: "no", lang: "en" }, title);
  const opens = { target: "_blank", rel: "noopener noreferrer", title: text("reading_opens") };
  return make("a", { href: url, ...opens, translate: "no", lang: "en" }, title);
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
  const buttons = given.variations.filter(({ name }) => shown.includes(name)).map(variationButton);
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
    const card = document.querySelector(`[data-testid="variation-${name}"]`);
    card?.scrollIntoView();
    card?.querySelector("summary")?.focus();
  };
  const button = makeButton(`reading-variation-${name}`, open, "pill", title[lang()]);
  button.setAttribute("aria-label", text("reading_variation", { title: title[lang()] }));
  return button;
}
