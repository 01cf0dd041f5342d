// The end of a class: what was asked and answered, to take along, and then nothing of it is left.

import { lang, text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { saveFile } from "../ui/files.js";
import "../ui/dialog.css";
import { askClass } from "./asking.js";
import { classHere, endClass } from "./session.js";

/** @import { Message } from "../core/types.js" */

const FILES = ["table", "picture"]; // as the server sends them

export function endingDialog() {
  const open = makeButton("class-end", () => dialog.showModal());
  const title = make("h2", { id: "class-end-title" });
  const about = make("p", { class: "note" });
  const saves = FILES.map((name, i) => makeButton(`class-save-${name}`, () => save(i)));
  const said = make("p", { class: "note", role: "status", "data-testid": "class-end-said" });
  const end = makeButton("class-end-now", finish);
  const close = makeButton("class-end-close", () => dialog.close());
  const dialog = make(
    "dialog",
    { "aria-labelledby": "class-end-title" },
    make(
      "div",
      { class: "sheet" },
      ...[title, about, make("div", { class: "group" }, ...saves), said],
      make("div", { class: "group" }, end, close),
    ),
  );

  /** @type {(error: Message) => void} */
  const refuse = (error) => showText(said, text(error.key, error.values));

  /** @type {(at: number) => Promise<void>} */
  async function save(at) {
    const { code, secret } = classHere() ?? {};
    showText(said, "");
    const { answer, error } = await askClass("summary", { code, secret, lang: lang() });
    if (error) return refuse(error);
    const file = answer.files[at];
    saveFile(file);
    showText(said, text("handout_saved", { file: file.name }));
  }

  async function finish() {
    const error = await endClass();
    if (error) refuse(error);
    else dialog.close();
  }

  return {
    open,
    node: dialog,
    words() {
      showText(open, text("class_end"));
      showText(title, text("class_end_title"));
      showText(about, text("class_end_about"));
      FILES.forEach((name, i) => showText(saves[i], text(`class_save_${name}`)));
      showText(end, text("class_end_now"));
      showText(close, text("dialog_close"));
    },
  };
}
