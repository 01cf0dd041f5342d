// The tab Learn: four real tasks, one at a time, each with its recording and with trainings of one's
// own on the server.

import { chooseTask } from "../state/choices.js";
import { on } from "../state/events.js";
import { given } from "../state/given.js";
import { state } from "../state/store.js";
import { text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";
import { taskPage } from "./task.js";
import "./learn.css";

export function learnPanel() {
  const { tasks } = given;
  const pages = new Map(); // of the tasks that have been opened, by name
  const pills = tasks.map((task) => {
    const [title, about] = [make("strong"), make("small")];
    const attributes = { type: "button", class: "pill", "data-testid": `learn-task-${task.name}` };
    const onclick = () => chooseTask(task.name);
    return { task, title, about, node: make("button", { ...attributes, onclick }, title, about) };
  });
  const choice = make("div", { class: "tasks", role: "group" }, ...pills.map(({ node }) => node));
  const place = make("div");
  const node = make("div", {}, choice, place);

  // One training at a time is enough for one page: the server has two places for everybody.
  const training = () => [...pages.keys()].find((name) => pages.get(name).training()) ?? null;
  const present = () => pages.get(state.training.task);

  function pageOf(task) {
    if (!pages.has(task.name)) {
      const others = () => (training() === task.name ? null : training());
      const go = () => chooseTask(training());
      pages.set(task.name, taskPage(task, { busy: others, go, news: () => present().draw() }));
      place.append(pages.get(task.name).node);
    }
    return pages.get(task.name);
  }

  function update() {
    choice.setAttribute("aria-label", text("learn_tasks"));
    for (const { task, title, about, node: pill } of pills) {
      showText(title, text(`task_${task.name}_title`));
      showText(about, text(`task_${task.name}_about`));
      pill.setAttribute("aria-pressed", task.name === state.training.task);
    }
    for (const [name, one] of pages) {
      one.node.hidden = name !== state.training.task;
      if (one.node.hidden) one.leave();
    }
  }

  // What is chosen has changed, or the language, or the tab has been opened; or another tab is in sight.
  on("tab", (tab) => {
    if (tab !== "learn") return pages.forEach((one) => one.leave());
    const task = tasks.find(({ name }) => name === state.training.task);
    if (task) pageOf(task);
    update();
    if (!task) return;
    present().draw();
    present().open();
  });
  return node;
}
