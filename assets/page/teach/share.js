// Share: the address of what stands on the page, as a link and as a QR code for a class with phones.

import { on } from "../state/events.js";
import { currentLesson } from "../state/lessons.js";
import { askWithin } from "../state/server.js";
import { pageAddress } from "../state/settle.js";
import { text } from "../state/texts.js";
import { make, makeShape, showText } from "../ui/dom.js";
import { iconButton } from "../ui/icons.js";
import { linkField } from "../ui/link.js";
import "./share.css";

const QUIET = 4; // modules of white that a reader needs around the code

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
  const close = make("button", {
    type: "button",
    class: "pill",
    "data-testid": "share-close",
    onclick: () => dialog.close(),
  });
  link.buttons.append(close);
  const dialog = make(
    "dialog",
    {
      "data-testid": "share-dialog",
      "aria-labelledby": "share-title",
      onclick: (event) => event.target === dialog && dialog.close(), // beside it
    },
    make("div", { class: "sheet" }, title, hint, code.node, link.field, link.buttons, own),
  );

  function show() {
    own.hidden = !Boolean(currentLesson().own);
    link.show(pageAddress());
    code.show(pageAddress());
  }

  function update() {
    showText(title, text("share_title"));
    showText(hint, text("share_hint"));
    showText(own, text("share_own"));
    showText(close, text("share_close"));
    open.say(text("share"));
    if (dialog.open) show();
  }

  on("language", update);
  return make("div", { class: "share" }, open.node, dialog);
}

function qrCode() {
  const place = make("div", { class: "qr" });
  const said = make("p", { class: "note", role: "status", "data-testid": "share-said" });
  let asked = null; // the address that is shown, or will be
  return {
    node: make("div", { class: "code-place" }, place, said),
    async show(address) {
      asked = address;
      place.replaceChildren();
      place.hidden = false; // its room
      showText(said, text("share_drawing"));
      const answer = await askWithin(10_000, "qr_code", { address });
      if (asked !== address) return;
      const { error, rows } = answer;
      showText(said, error ? text(error.key, error.values) : text("share_scan"));
      place.hidden = !rows;
      if (rows) place.replaceChildren(qrShape(rows, text("share_code")));
    },
  };
}

// rows: strings of "0" and "1". Dark on white in any theme: many readers know no other.
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
      viewBox: `0 0 ${side} ${side}`,
      role: "img",
      "aria-label": label,
      "data-testid": "share-qr",
      "shape-rendering": "crispEdges",
    },
    makeShape("rect", { width: side, height: side, fill: "white" }),
    makeShape("path", { d: dark.join(""), fill: "black" }),
  );
}
