// The way into a class for a student who has its code, beside the way into the course.

import { tidyCode } from "../core/class-code.js";
import { listen, on } from "../state/events.js";
import { given } from "../state/given.js";
import { text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";
import "../ui/dialog.css";
import { goToClass } from "./session.js";

/** @type {() => HTMLElement} */
export function joinButton() {
  const open = makeButton("class-join", () => dialog.showModal(), "quiet aside");
  const title = make("h2", { id: "class-join-title" });
  const hint = make("p", { class: "note", id: "class-join-hint" });
  const field = make("input", {
    ...{ type: "text", class: "code-field", "data-testid": "class-join-code" },
    ...{ autocomplete: "off", autocapitalize: "characters", spellcheck: "false", maxlength: "16" },
    ...{ "aria-labelledby": "class-join-title", "aria-describedby": "class-join-hint" },
  });
  const wrong = make("p", {
    class: "note wrong",
    role: "status",
    "data-testid": "class-join-said",
  });
  const go = make("button", {
    ...{ class: "pill onward", "data-lit": "true", "data-testid": "class-join-go" },
  });
  const close = makeButton("class-join-close", () => dialog.close());
  const form = make(
    "form",
    { class: "sheet", onsubmit: join },
    ...[title, hint, field, wrong, make("div", { class: "group" }, go, close)],
  );
  const dialog = make("dialog", { "aria-labelledby": "class-join-title" }, form);

  /** @param {Event} event */
  function join(event) {
    event.preventDefault();
    const { letters, length } = given.rules.class;
    const code = tidyCode(field.value, given.rules.class);
    showText(wrong, code ? "" : text("class_code", { letters, length, came: field.value }));
    if (!code) return field.focus();
    dialog.close();
    field.value = "";
    goToClass(code);
  }

  listen({
    language() {
      showText(open, text("class_join"));
      showText(title, text("class_join_title"));
      showText(hint, text("class_join_hint"));
      showText(go, text("class_join_go"));
      showText(close, text("dialog_close"));
    },
  });
  on("opened", () => dialog.close());
  return make("div", { class: "join-class" }, open, dialog);
}
