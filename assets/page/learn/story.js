// What a task is about: what goes in, what comes out.

import { emphasised, make, showText } from "../ui/dom.js";
import { taskText } from "./learn-texts.js";

/** @type {(task: import("./types.js").Task) => { node: HTMLElement, show: () => void }} */
export function taskStory(task) {
  const title = make("h2", { class: "unseen" }); // the pressed button above says it to those who see
  const idea = make("p");
  return {
    node: make("div", {}, title, idea),
    show() {
      showText(title, taskText(task.name, "title"));
      idea.replaceChildren(...emphasised(taskText(task.name, "idea")));
    },
  };
}
