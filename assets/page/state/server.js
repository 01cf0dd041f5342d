// Asking the server. Only a button or an open gallery does, never a hand on a slider.

/** @typedef {Record<string, (request: any) => Promise<any>>} Server its functions by name */

/** @type {Server} */
export let provided = {}; // a page in one file has none

const SILENT = { error: { key: "server_silent", values: {} } };

/** @type {(functions: Server) => void} */
export function connect(functions) {
  provided = functions;
}

/** Whether there is a server for it: a page in one file has none.
 * @type {(name: string) => boolean} */
export function canAsk(name) {
  return name in provided;
}

/** -> the answer, or { error }: a text of the page that says why there is none. The server says it by
 * such a text itself, or in a string of its own.
 * @type {(name: string, request: any) => Promise<any>} */
export async function ask(name, request) {
  try {
    const answer = await provided[name](request);
    if (!answer || typeof answer !== "object") return SILENT; // it has failed, and logged why
    return typeof answer.error === "string"
      ? { error: { key: "server_error", values: { error: answer.error } } }
      : answer;
  } catch {
    return SILENT;
  }
}

/** The same; an answer that takes longer than so many milliseconds counts as none.
 * @type {(milliseconds: number, name: string, request: any) => Promise<any>} */
export function askWithin(milliseconds, name, request) {
  const late = new Promise((done) => setTimeout(done, milliseconds, SILENT));
  return Promise.race([ask(name, request), late]);
}

/** question() asks once; wanted() says whether anybody still waits for the answer.
 * -> the answer; null where nobody waits any more
 * @type {(question: () => Promise<any>, wanted: () => boolean, onwarming: (warming: any) => void) => Promise<any>} */
export async function pollUntilReady(question, wanted, onwarming) {
  for (;;) {
    const answer = await question();
    if (!wanted()) return null;
    onwarming(answer.warming ?? null);
    if (!answer.warming) return answer;
    await new Promise((done) => setTimeout(done, 500));
    if (!wanted()) return null;
  }
}
