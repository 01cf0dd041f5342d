// One task of the tab Learn as a file: its recording, and models that answer without a server.

import "./ui/base.css";
import { modelName } from "./learn/learn-texts.js";
import { TaskPage } from "./learn/task.js";
import { emit, on } from "./state/events.js";
import { given, languages, receive } from "./state/given.js";
import { connect } from "./state/server.js";
import { replaceState, state } from "./state/store.js";
import { lang, text } from "./state/texts.js";
import { make, makeButton, showText } from "./ui/dom.js";
import { followSystem } from "./ui/system-colours.js";
import "./header.css";
import "./learn/learn.css";
import "./handout.css";

const data = JSON.parse(document.getElementById("given")?.textContent ?? "");
const nothingChosen = /** @type {any} */ ({ task: data.tasks[0].name });

followSystem();
receive(data);
connect({ open_task: async () => data.opened });
replaceState({ lang: data.lang, tab: "learn", training: nothingChosen });

/** @type {TaskPage} */
const taskPage = new TaskPage(given.tasks[0], {
  ...{ busy: () => null, go() {} },
  onchange: () => taskPage.draw(),
});
const root = /** @type {HTMLElement} */ (document.querySelector(".playground"));
root.dataset.tab = state.tab;
root.replaceChildren(make("div", { class: "frame" }, taskHeader(), taskPage.node, whatIsHeld()));
emit("language");
taskPage.open();

function taskHeader() {
  const title = make("h1");
  const switches = languages().map((code) =>
    makeButton(`lang-${code}`, () => speak(code), null, code.toUpperCase()),
  );
  const choice = make("div", { class: "languages", role: "group" }, ...switches);
  on("language", () => {
    root.lang = document.documentElement.lang = lang();
    showText(title, text(`task_${given.tasks[0].name}_title`));
    document.title = `${title.textContent} · ${text("page_title")}`;
    choice.setAttribute("aria-label", text("choose_language"));
    switches.forEach((one, i) => {
      const code = languages()[i];
      one.lang = code;
      one.title = given.texts[code].language;
      one.setAttribute("aria-pressed", String(code === lang()));
    });
  });
  const actions = make("div", { class: "actions" }, choice);
  return make("header", {}, make("div", { class: "title" }, title), actions);
}

/** @type {(code: string) => void} */
function speak(code) {
  state.lang = code;
  emit("language");
  taskPage.draw();
}

/** Says what one has in hand, and what it is without.
 * @type {() => HTMLElement} */
function whatIsHeld() {
  const node = make("p", { class: "note handout-note", "data-testid": "task-note" });
  on("language", () => {
    const { recording, examples, all_epochs, all_examples, left_out } = data.opened;
    const kept = new Set(recording.epochs.map((/** @type {any} */ one) => one.epoch)).size;
    const names = left_out.map((/** @type {string} */ model) => modelName(given.tasks[0], model));
    const sentences = [
      text("learn_file_note"),
      text(kept < all_epochs ? "learn_file_some" : "learn_file_all", { kept, all: all_epochs }),
    ];
    if (examples.length < all_examples) {
      const count = { kept: examples.length, all: all_examples };
      sentences.push(text("learn_file_examples", count));
    }
    if (names.length) sentences.push(text("learn_file_models", { models: names.join(", ") }));
    showText(node, sentences.join(" "));
  });
  return node;
}
