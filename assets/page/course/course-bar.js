// The way through the lessons: levels, the list, one further and one back, and how far one has come.

import { emit, listen } from "../state/events.js";
import { given } from "../state/given.js";
import { lessonBeside } from "../state/lessons.js";
import { chooseLesson } from "../state/navigation.js";
import { progress } from "../state/progress.js";
import { state } from "../state/store.js";
import { lang, text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";

export function courseBar() {
  const levels = levelPills();
  const list = lessonList();
  const steps = { previous: [-1, "‹"], next: [1, "›"] };
  const [previous, next] = Object.entries(steps).map(([name, [step, sign]]) =>
    stepButton(name, step, sign),
  );
  const forget = forgetButton(() => {
    progress.forget();
    emit("progress");
    list.focus();
  });
  const node = make(
    "nav",
    { class: "course" },
    levels.node,
    make("div", { class: "way" }, forget.node, previous.node, list.node, next.node),
  );
  function update() {
    const { done, predicted } = progress.read();
    levels.update(done);
    list.update(done);
    forget.node.classList.toggle("away", !done.size && !predicted.size);
  }
  listen({
    progress: update,
    language() {
      node.setAttribute("aria-label", text("lesson"));
      forget.words();
      previous.update();
      next.update();
      update();
    },
  });
  return node;
}

// One press asks, a second one within a few seconds forgets: a slip of the thumb takes nothing.
function forgetButton(forget) {
  const [word, sure] = [make("span"), make("span")];
  const node = make(
    "button",
    {
      type: "button",
      class: "quiet forget both",
      "data-testid": "progress-forget",
      onclick: () => (node.dataset.asks === "true" ? stop(forget) : ask(true)),
      onblur: () => stop(),
    },
    word,
    sure,
  );
  let waiting;

  function ask(asks) {
    clearTimeout(waiting);
    if (asks) waiting = setTimeout(stop, SECONDS_TO_FORGET * 1000);
    node.dataset.asks = asks;
    node.title = text(asks ? "progress_forget_sure" : "progress_forget_all");
    node.setAttribute("aria-label", node.title);
  }

  function stop(then) {
    ask(false);
    then?.();
  }

  return {
    node,
    words() {
      showText(word, text("progress_forget"));
      showText(sure, text("progress_sure"));
      ask(false);
    },
  };
}

const SECONDS_TO_FORGET = 5;

function levelPills() {
  const { lessons } = given;
  const levels = levelsOf(lessons).map((level) => {
    const names = [...lessons].filter(([, lesson]) => lesson.level === level).map(([name]) => name);
    const [title, share] = [make("span", { class: "level-name" }), make("small")];
    const onclick = () => chooseLesson(names[0]);
    const attributes = { type: "button", class: "pill", "data-testid": `level-${level}`, onclick };
    return {
      level,
      names,
      title,
      share,
      node: make("button", attributes, make("span", {}, `${level} `, title), share),
    };
  });
  const node = make("div", { class: "levels", role: "group" }, ...levels.map(({ node }) => node));
  return {
    node,
    update(done) {
      node.setAttribute("aria-label", text("level"));
      for (const { level, names, title, share, node: pill } of levels) {
        const count = names.filter((name) => done.has(name)).length;
        showText(title, text(`level_${level}`));
        pill.title = `${level} ${text(`level_${level}`)}`;
        showText(share, count === names.length ? "✓" : `${count}/${names.length}`);
        share.title = text("progress_share", { count, all: names.length });
        pill.setAttribute("aria-pressed", lessons.get(state.lesson).level === level);
      }
    },
  };
}

function lessonList() {
  const { lessons } = given;
  const groups = new Map(levelsOf(lessons).map((level) => [level, make("optgroup")]));
  const options = new Map();
  // Also those that came while the page was open.
  const complete = () => {
    for (const [name, { level }] of lessons) {
      if (options.has(name)) continue;
      options.set(name, make("option", { value: name }));
      (groups.get(level) ?? list).append(options.get(name));
    }
  };
  const list = make(
    "select",
    { "data-testid": "lesson", onchange: () => chooseLesson(list.value) },
    ...groups.values(),
  );
  const caption = make("span", { class: "caption" });
  return {
    node: make("label", { class: "field" }, caption, list),
    focus: () => list.focus(),
    update(done) {
      complete();
      showText(caption, text("lesson"));
      for (const [level, group] of groups) group.label = `${level} ${text(`level_${level}`)}`;
      for (const [name, option] of options)
        showText(option, (done.has(name) ? "✓ " : "") + lessons.get(name).title[lang()]);
      list.value = state.lesson;
    },
  };
}

function stepButton(name, step, sign) {
  const go = () => {
    chooseLesson(lessonBeside(step));
    if (node.disabled) emit("read", "lesson");
  };
  const attributes = { type: "button", class: "pill beside", "data-testid": `lesson-${name}` };
  const node = make("button", { ...attributes, onclick: go }, sign);
  return {
    node,
    update() {
      const beside = lessonBeside(step);
      const title = given.lessons.get(beside)?.title[lang()] ?? "";
      const label = text(`lesson_${name}`, { title });
      node.disabled = !beside;
      node.title = beside ? label : "";
      node.setAttribute("aria-label", label);
    },
  };
}

function levelsOf(lessons) {
  return [...new Set([...lessons.values()].map(({ level }) => level))].sort();
}
