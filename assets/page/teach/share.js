// Share: the address of what stands on the page, as a link and as a QR code for a class with phones.

import { on } from "../state/events.js";
import { isCarried } from "../state/own.js";
import { pageAddress } from "../state/settle.js";
import { state } from "../state/store.js";
import { text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { iconButton } from "../ui/icons.js";
import { linkField } from "../ui/link.js";
import { qrCode } from "../ui/qr-code.js";
import "../ui/dialog.css";

/** @type {() => HTMLElement} */
export function sharePanel() {
  const open = iconButton("share", "share", () => {
    show();
    dialog.showModal();
  });
  const title = make("h2", { id: "share-title" });
  const hint = make("p", { class: "note" });
  const own = make("p", { class: "note", "data-testid": "share-own" });
  const link = linkField("share");
  const code = qrCode();
  const close = makeButton("share-close", () => dialog.close());
  link.buttons.append(close);
  const sheet = [title, hint, own, code.node, link.field, link.buttons];
  const dialog = make(
    "dialog",
    { "data-testid": "share-dialog", "aria-labelledby": "share-title" },
    make("div", { class: "sheet" }, ...sheet),
  );
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog) dialog.close(); // beside the sheet
  });

  function show() {
    hint.hidden = state.own !== null && !isCarried();
    own.hidden = !hint.hidden;
    link.show(pageAddress());
    code.show(pageAddress());
  }

  on("language", () => {
    showText(title, text("share_title"));
    showText(hint, text("share_hint"));
    showText(own, text("share_own"));
    showText(close, text("dialog_close"));
    open.say(text("share"));
    if (dialog.open) show();
  });
  return make("div", { class: "share" }, open.node, dialog);
}
