// Opens a page in one file: its data, its style and its program stand in it packed, so that all of it
// is small enough for a mail.

import { inflate } from "./core/inflate.js";

const GZIP_HEAD = 10; // bytes before what is packed
const PARTS = { given: "script", style: "style", script: "script" };

/** @type {(id: string) => string} */
function unpacked(id) {
  const packed = atob(document.getElementById(id)?.textContent ?? "");
  const bytes = Uint8Array.from(packed, (char) => char.charCodeAt(0));
  return new TextDecoder().decode(inflate(bytes.subarray(GZIP_HEAD)));
}

for (const [id, tag] of Object.entries(PARTS)) {
  const node = document.createElement(tag);
  if (node instanceof HTMLScriptElement && id === "given") node.type = "application/json"; // which no browser executes
  node.id = id;
  node.textContent = unpacked(`packed-${id}`);
  document.head.append(node);
}
