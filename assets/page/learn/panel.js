// The tab Learn: four real tasks, one at a time, each with its recording and with trainings of one's
// own on the server.

import { openTraining } from "../state/training-choices.js";
import { make, showText } from "../ui/dom.js";
import { taskPage } from "./task.js";
import "./learn.css";

// page: text(), lang(), training(), train(choices), server, tasks and notice()
export function learnPanel(page) {
  const { text, tasks } = page;
  const pages = new Map(); // of the tasks that have been opened, by name
  const pills = tasks.map((task) => {
    const [title, about] = [make("strong"), make("small")];
    const attributes = { type: "button", class: "pill", "data-testid": `learn-task-${task.name}` };
    const onclick = () => page.train({ ...openTraining(page), task: task.name });
    return { task, title, about, node: make("button", { ...attributes, onclick }, title, about) };
  });
  const choice = make("div", { class: "tasks", role: "group" }, ...pills.map(({ node }) => node));
  const place = make("div");
  const node = make("div", {}, choice, place);

  // One training at a time is enough for one page: the server has two places for everybody.
  const training = () => [...pages.keys()].find((name) => pages.get(name).training()) ?? null;
  const present = () => pages.get(page.training().task);

  function pageOf(task) {
    if (!pages.has(task.name)) {
      const others = () => (training() === task.name ? null : training());
      const go = () => page.train({ ...openTraining(page), task: training() });
      pages.set(
        task.name,
        taskPage(page, task, { busy: others, go, news: () => present().draw() }),
      );
      place.append(pages.get(task.name).node);
    }
    return pages.get(task.name);
  }

  function update() {
    choice.setAttribute("aria-label", text("learn_tasks"));
    for (const { task, title, about, node: pill } of pills) {
      showText(title, text(`task_${task.name}_title`));
      showText(about, text(`task_${task.name}_about`));
      pill.setAttribute("aria-pressed", task.name === page.training().task);
    }
    for (const [name, one] of pages) {
      one.node.hidden = name !== page.training().task;
      if (one.node.hidden) one.leave();
    }
  }

  return {
    node,
    // What is chosen has changed, or the language, or the tab has been opened.
    shown() {
      const task = tasks.find(({ name }) => name === page.training().task);
      if (task) pageOf(task);
      update();
      if (!task) return;
      present().draw();
      present().open();
    },
    // Another tab is in sight.
    left: () => pages.forEach((one) => one.leave()),
  };
}
