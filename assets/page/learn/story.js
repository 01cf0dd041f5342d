// What a task is about: what goes in, what comes out, and one example at a glance.

import { emphasised, make, showText } from "../ui/dom.js";
import { exampleLine } from "./answers.js";
import { taskText } from "./learn-texts.js";

/** @type {(task: import("./types.js").Task) => { node: HTMLElement, show: (first: import("./types.js").Example | undefined) => void }} */
export function taskStory(task) {
  const title = make("h2");
  const idea = make("p");
  const glance = make("p", { class: "line glance", "data-testid": "learn-glance" });
  return {
    node: make("div", { class: "panel" }, title, idea, glance),
    show(first) {
      showText(title, taskText(task.name, "title"));
      idea.replaceChildren(...emphasised(taskText(task.name, "idea")));
      glance.replaceChildren(...exampleLine(task, first));
    },
  };
}
