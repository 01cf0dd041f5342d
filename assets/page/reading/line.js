// Further reading at the foot of Play and Learn: what belongs to the lesson, or to the task.

import { listen, on } from "../state/events.js";
import { given } from "../state/given.js";
import { hides, showTab } from "../state/navigation.js";
import { state } from "../state/store.js";
import { text } from "../state/texts.js";
import { make, makeButton } from "../ui/dom.js";
import { readingTitle } from "./title.js";
import "./reading.css";

/** @import { ReadingEntry } from "../state/given.js" */

const MOST_IN_LINE = 3;

/** At the foot of the tab Play: what belongs to the lesson that is open.
 * @type {() => HTMLElement} */
export function readingLine() {
  const line = furtherLine("further-reading", () => readingOf(state.lesson));
  on("language", line.update);
  return line.node;
}

/** At the foot of the tab Learn: what belongs to its task.
 * @type {() => HTMLElement} */
export function taskReadingLine() {
  const task = () => state.training.task ?? "";
  const line = furtherLine("task-reading", () =>
    given.reading.filter(({ tasks }) => tasks.includes(task())),
  );
  listen({ language: line.update, tab: line.update });
  return line.node;
}

/** @type {(testid: string, belonging: () => ReadingEntry[]) => { node: HTMLElement, update: () => void }} */
function furtherLine(testid, belonging) {
  const node = make("p", { class: "note further", "data-testid": testid });
  return {
    node,
    update() {
      const entries = belonging().slice(0, MOST_IN_LINE);
      node.hidden = !entries.length || hides("reading");
      node.replaceChildren(
        `${text("reading_title")}: `,
        ...entries.flatMap((entry) => [readingTitle(entry), " · "]),
        makeButton(`${testid}-more`, () => showTab("reading"), null, text("reading_more")),
      );
    },
  };
}

/** -> the entries of a lesson: the article, then those that stand beside it
 * @type {(lesson: string) => ReadingEntry[]} */
function readingOf(lesson) {
  const rank = (/** @type {ReadingEntry} */ { kind, lessons }) =>
    kind === "article" ? 0 : lessons[0] === lesson ? 1 : 2;
  const entries = given.reading.filter(({ lessons }) => lessons.includes(lesson));
  return entries.sort((one, other) => rank(one) - rank(other));
}
