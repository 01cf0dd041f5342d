// Files and texts to take away, and pieces of program with a button that copies them.

import { text } from "../state/texts.js";
import { make, showText } from "./dom.js";
import "./code.css";

/** @typedef {{ name: string, type: string, content: string }} ServedFile its content in base64 */
/** @typedef {{ node: HTMLElement, show: (program: string, label: string, marked?: number[]) => void }} CodeView marked: the lines that matter, from 0 */

/** A file as the server sends it: { name, type, content (in base64) }
 * @type {(file: ServedFile) => Uint8Array<ArrayBuffer>} */
export function bytesOf({ content }) {
  return Uint8Array.from(atob(content), (char) => char.charCodeAt(0));
}

/** @type {(file: ServedFile) => string} */
export function textOf(file) {
  return new TextDecoder().decode(bytesOf(file));
}

/** For a minute, where the browser itself can open it or save it.
 * @type {(file: ServedFile) => string} */
export function addressOf(file) {
  const address = URL.createObjectURL(new Blob([bytesOf(file)], { type: file.type }));
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return address;
}

/** @type {(file: ServedFile) => void} */
export function saveFile(file) {
  const link = make("a", { href: addressOf(file), download: file.name });
  document.body.append(link);
  link.click();
  link.remove();
}

/** -> whether it is on the clipboard now; a frame that may not write there can still copy a selection
 * @type {(text: string, node: HTMLElement) => Promise<boolean>} */
export async function copyText(text, node) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (node instanceof HTMLTextAreaElement) node.select();
    else getSelection()?.selectAllChildren(node);
    return document.execCommand("copy");
  }
}

/** @type {(program: string, marked: number[]) => HTMLElement[]} */
function codeLines(program, marked) {
  const lines = program
    .split("\n")
    .map((line, i, all) => (i < all.length - 1 ? `${line}\n` : line));
  return lines.map((line, i) => make(marked.includes(i) ? "mark" : "span", {}, line));
}

/** A piece of program with a button that copies it.
 * @type {(testid: string) => CodeView} */
export function codeView(testid) {
  const code = make("code", { "data-testid": testid });
  const frame = make("pre", { tabindex: "0", role: "region", translate: "no" }, code);
  const copy = make("button", {
    type: "button",
    class: "pill copy",
    "data-testid": `${testid}-copy`,
    onclick: async () => {
      const done = await copyText(code.textContent ?? "", code);
      showText(copy, text(done ? "copied" : "copy_by_hand"));
    },
  });
  let shown = "";
  return {
    node: make("div", { class: "code" }, frame, copy),
    show(program, label, marked = []) {
      const lines = JSON.stringify([program, marked]);
      if (marked.length && shown !== lines) code.replaceChildren(...codeLines(program, marked));
      else if (!marked.length) showText(code, program);
      code.classList.toggle("marked", marked.length > 0);
      shown = lines;
      frame.setAttribute("aria-label", label);
      showText(copy, text("copy"));
    },
  };
}
