// What a task is about: what goes in, what comes out, and one example at a glance.

import { emphasised, make, showText } from "../ui/dom.js";
import { exampleLine } from "./looks.js";

// task: { name }
export function taskStory(page, task) {
  const title = make("h2");
  const idea = make("p");
  const glance = make("p", { class: "line glance", "data-testid": "learn-glance" });
  const node = make("div", { class: "panel" }, title, idea, glance);
  return {
    node,
    // example: the first one; undefined before it has come
    show(example) {
      showText(title, page.text(`task_${task.name}_title`));
      idea.replaceChildren(...emphasised(page.text(`task_${task.name}_idea`)));
      glance.replaceChildren(...(example ? exampleLine(page, task, example) : []));
    },
  };
}
