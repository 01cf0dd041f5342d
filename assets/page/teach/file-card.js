// What is alike in the cards for teachers that ask the server for a file of the lesson on the table.

import { toPlain } from "../core/scene.js";
import { listen } from "../state/events.js";
import { currentLesson, isTableAlone, lessonTitle } from "../state/lessons.js";
import { ask } from "../state/server.js";
import { state } from "../state/store.js";
import { lang, text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { saveFile } from "../ui/files.js";

/** @import { Message, Values } from "../core/types.js" */
/** @import { ServedFile } from "../ui/files.js" */
/** @typedef {ReturnType<typeof fileCard>} FileCard */

/** name: what its texts begin with, as in `handout_title`, `worksheet_title`, `own_title`;
 * needsLesson: whether a table alone will not do
 * @param {string} name @param {boolean} needsLesson */
export function fileCard(name, needsLesson = true) {
  const heading = make("h2");
  const about = make("p", { class: "note" });
  const line = saidLine(`${name}-said`);
  const { node: said, say } = line;
  const attributes = { class: "panel card", "data-testid": `${name}-card` };
  const node = make("section", attributes, heading, about);
  /** @type {[Node, string][]} */
  const words = [];

  function update() {
    showText(heading, text(`${name}_title`));
    showText(about, text(`${name}_about`, { lesson: lessonTitle() }));
    for (const [target, key] of words) showText(target, text(key));
    line.update();
  }

  listen({ language: update, opened: () => say(null), tab: update });
  const card = {
    node,
    said,
    /** A text of the card in a node of its own, in every language.
     * @type {<Target extends Node>(target: Target, key: string) => Target} */
    worded(target, key) {
      words.push([target, key]);
      return target;
    },
    /** @type {(testid: string, onclick: () => unknown) => HTMLButtonElement} */
    button: (testid, onclick) => card.worded(makeButton(testid, onclick), testid.replace("-", "_")),
    /** -> the file, or null: then the card has said why
     * @type {(name: string, more?: Values) => Promise<any>} */
    async request(name, more = {}) {
      say(null);
      if (needsLesson && isTableAlone()) say({ key: "alone_refused", values: {} });
      return line.isEmpty() ? card.receive(name, { ...lessonOnTable(), ...more }) : null;
    },
    /** The same of no lesson.
     * @type {(name: string, values: Values) => Promise<any>} */
    async receive(name, values) {
      say(null);
      const answer = await ask(name, values);
      if (answer.error) say(answer.error);
      return answer.error ? null : answer;
    },
    /** The same, saved.
     * @type {(name: string, more?: Values, saved?: string) => Promise<void>} */
    async save(name, more, saved) {
      card.keep(await card.request(name, more), saved);
    },
    /** @type {(file: ServedFile | null, saved?: string) => void} */
    keep(file, saved = "handout_saved") {
      if (!file) return;
      saveFile(file);
      say({ key: saved, values: { file: file.name } });
    },
  };
  return card;
}

/** What a card has to say, in the present language.
 * @param {string} testid */
function saidLine(testid) {
  const node = make("p", { class: "note", role: "status", "data-testid": testid });
  /** @type {Message | null} */
  let told = null;
  const update = () => showText(node, told ? text(told.key, told.values) : "");
  return {
    node,
    update,
    isEmpty: () => told === null,
    /** @type {(message: Message | null) => void} */
    say(message) {
      told = message;
      update();
    },
  };
}

/** The lesson as the server knows it: by its name, or by its file where it is the teacher's own. */
function lessonOnTable() {
  const { source } = currentLesson();
  const named = isTableAlone() ? {} : { lesson: state.lesson };
  return { ...(source ? { source } : named), scene: toPlain(state.scene, lang()), lang: lang() };
}
