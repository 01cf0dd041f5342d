// A card for teachers: the lesson on the table as one file, for a class without a network.

import { ask, saveFile } from "../state/server.js";
import { make, showText } from "../ui/dom.js";

// page: text(), lesson(), lessons, plain(), lang(), server
export function handoutCard(page) {
  const card = fileCard(page, "handout");
  const save = card.button("handout-save", async () => {
    const file = await card.ask("make_handout");
    if (file) saveFile(file);
    if (file) card.say("handout_saved", { file: file.name });
  });
  card.node.append(make("div", { class: "group" }, save), card.said);
  return card.hooks;
}

// What is alike in the cards that ask the server for a file of the lesson on the table.
//
// name: what its texts begin with, as in `handout_${part}`, `worksheet_${part}`, `own_${part}`
export function fileCard(page, name) {
  const title = make("h2");
  const about = make("p", { class: "note" });
  const said = make("p", { class: "note", role: "status", "data-testid": `${name}-said` });
  const node = make(
    "section",
    { class: "panel card", "data-testid": `${name}-card` },
    title,
    about,
  );
  const words = [];
  let told = null; // { key, values } of what is said now

  function say(key, values = {}) {
    told = key && { key, values };
    showText(said, told ? page.text(told.key, told.values) : "");
  }

  function update() {
    const lesson = page.lessons.get(page.lesson()).title[page.lang()];
    showText(title, page.text(`${name}_title`));
    showText(about, page.text(`${name}_about`, { lesson }));
    for (const [target, key] of words) showText(target, page.text(key));
    say(told?.key, told?.values);
  }

  // A text of the card in a node of its own, in every language.
  function worded(target, key) {
    words.push([target, key]);
    return target;
  }

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
    async ask(server, more = {}) {
      say(null);
      const answer = await ask(page.server, server, { ...lessonOnTable(page), ...more });
      if (answer.error) say(answer.error.key, answer.error.values);
      return answer.error ? null : answer;
    },
    hooks: { node, words: update, opened: () => say(null), shown: update },
  };
}

// The lesson as the server knows it: by its name, or by its file where it is the teacher's own.
function lessonOnTable(page) {
  const { source } = page.lessons.get(page.lesson());
  const lesson = source ? { source } : { lesson: page.lesson() };
  return { ...lesson, scene: page.plain(), lang: page.lang() };
}
