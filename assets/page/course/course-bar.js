// The way through the lessons: levels, the list, one further and one back, and how far one has come.

import { emit, listen } from "../state/events.js";
import { given } from "../state/given.js";
import { currentLesson, lessonBeside } from "../state/lessons.js";
import { chooseLesson, choosePuzzle } from "../state/navigation.js";
import { isCourseDone, progress } from "../state/progress.js";
import { puzzleLesson, puzzlesAfter } from "../state/puzzles.js";
import { state } from "../state/store.js";
import { lang, text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { openSummary } from "./summary.js";
import "./course.css";

/** @import { Lesson } from "../core/types.js" */

/** @type {() => HTMLElement} */
export function courseBar() {
  const levels = levelPills();
  const list = lessonList();
  const [previous, next] = [stepButton("previous", -1, "‹"), stepButton("next", 1, "›")];
  const ended = makeButton("course-end", openSummary, "pill ended", "✓");
  const way = [ended, previous.node, list.node, next.node];
  const node = make("nav", { class: "course" }, levels.node, make("div", { class: "way" }, ...way));
  function update() {
    const { done } = progress.read();
    levels.update(done);
    list.update(done);
    ended.hidden = !isCourseDone();
    ended.title = text("end_title");
    ended.setAttribute("aria-label", ended.title);
  }
  listen({
    progress: update,
    language() {
      node.setAttribute("aria-label", text("lesson"));
      previous.update();
      next.update();
      update();
    },
  });
  return node;
}

function levelPills() {
  const levels = levelsOf(given.lessons).map(levelPill);
  const node = make("div", { class: "levels", role: "group" }, ...levels.map(({ node }) => node));
  return {
    node,
    /** @type {(done: Set<string>) => void} */
    update(done) {
      node.setAttribute("aria-label", text("level"));
      levels.forEach((level) => level.update(done));
    },
  };
}

/** @param {number} level */
function levelPill(level) {
  const names = [...given.lessons.keys()].filter((name) => currentLesson(name).level === level);
  const [title, share] = [make("span", { class: "level-name" }), make("small")];
  const caption = make("span", {}, `${level} `, title);
  const open = () => chooseLesson(names[0]);
  const node = makeButton(`level-${level}`, open, "pill", caption, share);
  return {
    node,
    /** @type {(done: Set<string>) => void} */
    update(done) {
      const count = names.filter((name) => done.has(name)).length;
      showText(title, text(`level_${level}`));
      node.title = `${level} ${text(`level_${level}`)}`;
      node.classList.toggle("whole", count === names.length);
      showText(share, count === names.length ? "✓" : `${count}/${names.length}`);
      share.title = text("progress_share", { count, all: names.length });
      node.setAttribute("aria-pressed", String(!state.home && currentLesson().level === level));
    },
  };
}

function lessonList() {
  const { lessons } = given;
  const groups = new Map(levelsOf(lessons).map((level) => [level, make("optgroup")]));
  /** @type {Map<string, HTMLOptionElement>} */
  const options = new Map();
  const none = make("option", { value: "" });
  const list = make("select", { "data-testid": "lesson" }, none, ...groups.values());
  /** @type {Map<string, HTMLOptionElement>} by the puzzle's name */
  const puzzles = new Map();
  list.addEventListener("change", () => {
    const [puzzle] = [...puzzles].find(([, option]) => option.selected) ?? [];
    if (puzzle) choosePuzzle(puzzle);
    else if (list.value) chooseLesson(list.value);
  });
  const caption = make("span", { class: "caption" });

  // Also those that came while the page was open.
  function complete() {
    for (const [name, { level, puzzle }] of lessons) {
      if (options.has(name) || puzzle) continue;
      const option = make("option", { value: name });
      options.set(name, option);
      (groups.get(level) ?? list).append(option);
    }
    for (const [level, group] of groups)
      for (const name of puzzlesAfter(level)) {
        if (puzzles.has(name)) continue;
        const option = make("option", { value: puzzleLesson(name) });
        puzzles.set(name, option);
        group.append(option);
      }
  }

  return {
    node: make("label", { class: "field" }, caption, list),
    /** @type {(done: Set<string>) => void} */
    update(done) {
      complete();
      showText(caption, text("lesson"));
      for (const [level, group] of groups) group.label = `${level} ${text(`level_${level}`)}`;
      for (const [name, option] of options)
        showText(option, (done.has(name) ? "✓ " : "") + currentLesson(name).title[lang()]);
      for (const [name, option] of puzzles) {
        const mark = done.has(puzzleLesson(name)) ? "✓ " : "";
        showText(option, mark + text("course_puzzle", { title: text(`puzzle_${name}_title`) }));
      }
      showText(none, text("home_choose"));
      none.hidden = !state.home;
      list.value = state.home ? "" : state.lesson;
    },
  };
}

/** @param {string} name @param {number} step @param {string} sign */
function stepButton(name, step, sign) {
  const go = () => {
    chooseLesson(/** @type {string} */ (lessonBeside(step)));
    if (node.disabled) emit("read", "lesson");
  };
  const node = makeButton(`lesson-${name}`, go, "pill beside", sign);
  return {
    node,
    update() {
      const beside = lessonBeside(step);
      const title = beside ? currentLesson(beside).title[lang()] : "";
      const label = text(`lesson_${name}`, { title });
      node.disabled = !beside;
      node.title = beside ? label : "";
      node.setAttribute("aria-label", label);
    },
  };
}

/** @type {(lessons: Map<string, Lesson>) => number[]} */
function levelsOf(lessons) {
  return [...new Set([...lessons.values()].map(({ level }) => level))].sort();
}
