// Opens a page in one file: its data, its style and its program stand in it packed, so that all of it
// is small enough for a mail.

import { inflate } from "./core/inflate.js";

const GZIP_HEAD = 10; // bytes before what is packed
const PARTS = { given: "script", style: "style", script: "script" };

/** Four bytes stand in five digits, those of attention/export/one_file.py. Fewer than five at the end
 * belong to the checksum, which nobody reads here.
 * @type {(digits: string) => Uint8Array} */
function bytesOf(digits) {
  const bytes = new DataView(new ArrayBuffer(4 * Math.floor(digits.length / 5)));
  for (let at = 0; at < bytes.byteLength; at += 4) {
    let number = 0;
    for (let i = 0; i < 5; i += 1) {
      const code = digits.charCodeAt((at / 4) * 5 + i);
      number = number * 85 + code - 40 - Number(code > 60) - Number(code > 62);
    }
    bytes.setUint32(at, number);
  }
  return new Uint8Array(bytes.buffer);
}

/** @type {(id: string) => string} */
function unpacked(id) {
  const bytes = bytesOf(document.getElementById(id)?.textContent ?? "");
  return new TextDecoder().decode(inflate(bytes.subarray(GZIP_HEAD)));
}

for (const [id, tag] of Object.entries(PARTS)) {
  const node = document.createElement(tag);
  if (node instanceof HTMLScriptElement && id === "given") node.type = "application/json"; // which no browser executes
  node.id = id;
  node.textContent = unpacked(`packed-${id}`);
  document.head.append(node);
}
