// Asking the server. Only a button or an open gallery does, never a hand on a slider.

import { make, showText } from "../ui/dom.js";

// server: functions by name, each gives a promise; null where there is none (a page in one file).
// -> the answer, or { error: { key, values } }: a text of the page that says why there is none.
// The server says it by such a text itself, or in a string of its own.
export function ask(server, name, request) {
  if (!server?.[name]) return Promise.resolve(SILENT);
  return server[name](request).then(
    (answer) => {
      if (!answer || typeof answer !== "object") return SILENT; // it has failed, and logged why
      return typeof answer.error === "string"
        ? { error: { key: "server_error", values: { error: answer.error } } }
        : answer;
    },
    () => SILENT,
  );
}

const SILENT = { error: { key: "server_silent", values: {} } };

// The same; an answer that takes longer than so many milliseconds counts as none.
export function askWithin(milliseconds, server, name, request) {
  const late = new Promise((done) => setTimeout(done, milliseconds, SILENT));
  return Promise.race([ask(server, name, request), late]);
}

// A file as the server sends it: { name, type, content (in base64) }
export function bytesOf({ content }) {
  return Uint8Array.from(atob(content), (char) => char.charCodeAt(0));
}

export function textOf(file) {
  return new TextDecoder().decode(bytesOf(file));
}

export function saveFile(file) {
  const address = URL.createObjectURL(new Blob([bytesOf(file)], { type: file.type }));
  const link = make("a", { href: address, download: file.name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

// -> whether it is on the clipboard now; a frame that may not write there can still copy a selection
export async function copyText(text, node) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (node.select) node.select();
    else getSelection().selectAllChildren(node);
    return document.execCommand("copy");
  }
}

// A piece of program with a button that copies it.
// page: text()
export function codeView(page, testid) {
  const code = make("code", { "data-testid": testid });
  const frame = make("pre", { tabindex: "0", role: "region", translate: "no" }, code);
  const copy = make("button", {
    type: "button",
    class: "pill copy",
    "data-testid": `${testid}-copy`,
    onclick: async () => {
      const done = await copyText(code.textContent, code);
      showText(copy, page.text(done ? "copied" : "copy_by_hand"));
    },
  });
  return {
    node: make("div", { class: "code" }, frame, copy),
    show(text, label) {
      showText(code, text);
      frame.setAttribute("aria-label", label);
      showText(copy, page.text("copy"));
    },
  };
}
