// A card for teachers: the lesson on the table, or the course, for a school's learning system.

import { lang } from "../state/texts.js";
import { make } from "../ui/dom.js";
import { fileCard } from "./file-card.js";

/** @type {() => HTMLElement} */
export function scormCard() {
  const card = fileCard("scorm");
  const lesson = card.lessonButton("scorm-lesson", () => card.save("make_scorm"));
  const course = card.button("scorm-course", async () =>
    card.keep(await card.receive("make_scorm_course", { lang: lang() })),
  );
  card.node.append(
    card.worded(make("p", { class: "note" }), "scorm_score"),
    make("div", { class: "group" }, lesson, course),
    card.said,
  );
  return card.node;
}
