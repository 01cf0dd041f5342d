// The tab Learn: real tasks, one at a time, each with its recording and with trainings of one's own on
// the server.

import { chooseTask } from "../state/choices.js";
import { on } from "../state/events.js";
import { given } from "../state/given.js";
import { state } from "../state/store.js";
import { addTexts, text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { taskText } from "./learn-texts.js";
import { TaskPage } from "./task.js";
import "./learn.css";

/** @type {() => HTMLElement} */
export function learnPanel() {
  addTexts(TEXTS);
  /** @type {Map<string, TaskPage>} */
  const pages = new Map(); // of the tasks that have been opened, by name
  const pills = given.tasks.map(({ name }) => {
    const [title, about] = [make("strong"), make("small")];
    const node = makeButton(`learn-task-${name}`, () => chooseTask(name), "pill", title, about);
    return { name, title, about, node };
  });
  const choice = make("div", { class: "tasks", role: "group" }, ...pills.map(({ node }) => node));
  const place = make("div");

  // One training at a time is enough for one page: the server has two places for everybody.
  const training = () => [...pages.keys()].find((name) => pages.get(name)?.isTraining) ?? null;
  const present = () => pages.get(state.training.task ?? "");

  function addPage() {
    const task = given.tasks.find(({ name }) => name === state.training.task);
    if (!task || present()) return;
    const page = new TaskPage(task, {
      busy: () => (training() === task.name ? null : training()),
      go: () => chooseTask(training()),
      onchange: () => present()?.draw(),
    });
    pages.set(task.name, page);
    place.append(page.node);
  }

  function update() {
    choice.setAttribute("aria-label", text("learn_tasks"));
    for (const { name, title, about, node } of pills) {
      showText(title, taskText(name, "title"));
      showText(about, taskText(name, "about"));
      node.setAttribute("aria-pressed", String(name === state.training.task));
    }
    for (const [name, page] of pages) {
      page.node.hidden = name !== state.training.task;
      if (page.node.hidden) page.leave();
    }
  }

  // What is chosen has changed, or the language, or the tab has been opened; or another tab is in sight.
  on("tab", (tab) => {
    if (tab !== "learn") return pages.forEach((page) => page.leave());
    addPage();
    update();
    present()?.draw();
    present()?.open();
  });
  return make("div", {}, choice, place);
}
