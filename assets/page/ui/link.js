// A link to take away: to read, to select, to copy.

import { text } from "../state/texts.js";
import { make, showText } from "./dom.js";
import { copyText } from "./files.js";

/** @type {(name: string) => { field: HTMLTextAreaElement, buttons: HTMLElement, show: (address: string) => void }} */
export function linkField(name) {
  /** @type {HTMLTextAreaElement} */
  const field = make("textarea", {
    class: "link",
    rows: "2",
    readonly: true,
    spellcheck: "false",
    translate: "no",
    dir: "ltr",
    "data-testid": `${name}-link`,
    onfocus: () => field.select(),
  });
  const copy = make("button", {
    type: "button",
    class: "pill",
    "data-testid": `${name}-copy`,
    onclick: async () => {
      const done = await copyText(field.value, field);
      showText(said, text(done ? "copied" : "copy_by_hand"));
    },
  });
  const said = make("span", { class: "note", role: "status" });
  return {
    field,
    buttons: make("div", { class: "group" }, copy, said),
    show(address) {
      if (field.value !== address) showText(said, "");
      field.value = address;
      field.setAttribute("aria-label", text("link"));
      showText(copy, text("copy"));
    },
  };
}
