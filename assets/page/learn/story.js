// What a task is about: what goes in, what comes out, and one example at a glance.

import { text } from "../state/texts.js";
import { emphasised, make, showText } from "../ui/dom.js";
import { exampleLine } from "./looks.js";

// task: { name }
export function taskStory(task) {
  const title = make("h2");
  const idea = make("p");
  const glance = make("p", { class: "line glance", "data-testid": "learn-glance" });
  const node = make("div", { class: "panel" }, title, idea, glance);
  return {
    node,
    // example: the first one; undefined before it has come
    show(example) {
      showText(title, text(`task_${task.name}_title`));
      idea.replaceChildren(...emphasised(text(`task_${task.name}_idea`)));
      glance.replaceChildren(...(example ? exampleLine(task, example) : []));
    },
  };
}
