// A card for teachers: a class that predicts together.

import { listen } from "../state/events.js";
import { text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { classesOpened, teachHere } from "./keys.js";
import { classHere, goToClass, openClass } from "./session.js";

/** @import { Message } from "../core/types.js" */

/** @type {() => HTMLElement} */
export function classCard() {
  const heading = make("h2");
  const about = make("p", { class: "note" });
  const open = makeButton("class-open", begin, "pill onward");
  open.dataset.lit = "true";
  const before = make("div", { class: "group" });
  const said = make("p", { class: "note", role: "status", "data-testid": "class-card-said" });
  /** @type {Message | null} */
  let wrong = null;

  async function begin() {
    wrong = null;
    open.disabled = true;
    wrong = await openClass();
    open.disabled = false;
    update();
  }

  function update() {
    showText(heading, text("class_title"));
    showText(about, text("class_about"));
    showText(open, text("class_open"));
    showText(said, wrong ? text(wrong.key, wrong.values) : "");
    before.replaceChildren(...classesOpened().map(backTo));
  }

  /** @type {(code: string) => HTMLElement} */
  function backTo(code) {
    const back = () => {
      teachHere(code);
      goToClass(code);
    };
    const isHere = classHere()?.code === code;
    return makeButton(null, back, "pill", text(isHere ? "class_go_back" : "class_back", { code }));
  }

  listen({ language: update, classroom: update, tab: update });
  const attributes = { class: "panel card class-card", "data-testid": "class-card" };
  return make(
    "section",
    attributes,
    heading,
    about,
    make("div", { class: "group" }, open, before),
    said,
  );
}
