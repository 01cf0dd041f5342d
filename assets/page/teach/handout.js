// A card for teachers: the lesson on the table as one file, for a class without a network.

import { toPlain } from "../core/scene.js";
import { listen } from "../state/events.js";
import { currentLesson } from "../state/lessons.js";
import { ask } from "../state/server.js";
import { state } from "../state/store.js";
import { lang, text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";
import { saveFile } from "../ui/files.js";

export function handoutCard() {
  const card = fileCard("handout");
  const save = card.button("handout-save", async () => {
    const file = await card.request("make_handout");
    if (file) saveFile(file);
    if (file) card.say("handout_saved", { file: file.name });
  });
  card.node.append(make("div", { class: "group" }, save), card.said);
  return card.node;
}

// What is alike in the cards that ask the server for a file of the lesson on the table.
//
// name: what its texts begin with, as in `handout_${part}`, `worksheet_${part}`, `own_${part}`
export function fileCard(name) {
  const heading = make("h2");
  const about = make("p", { class: "note" });
  const said = make("p", { class: "note", role: "status", "data-testid": `${name}-said` });
  const node = make(
    "section",
    { class: "panel card", "data-testid": `${name}-card` },
    heading,
    about,
  );
  const words = [];
  let told = null; // { key, values } of what is said now

  function say(key, values = {}) {
    told = key && { key, values };
    showText(said, told ? text(told.key, told.values) : "");
  }

  function update() {
    const title = currentLesson().title[lang()];
    showText(heading, text(`${name}_title`));
    showText(about, text(`${name}_about`, { lesson: title }));
    for (const [target, key] of words) showText(target, text(key));
    say(told?.key, told?.values);
  }

  // A text of the card in a node of its own, in every language.
  function worded(target, key) {
    words.push([target, key]);
    return target;
  }

  listen({ language: update, opened: () => say(null), tab: update });
  return {
    node,
    said,
    say,
    worded,
    button: (key, onclick) =>
      worded(
        make("button", { type: "button", class: "pill", "data-testid": key, onclick }),
        key.replace("-", "_"),
      ),
    // -> the file, or null: then the card has said why
    async request(name, more = {}) {
      say(null);
      const answer = await ask(name, { ...lessonOnTable(), ...more });
      if (answer.error) say(answer.error.key, answer.error.values);
      return answer.error ? null : answer;
    },
  };
}

// The lesson as the server knows it: by its name, or by its file where it is the teacher's own.
function lessonOnTable() {
  const { source } = currentLesson();
  const lesson = source ? { source } : { lesson: state.lesson };
  return { ...lesson, scene: toPlain(state.scene, lang()), lang: lang() };
}
