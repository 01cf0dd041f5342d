// Share: the address of what stands on the page, as a link and as a QR code for a class with phones.

import { on } from "../state/events.js";
import { isCarried } from "../state/own.js";
import { askWithin } from "../state/server.js";
import { pageAddress } from "../state/settle.js";
import { state } from "../state/store.js";
import { text } from "../state/texts.js";
import { make, makeButton, makeShape, showText } from "../ui/dom.js";
import { iconButton } from "../ui/icons.js";
import { linkField } from "../ui/link.js";
import "../ui/dialog.css";
import "./share.css";

const DENSE = 500; // characters of an address
const QUIET = 4; // modules of white that a reader needs around the code

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
    showText(close, text("share_close"));
    open.say(text("share"));
    if (dialog.open) show();
  });
  return make("div", { class: "share" }, open.node, dialog);
}

function qrCode() {
  const place = make("div", { class: "qr" });
  const said = make("p", { class: "note", role: "status", "data-testid": "share-said" });
  let asked = ""; // the address that is shown, or will be
  return {
    node: make("div", { class: "code-place" }, place, said),
    /** @param {string} address */
    async show(address) {
      asked = address;
      place.classList.toggle("dense", address.length > DENSE);
      place.replaceChildren();
      place.hidden = false; // its room
      showText(said, text("share_drawing"));
      const { error, rows } = await askWithin(10_000, "qr_code", { address });
      if (asked !== address) return;
      showText(said, error ? text(error.key, error.values) : text("share_scan"));
      place.hidden = !rows;
      if (rows) place.replaceChildren(qrShape(rows, text("share_code")));
    },
  };
}

/** rows: strings of "0" and "1". Dark on white in any theme: many readers know no other.
 * @type {(rows: string[], label: string) => SVGElement} */
function qrShape(rows, label) {
  const side = rows.length + 2 * QUIET;
  const dark = rows.flatMap((row, y) =>
    [...row.matchAll(/1+/g)].map(
      ({ 0: run, index }) => `M${index + QUIET} ${y + QUIET}h${run.length}v1h-${run.length}z`,
    ),
  );
  return makeShape(
    "svg",
    {
      ...{ viewBox: `0 0 ${side} ${side}`, role: "img", "shape-rendering": "crispEdges" },
      ...{ "aria-label": label, "data-testid": "share-qr" },
    },
    makeShape("rect", { width: side, height: side, fill: "white" }),
    makeShape("path", { d: dark.join(""), fill: "black" }),
  );
}
