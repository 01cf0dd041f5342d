// The whole page: one scene, its table and everything that changes it, and what else looks at it.

import "./ui/base.css";
import { courseBar } from "./course/course-bar.js";
import { askedNames, askedRules, followQuestion } from "./course/asked.js";
import { stepsCard } from "./course/card.js";
import { forgetLine } from "./course/forget.js";
import { followReader } from "./course/reading-place.js";
import { courseSummary } from "./course/summary.js";
import { touchStrip } from "./course/touch.js";
import { pageHeader, tabPanel } from "./header.js";
import { hidingRules } from "./hiding.js";
import { stagePlace } from "./stage/stage.js";
import { listen } from "./state/events.js";
import { given, receive } from "./state/given.js";
import { openAddress } from "./state/navigation.js";
import { notify } from "./state/notices.js";
import { state } from "./state/store.js";
import { lang, text, textIn } from "./state/texts.js";
import { changedParts } from "./state/touch-refs.js";
import { hiddenNames } from "./state/url.js";
import { formulaPlace } from "./table/formula.js";
import { growingLine } from "./table/grow.js";
import { historyButtons } from "./table/history-buttons.js";
import { summaryLine } from "./table/summary.js";
import { tablePlace } from "./table/table.js";
import { toolbarPlace } from "./table/toolbar.js";
import { projectorSwitch } from "./teach/projector.js";
import { addRules, make, showText } from "./ui/dom.js";
import { noticeList } from "./ui/notices.js";
import "./paper.js";

/** @typedef {() => HTMLElement} Build a part of the page */
/**
 * @typedef {object} Parts of which a page in one file has fewer
 * @property {Build[]} [aboveLesson]
 * @property {Build[]} [atStart] beside the way into the course
 * @property {Build[]} [underQuestion]
 * @property {Build[]} [underLesson]
 * @property {Build[]} [underStage] in the tab Play, as all that is under something
 * @property {Build[]} [underTable]
 * @property {Build[]} [underFormula]
 * @property {Record<string, (tab: string) => HTMLElement>} [tabs] more tabs, by name
 * @property {Build[]} [actions] in the head
 * @property {string} [address] to open, whatever the browser's says
 */

/** root: where it stands; data: as state/given.js has it
 * @type {(root: HTMLElement, data: Record<string, any>, parts?: Parts) => void} */
export function openPlayground(root, data, parts = {}) {
  const { tabs = {}, actions = [] } = parts;
  receive({ ...data, tabs: ["play", ...Object.keys(tabs)] });
  followState(root);
  const header = pageHeader();
  const notices = noticeList();
  const play = playTab(parts);
  const others = Object.entries(tabs).map(([tab, build]) => build(tab));
  const acting = built(actions);
  const projector = projectorSwitch();
  header.actions.prepend(historyButtons(), ...acting, projector.enter);
  const panels = [play, ...others];
  root.replaceChildren(
    awaitedLine(),
    make("div", { class: "frame" }, header.node, notices, ...panels, projector.leave),
  );
  addRules([...hidingRules(), ...askedRules()]);
  followReader(root);
  addEventListener("hashchange", ({ newURL }) => {
    if (root.isConnected) openAddress(new URL(newURL || location.href).hash);
  });
  openAddress(parts.address ?? (location.hash || given.opening));
  for (const problem of given.problems) notify("notice_lesson", { problem });
}

/** While the lesson of an address is on its way: no other stands there meanwhile.
 * @type {() => HTMLElement} */
function awaitedLine() {
  const node = make("p", { class: "note awaited", role: "status", "data-testid": "awaited" });
  listen({
    awaited: (code) => showText(node, textIn(code, "awaited")),
    opened: () => showText(node, ""),
  });
  return node;
}

/** @type {(builds: Build[]) => HTMLElement[]} */
const built = (builds) => builds.map((build) => build());

/** Whoever is built first hears first: what is computed is shown before it is told.
 * @type {(parts: Parts) => HTMLElement} */
function playTab(parts) {
  const { aboveLesson = [], atStart = [], underQuestion = [] } = parts;
  const { underLesson = [], underStage = [], underTable = [], underFormula = [] } = parts;
  followQuestion(); // it says what all others may show
  const stage = stagePlace(); // has its shape before the table moves the focus
  const [toolbar, table, formula] = built([toolbarPlace, tablePlace, formulaPlace]);
  const above = built(aboveLesson);
  const puzzle = built(underLesson);
  const [starting, asking] = [built(atStart), built(underQuestion)];
  const [course, card, summary, touch, growing] = built([
    courseBar,
    () => stepsCard(starting, asking),
    courseSummary,
    touchStrip,
    growingLine,
  ]);
  stage.append(...built(underStage)); // hears of another table after it
  const [under, below] = [built(underTable), built([...underFormula, forgetLine, summaryLine])];
  return tabPanel(
    "play",
    ...[...above, course, card, summary, ...puzzle, stage, touch, toolbar, table, growing],
    ...[...under, formula, ...below],
  );
}

/** What the style has to know of the state.
 * @type {(root: HTMLElement) => void} */
function followState(root) {
  listen({
    tab: (tab) => (root.dataset.tab = tab),
    view: (view) => (root.dataset.view = view ?? "table"),
    awaited: () => (root.dataset.awaits = "lesson"),
    opened(lesson) {
      delete root.dataset.awaits;
      root.dataset.hide = hiddenNames(state.hide).join(" "); // the style hides what it names
      root.dataset.controls = lesson.controls.join(" "); // it is about them
      root.dataset.changes = changedParts(lesson).join(" "); // and these parts of self-attention
    },
    language() {
      root.lang = document.documentElement.lang = lang();
      document.title = text("page_title");
    },
    result: () => (root.dataset.asked = askedNames()), // the style hides it
    challenge: (done) => (root.dataset.challenge = done ? "done" : "open"),
  });
}
