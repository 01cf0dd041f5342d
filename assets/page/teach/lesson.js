// A teacher's own lesson: the table as a lesson's file, and such a file as a lesson on this page.

import { given } from "../state/given.js";
import { isAsOpened, isOfLesson } from "../state/lessons.js";
import { make } from "../ui/dom.js";
import { fileCard } from "./file-card.js";
import { openLessonFiles } from "./lesson-files.js";

/** @import { FileCard } from "./file-card.js" */

/** @type {() => HTMLElement} */
export function lessonCard() {
  const card = fileCard("own", false);
  const title = make("input", { "data-testid": "own-title", dir: "auto" });
  const story = make("textarea", { "data-testid": "own-story", dir: "auto", rows: 4 });
  const challenge = make("textarea", { "data-testid": "own-challenge", dir: "auto", rows: 2 });
  const fields = { title, story, challenge };
  const save = card.button("own-save", () => {
    const entries = Object.entries(fields).map(([name, { value }]) => [name, value]);
    // An unchanged table keeps its lesson's file in full: new words alone would stand beside the old goals.
    const isKept = isOfLesson() && isAsOpened();
    const keepsGoals = isKept && entries.some(([, words]) => words.trim());
    const saved = keepsGoals ? "own_saved_kept" : "handout_saved";
    return card.save("save_lesson", Object.fromEntries(entries), saved);
  });
  const picker = make("input", {
    ...{
      type: "file",
      accept: ".toml,.txt",
      multiple: "",
      hidden: true,
      "data-testid": "own-file",
    },
  });
  picker.addEventListener("change", () => {
    openLessonFiles([...(picker.files ?? [])]);
    picker.value = "";
  });
  const open = card.button("own-open", () => picker.click());
  card.node.append(
    ...Object.entries(fields).map(([name, field]) => labelledField(card, name, field)),
    card.worded(make("p", { class: "note" }), "own_bold"),
    make("div", { class: "group" }, save, open, picker),
    card.said,
  );
  card.said.classList.add("lines");
  return card.node;
}

/** @type {(card: FileCard, name: string, field: HTMLInputElement | HTMLTextAreaElement) => HTMLElement} */
function labelledField(card, name, field) {
  field.maxLength = given.rules.lesson.words;
  const caption = card.worded(make("span", { class: "caption" }), `own_field_${name}`);
  return make("label", { class: "own-field" }, caption, field);
}
