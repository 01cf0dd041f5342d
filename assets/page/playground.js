// The whole page: one scene, its table and everything that turns it, and what else looks at it.

import "./ui/base.css";
import "./ui/header.css";
import "./course/course.css";
import "./teach/projector.css";
import { pageParts } from "./page-parts.js";
import { weightStrip } from "./stage/strip.js";
import { addressWith, whenAtRest } from "./state/at-rest.js";
import { hiddenNames, hidingStyle } from "./state/hiding.js";
import { openProgress } from "./state/progress.js";
import { preferredLanguage, textsIn } from "./state/texts.js";
import { readAddress, writeAddress } from "./state/url.js";
import { formulaPanel } from "./table/formula.js";
import { buildTable } from "./table/table.js";
import { buildToolbar } from "./table/toolbar.js";
import { make } from "./ui/dom.js";
import { pageHeader } from "./ui/header.js";
import { noticeList } from "./ui/notices.js";
import { fromPlain, isSameTable, nameOf, openLesson, run, toPlain } from "./core/scene.js";

// root: where it stands. data: { lessons, texts, rules, problems, first, formats, variations,
// compared, tasks, reading }, as attention/ui sends it; opening: the address to open where there is none yet.
// Of `around`, a page in one file has hardly anything:
// server: its functions by name. onscene(plain): called when the hand rests, with the scene as
// attention/scene.py reads it. onaddress(address): called when the page's own has followed. underTable,
// underFormula: parts of the tab Play; tabs: parts of more tabs, by the tab's name; actions: parts
// of the head.
//
// A part is `build(page)` -> { node, and any of these, each called when it has happened }:
// words() another language, or the first; opened(lesson) another lesson or address; rebuilt() the
// table has another shape; retold(trace) numbers have changed, in the next frame; relabelled() a
// name has; touched() a hand has turned a number; reshaping() the table is about to have another
// shape; demonstrated() so it is, and by the page itself; trained() training has moved its numbers;
// replaced() the server has sent a scene;
// progressed() more or less of the course is done; shown(), left() its tab is in sight, or no more.
export function openPlayground(root, data, around = {}) {
  const { server = null, onscene = () => {}, tabs = {}, onaddress = () => {} } = around;
  const languages = Object.keys(data.texts);
  const textIn = textsIn(data.texts);
  const world = {
    lessons: new Map(Object.entries(data.lessons)),
    first: data.first,
    languages,
    rules: data.rules,
    tabs: ["play", ...Object.keys(tabs)],
    variations: data.variations.map(({ name }) => name),
    compared: data.compared,
    tasks: data.tasks,
    newLabel: (key, number) =>
      Object.fromEntries(languages.map((lang) => [lang, textIn(lang)(key, { number })])),
  };
  const preferred = preferredLanguage(languages);

  let state = {}; // as readAddress gives it, the notices aside
  let chosen = 0;
  let table, strip;
  const lang = () => state.lang ?? preferred;
  const text = (key, values) => textIn(lang())(key, values);

  const page = {
    text,
    lang,
    languages,
    nameOfLanguage: (code) => data.texts[code].language,
    setLanguage,
    showTab,
    goToTable: () => {
      showTab("play");
      [...tablePlace.querySelectorAll(".slider")].find((one) => one.checkVisibility())?.focus();
    },
    server,
    rules: world.rules,
    lessons: world.lessons,
    newLabel: world.newLabel,
    formats: data.formats,
    variations: data.variations,
    tasks: data.tasks,
    reading: data.reading,
    tabs: world.tabs,
    lesson: () => state.lesson,
    progress: openProgress(world.lessons),
    progressed: () => tell("progressed"),
    hideResult: (hidden) => (root.dataset.result = hidden ? "hidden" : "shown"),
    showDone: (done) => (root.dataset.challenge = done ? "done" : "open"),
    resultHidden: () => root.dataset.result === "hidden",
    hides: (control) => hiddenNames(state.hide).includes(control),
    view: () => state.view,
    setView,
    ownLesson: () => Boolean(world.lessons.get(state.lesson).own),
    // The address of what stands here; with other fields of its state, such as { hide: ["mask"] }
    address: (changes = {}) => addressWith(writeAddress({ ...state, ...changes }, world, lang())),
    plain: () => toPlain(state.scene, lang()),
    trace: () => run(state.scene),
    largest: () => Math.max(...state.scene.x.flat().map(Math.abs)),
    choices: () => state.choices,
    changed: () => settle(),
    training: () => state.training,
    train: (choices) => {
      Object.assign(state.training, choices);
      show();
      settle();
    },
    label: (label) => nameOf(label, lang()),
    turn: () => {
      tell("touched");
      showNumbers();
      settle();
    },
    rename: () => {
      relabel();
      settle();
    },
    reshape: (change, focus) => {
      tell("reshaping");
      change();
      showTable(focus);
      settle();
    },
    // The page itself changes the table, for its reader to see.
    demonstrate: (change) => {
      tell("demonstrated");
      page.reshape(change);
    },
    select: (row) => {
      chosen = Math.min(row, state.scene.rows.length - 1);
      table.select(chosen);
      showFormula(run(state.scene));
    },
    // more: { kind, about }, as in notices.js
    notice: (key, values, more) => notices.add({ key, values, ...more }),
    hush: (about) => notices.drop(about),
    scene: () => state.scene,
    start: openedLesson, // the scene as the lesson opens it: to look at, not to change
    asOpened: () => isSameTable(state.scene, openedLesson(), lang()),
    table: () => table,
    // Training has moved the scene's numbers; when it rests, `settled` follows.
    moved: () => {
      tell("trained");
      table.follow();
      showNumbers();
    },
    settled: () => settle(),
    restore: (scene) => {
      state.scene = scene;
      showTable();
      settle();
    },
    // -> the name of a new lesson, which stands in no address
    addLesson: (lesson) => {
      const name = ownName(world.lessons);
      world.lessons.set(name, { ...lesson, own: true });
      page.progress.drop(name);
      tell("progressed");
      return name;
    },
    choose: (name) =>
      open({
        ...state,
        lesson: name,
        scene: openLesson(world.lessons.get(name), languages),
        notices: [],
      }),
    reset: () => {
      page.choose(state.lesson);
      root.querySelector('[data-testid="reset"]').focus();
    },
    get ranges() {
      return world.lessons.get(state.lesson).ranges;
    },
  };

  // The frame stays; what depends on the scene's shape is built anew in its place.
  const notices = noticeList(page);
  const toolbarPlace = make("div", { class: "toolbar-place" });
  const tablePlace = make("div", { class: "scroll" });
  const formulaPlace = make("div", { class: "formula-place" });
  const stripPlace = make("div", { class: "strip-place" });
  const { panels, actions, leave, tell, ...parts } = pageParts(page, around, {
    toolbar: toolbarPlace,
    table: tablePlace,
    formula: formulaPlace,
    strip: stripPlace,
  });
  let formula;
  const header = pageHeader(page, panels, actions);
  root.replaceChildren(
    make("div", { class: "frame" }, header.node, notices.node, ...panels.values(), leave),
  );
  document.adoptedStyleSheets.push(hidingStyle());

  function open(next) {
    const { notices: said, ...rest } = next;
    state = rest;
    notices.update(said);
    root.dataset.view = state.view ?? "table";
    root.dataset.hide = hiddenNames(state.hide).join(" "); // the style hides what it names
    const lesson = world.lessons.get(state.lesson);
    root.dataset.controls = lesson.controls.join(" "); // it is about them
    tell("opened", lesson);
    chosen = Math.min(lesson.focus, state.scene.rows.length - 1);
    showWords();
    settle();
    report();
  }

  function setLanguage(code) {
    state.lang = code;
    showWords();
    settle();
  }

  // view: "projector", which shows the table and nothing else, or null
  function setView(view) {
    state.view = view;
    root.dataset.view = view ?? "table";
    showTab("play");
  }

  function showTab(name) {
    if (page.hides(name)) return;
    state.tab = name;
    header.update(lang(), name);
    show();
    settle();
  }

  function showWords() {
    root.lang = document.documentElement.lang = lang();
    document.title = text("page_title");
    header.update(lang(), state.tab);
    formula = formulaPanel(text);
    formulaPlace.replaceChildren(formula.node);
    notices.update();
    tell("words");
    showTable();
    show();
  }

  const show = () => parts.show(state.tab);

  // focus: the test id of what should have the focus afterwards
  function showTable(focus) {
    const { scene } = state;
    chosen = Math.min(chosen, scene.rows.length - 1);
    table = buildTable(scene, page);
    strip = weightStrip(scene, page);
    toolbarPlace.replaceChildren(buildToolbar(scene, page));
    tablePlace.replaceChildren(table.node);
    root.style.setProperty("--across", table.across); // as wide as that has the style to make it
    stripPlace.replaceChildren(strip.node);
    strip.relabel();
    table.select(chosen);
    tell("rebuilt");
    showNumbers();
    table.node.dataset.ready = "true";
    if (focus) root.querySelector(`[data-testid="${focus}"]`)?.focus();
  }

  // All that happens while one drags: the table at once, what only retells it with the next frame.
  let retelling = null;
  function showNumbers() {
    const trace = run(state.scene);
    table.update(trace);
    retelling ??= requestAnimationFrame(retell);
  }

  function retell() {
    retelling = null;
    const trace = run(state.scene);
    strip.update(trace);
    showFormula(trace);
    tell("retold", trace);
  }

  function showFormula(trace) {
    formula.update(state.scene, trace, chosen, page.label(state.scene.rows[chosen]));
  }

  function relabel() {
    table.relabel();
    strip.relabel();
    tell("relabelled");
    showFormula(run(state.scene));
  }

  const opened = new Map(); // each lesson as it opens, to compare a challenge with
  function openedLesson() {
    if (!opened.has(state.lesson))
      opened.set(state.lesson, openLesson(world.lessons.get(state.lesson), languages));
    return opened.get(state.lesson);
  }

  const { settle, report } = whenAtRest(root, {
    report: () => onscene(toPlain(state.scene, lang())),
    address: page.address,
    onaddress,
  });

  addEventListener("hashchange", ({ newURL }) => {
    if (root.isConnected) open(readAddress(new URL(newURL || location.href).hash, world));
  });
  open(readAddress(location.hash || (data.opening ?? ""), world));
  for (const problem of data.problems) page.notice("notice_lesson", { problem });

  return {
    // A scene from the server: training turns the sliders with it.
    show(plain) {
      state.scene = fromPlain(plain, state.scene.objective);
      tell("replaced");
      showTable();
      settle();
    },
  };
}

function ownName(lessons) {
  let name = "own";
  for (let number = 2; lessons.has(name); number += 1) name = `own-${number}`;
  return name;
}
