// A card for teachers: the present page within a course page or a notebook.

import { listen } from "../state/events.js";
import { pageAddress } from "../state/settle.js";
import { text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";
import { codeView } from "../ui/files.js";
import { checkLine } from "./hide.js";

const EMBEDDED_HEIGHT = 900; // pixels: story and table of most lessons
const FOR_TEACHERS = ["share", "projector"]; // the tab for teachers goes with them

export function embedCard() {
  const title = make("h2");
  const hint = make("p", { class: "note" });
  const [frame, notebook] = ["embed-iframe", "embed-notebook"].map((name) => codeView(name));
  const [frameTitle, notebookTitle] = [make("h3"), make("h3")];
  const plain = checkLine("embed-plain", update);
  plain.box.checked = true;
  const node = make(
    "section",
    { class: "panel card embed-card", "data-testid": "embed-card" },
    title,
    hint,
    plain.node,
    make(
      "div",
      { class: "side-by-side" },
      make("div", { class: "embedding" }, frameTitle, frame.node),
      make("div", { class: "embedding" }, notebookTitle, notebook.node),
    ),
  );

  function update() {
    const hide = plain.box.checked ? FOR_TEACHERS : [];
    const src = pageAddress({ hide, tab: "play" });
    showText(title, text("embed_title"));
    showText(hint, text("embed_hint"));
    showText(plain.label, text("embed_plain"));
    showText(frameTitle, text("embed_iframe"));
    showText(notebookTitle, text("embed_notebook"));
    frame.show(iframeLine(src, text("page_title")), text("embed_iframe"));
    notebook.show(notebookCell(src), text("embed_notebook"));
  }

  listen({ language: update, tab: update });
  return node;
}

// A frame of another origin may copy only what it is allowed to.
function iframeLine(src, title) {
  const attributes = { src, title, width: "100%", height: EMBEDDED_HEIGHT, loading: "lazy" };
  const escaped = Object.entries({ ...attributes, style: "border: 0", allow: "clipboard-write" })
    .map(([name, value]) => `${name}="${escapeAttribute(String(value))}"`)
    .join(" ");
  return `<iframe ${escaped}></iframe>`;
}

function escapeAttribute(text) {
  const names = { "&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;" };
  return text.replace(/[&"<>]/g, (sign) => names[sign]);
}

// A string of JSON is one of Python too.
function notebookCell(address) {
  return [
    "from IPython.display import IFrame",
    "",
    `IFrame(${JSON.stringify(address)}, width="100%", height=${EMBEDDED_HEIGHT})`,
  ].join("\n");
}
