// Above the lesson, in a class: for the teacher what the class is asked and how far that is, for a student
// where one is.

import { listen } from "../state/events.js";
import { currentLesson } from "../state/lessons.js";
import { chooseLesson } from "../state/navigation.js";
import { state } from "../state/store.js";
import { lang, text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { classesOpened } from "./keys.js";
import { classHere, goToClass, isTeaching, saidProblem, teachThisClass } from "./session.js";
import { teacherPart } from "./teacher.js";
import "./classroom.css";

/** @type {() => HTMLElement} */
export function classBar() {
  const teacher = teacherPart();
  const student = studentPart();
  const attributes = { class: "class-bar", role: "region", "data-testid": "class-bar" };
  const node = make("section", attributes);
  function update() {
    node.hidden = !classHere();
    node.setAttribute("aria-label", text("class_region"));
    const part = node.hidden ? null : isTeaching() ? teacher : student;
    part?.update();
    // Outside of a class nothing of it is there, not even unseen.
    if (node.firstChild !== (part?.node ?? null))
      node.replaceChildren(...(part ? [part.node] : []));
    node.classList.toggle("lobby-open", isTeaching() && teacher.isOpen());
  }
  listen({ classroom: update, language: update, opened: update, view: update });
  return node;
}

function studentPart() {
  const name = make("strong", { "data-testid": "class-name" });
  const said = make("span", { role: "status", "data-testid": "class-where" });
  const go = makeButton("class-go", () => {
    const lesson = classHere()?.lesson;
    if (lesson) chooseLesson(lesson);
  });
  const teach = makeButton("class-teach", teachThisClass, "quiet aside");
  const leave = makeButton("class-leave", () => goToClass(null), "quiet aside");
  return {
    node: make("div", { class: "class-line" }, name, said, go, teach, leave),
    update() {
      const { code = "", room = null, lesson = null } = classHere() ?? {};
      const isAway = lesson !== null && (state.home || lesson !== state.lesson);
      const title = lesson ? currentLesson(lesson).title[lang()] : "";
      showText(name, text("class_name", { code }));
      const waits = lesson ? "" : text(room ? "class_waiting" : "class_joining");
      showText(said, saidProblem() || (isAway ? text("class_is_at", { title }) : waits));
      go.hidden = !isAway;
      teach.hidden = !classesOpened().includes(code);
      showText(go, text("class_go"));
      showText(teach, text("class_teach"));
      showText(leave, text("class_leave"));
    },
  };
}
