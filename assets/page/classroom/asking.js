// Asking the server for what a class does: POST class/<act>.

/** @import { Message } from "../core/types.js" */
/** @typedef {{ answer?: any, error?: Message, isLost?: boolean }} Reply isLost: it is worth asking again, for nothing came, or the server was busy */

const PATIENCE_MS = 8_000;
const BUSY = [429, 503];

/** @type {(act: string, request: any) => Promise<Reply>} */
export async function askClass(act, request) {
  try {
    const response = await fetch(new URL(`class/${act}`, document.baseURI), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const answer = await response.json();
    if (!answer.error) return { answer };
    return { error: answer.error, isLost: BUSY.includes(response.status) };
  } catch {
    return { error: { key: "server_silent", values: {} }, isLost: true };
  }
}
