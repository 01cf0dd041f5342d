// Further reading: the tab, each text beside its lesson, and a line at the foot of the tab Play.
//
// An entry is { kind, title, authors, year, published, url, why, lessons, variations }, as
// attention/reading.py sends it; what is not known of it is null.

import { on } from "../state/events.js";
import { given } from "../state/given.js";
import { chooseLesson, hides, showTab } from "../state/navigation.js";
import { state } from "../state/store.js";
import { lang, text } from "../state/texts.js";
import { make } from "../ui/dom.js";
import "./reading.css";

const MOST_IN_LINE = 3;

// -> the entries of a lesson, those first that stand beside it
function readingOf(entries, lesson) {
  const own = ({ lessons }) => lessons[0] === lesson;
  const others = entries.filter((entry) => entry.lessons.includes(lesson) && !own(entry));
  return [...entries.filter(own), ...others];
}

// Titles and authors are of the text's language, whatever the page speaks.
function readingTitle({ title, url }) {
  if (!url) return make("cite", { translate: "no", lang: "en" }, title);
  const opens = { target: "_blank", rel: "noopener noreferrer", title: text("reading_opens") };
  return make("a", { href: url, ...opens, translate: "no", lang: "en" }, title);
}

export function readingPanel() {
  const node = make("div", { class: "reading-list", "data-testid": "reading" });

  // Where it leads, the focus goes too: the button itself is out of sight then.
  function openLesson(name) {
    chooseLesson(name);
    showTab("play");
    document.getElementById("tab-play").focus();
  }
  function openVariation(name) {
    showTab("variations");
    document.querySelector(`[data-testid="variation-${name}"]`).scrollIntoView();
    document.querySelector(`[data-testid="variation-${name}"] summary`).focus();
  }
  const leading = (testid, onclick, key, title) =>
    make(
      "button",
      {
        ...{ type: "button", class: "pill", "data-testid": testid, onclick },
        "aria-label": text(key, { title }),
      },
      title,
    );

  const leadingTo = ({ name, title }) =>
    leading(
      `reading-variation-${name}`,
      () => openVariation(name),
      "reading_variation",
      title[lang()],
    );

  function item(entry) {
    const about = [entry.authors, entry.year, entry.published].filter(Boolean).join(", ");
    const shown = hides("variations") ? [] : entry.variations;
    const variations = given.variations.filter(({ name }) => shown.includes(name));
    return make(
      "li",
      { "data-testid": "reading-entry" },
      make(
        "p",
        {},
        readingTitle(entry),
        entry.kind === "source"
          ? null
          : make("span", { class: "kind" }, text(`reading_${entry.kind}`)),
      ),
      about ? make("p", { class: "note", translate: "no" }, about) : null,
      make("p", {}, entry.why[lang()]),
      variations.length ? make("div", { class: "group" }, ...variations.map(leadingTo)) : null,
    );
  }

  function section(name) {
    const lesson = given.lessons.get(name);
    const title = lesson?.title[lang()];
    const open = () =>
      leading(`reading-lesson-${name}`, () => openLesson(name), "reading_lesson", title);
    return make(
      "section",
      {},
      lesson
        ? make(
            "div",
            { class: "its-lesson" },
            make("p", { class: "note" }, `${lesson.level} ${text(`level_${lesson.level}`)}`),
            make("h3", {}, hides("lesson") ? title : open()),
          )
        : null,
      make("ul", {}, ...given.reading.filter(({ lessons }) => lessons[0] === name).map(item)),
    );
  }

  on("language", () => {
    const names = new Set(given.reading.map(({ lessons }) => lessons[0]));
    node.replaceChildren(
      make("h2", {}, text("reading_title")),
      make("p", { class: "note" }, text("reading_intro")),
      ...[...names].map(section),
    );
  });
  return node;
}

// At the foot of the tab Play: what belongs to the lesson that is open.
export function readingLine() {
  const node = make("p", { class: "note further", "data-testid": "further-reading" });
  on("language", () => {
    const entries = readingOf(given.reading, state.lesson).slice(0, MOST_IN_LINE);
    node.hidden = !entries.length || hides("reading");
    node.replaceChildren(
      `${text("reading_title")}: `,
      ...entries.flatMap((entry) => [readingTitle(entry), " · "]),
      make(
        "button",
        { type: "button", "data-testid": "reading-more", onclick: () => showTab("reading") },
        text("reading_more"),
      ),
    );
  });
  return node;
}
