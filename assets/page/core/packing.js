// A text packed for an address: raw DEFLATE by the browser's own streams, written in base64url.
// attention/packing.py does the same.

/** @import { Message } from "./types.js" */

const AT_ONCE = 64; // bytes to unpack: at most a thousand times as many come out before one looks
const SHOWN_OF_OWN = 60; // characters of what came

/** -> null where the browser cannot
 * @type {(text: string) => Promise<string | null>} */
export async function packText(text) {
  try {
    const packing = new CompressionStream("deflate-raw");
    const stream = new Blob([text]).stream().pipeThrough(packing);
    return inBase64Url(new Uint8Array(await new Response(stream).arrayBuffer()));
  } catch {
    return null;
  }
}

/** What comes from outside: it may mean to be endless. most: how many bytes of text
 * @type {(packed: string, most: number) => Promise<{ text?: string, error?: Message }>} */
export async function unpackText(packed, most) {
  const came = packed.length > SHOWN_OF_OWN ? `${packed.slice(0, SHOWN_OF_OWN)}…` : packed;
  const form = { key: "rule_own_form", values: { came } };
  const bytes = fromBase64Url(packed);
  if (!bytes) return { error: form };
  /** @type {Uint8Array[]} */
  const pieces = [];
  try {
    let size = 0;
    const reader = unpacking(bytes).getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      size += piece.value.length;
      if (size > most) {
        reader.cancel().catch(() => null);
        return { error: { key: "rule_own_size", values: { most } } };
      }
      pieces.push(piece.value);
    }
  } catch {
    return { error: form };
  }
  try {
    const whole = await new Blob(/** @type {BlobPart[]} */ (pieces)).arrayBuffer();
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(whole) };
  } catch {
    return { error: { key: "rule_utf", values: {} } };
  }
}

/** A piece is unpacked when it is asked for, and no sooner.
 * @type {(bytes: Uint8Array<ArrayBuffer>) => ReadableStream<Uint8Array>} */
function unpacking(bytes) {
  let at = 0;
  const source = new ReadableStream({
    pull(stream) {
      if (at >= bytes.length) return stream.close();
      stream.enqueue(bytes.subarray(at, at + AT_ONCE));
      at += AT_ONCE;
    },
  });
  return source.pipeThrough(new DecompressionStream("deflate-raw"));
}

/** @type {(bytes: Uint8Array) => string} */
function inBase64Url(bytes) {
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @type {(written: string) => Uint8Array<ArrayBuffer> | null} */
function fromBase64Url(written) {
  if (!/^[\w-]+$/.test(written) || written.length % 4 === 1) return null;
  const letters = atob(written.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}

/** A text in 16 digits, by which it is known again (FNV-1a, from two beginnings); it keeps no secret.
 * @type {(text: string) => string} */
export function fingerprint(text) {
  return [0x811c9dc5, 0x9dc5811c].map((from) => hashed(text, from)).join("");
}

/** @type {(text: string, hash: number) => string} */
function hashed(text, hash) {
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
