// What is alike in the cards for teachers that ask the server for a file of the lesson on the table.

import { toPlain } from "../core/scene.js";
import { listen } from "../state/events.js";
import { currentLesson, isOfLesson, isTableAlone, lessonTitle } from "../state/lessons.js";
import { ask } from "../state/server.js";
import { state } from "../state/store.js";
import { lang, text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { saveFile } from "../ui/files.js";

/** @import { Message, Values } from "../core/types.js" */
/** @import { ServedFile } from "../ui/files.js" */
/** @typedef {ReturnType<typeof fileCard>} FileCard */

/** name: what its texts begin with, as in `handout_title`, `worksheet_title`, `own_title`;
 * needsLesson: whether a table alone will not do, nor a puzzle
 * @param {string} name @param {boolean} needsLesson */
export function fileCard(name, needsLesson = true) {
  const words = cardWords(name, needsLesson);
  const { worded, button, lessonButton } = words;
  const line = saidLine(`${name}-said`);
  const { node: said, say } = line;
  const attributes = { class: "panel card", "data-testid": `${name}-card` };
  const node = make("section", attributes, words.heading, words.about);

  function update() {
    words.update();
    line.update();
  }

  listen({ language: update, opened: () => say(null), tab: update });
  const card = {
    ...{ node, said, worded, button, lessonButton },
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

/** What is written on a card, in the present language.
 * @param {string} name @param {boolean} needsLesson */
function cardWords(name, needsLesson) {
  /** @type {[Node, string][]} */
  const texts = [];
  /** @type {HTMLButtonElement[]} */
  const ofLesson = [];
  const words = {
    heading: make("h2"),
    about: make("p", { class: "note" }),
    /** A text of the card in a node of its own.
     * @type {<Target extends Node>(target: Target, key: string) => Target} */
    worded(target, key) {
      texts.push([target, key]);
      return target;
    },
    /** @type {(testid: string, onclick: () => unknown) => HTMLButtonElement} */
    button: (testid, onclick) =>
      words.worded(makeButton(testid, onclick), testid.replace("-", "_")),
    /** The same, for what is made of the lesson: of a puzzle nothing is.
     * @type {(testid: string, onclick: () => unknown) => HTMLButtonElement} */
    lessonButton(testid, onclick) {
      const button = words.button(testid, onclick);
      ofLesson.push(button);
      return button;
    },
    update() {
      const isShut = needsLesson && state.puzzle !== null;
      const key = isShut ? "teach_no_puzzle" : `${name}_about`;
      showText(words.heading, text(`${name}_title`));
      showText(words.about, text(key, { lesson: lessonTitle() }));
      for (const button of ofLesson) button.disabled = isShut;
      for (const [target, key] of texts) showText(target, text(key));
    },
  };
  return words;
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
  const named = isOfLesson() ? { lesson: state.lesson } : {};
  return { ...(source ? { source } : named), scene: toPlain(state.scene, lang()), lang: lang() };
}
