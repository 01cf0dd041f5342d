// A card for teachers: the present page within a course page or a notebook.

import { listen } from "../state/events.js";
import { pageAddress } from "../state/settle.js";
import { text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";
import { codeView } from "../ui/files.js";
import { checkLine } from "./hide.js";

const EMBEDDED_HEIGHT = 900; // pixels: story and table of most lessons
const FOR_TEACHERS = ["share", "projector"]; // the tab for teachers goes with them

/** @type {() => HTMLElement} */
export function embedCard() {
  const title = make("h2");
  const hint = make("p", { class: "note" });
  const plain = checkLine("embed-plain", update);
  plain.box.checked = true;
  const [frame, notebook] = ["iframe", "notebook"].map(embedding);
  const node = make(
    "section",
    { class: "panel card embed-card", "data-testid": "embed-card" },
    title,
    hint,
    plain.node,
    make("div", { class: "side-by-side" }, frame.node, notebook.node),
  );

  function update() {
    const address = pageAddress({ hide: plain.box.checked ? FOR_TEACHERS : [], tab: "play" });
    showText(title, text("embed_title"));
    showText(hint, text("embed_hint"));
    showText(plain.label, text("embed_plain"));
    frame.show(iframeTag(address, text("page_title")));
    notebook.show(notebookCell(address));
  }

  listen({ language: update, tab: update });
  return node;
}

/** @param {string} way of embedding */
function embedding(way) {
  const title = make("h3");
  const code = codeView(`embed-${way}`);
  return {
    node: make("div", { class: "embedding" }, title, code.node),
    /** @param {string} program */
    show(program) {
      showText(title, text(`embed_${way}`));
      code.show(program, text(`embed_${way}`));
    },
  };
}

/** A frame of another origin may copy only what it is allowed to.
 * @type {(src: string, title: string) => string} */
function iframeTag(src, title) {
  const attributes = { src, title, width: "100%", height: EMBEDDED_HEIGHT, loading: "lazy" };
  const escaped = Object.entries({ ...attributes, style: "border: 0", allow: "clipboard-write" })
    .map(([name, value]) => `${name}="${escapeAttribute(String(value))}"`)
    .join(" ");
  return `<iframe ${escaped}></iframe>`;
}

/** @type {(text: string) => string} */
function escapeAttribute(text) {
  const names = { "&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;" };
  return text.replace(/[&"<>]/g, (sign) => names[/** @type {keyof typeof names} */ (sign)]);
}

/** A string of JSON is one of Python too.
 * @type {(address: string) => string} */
function notebookCell(address) {
  return `from IPython.display import IFrame

IFrame(${JSON.stringify(address)}, width="100%", height=${EMBEDDED_HEIGHT})`;
}
