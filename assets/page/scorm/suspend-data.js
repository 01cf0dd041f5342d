// What a learning system remembers for the page: up to 4,096 characters, which it does not read.

/** @typedef {{ done: string[], predicted: Record<string, number | null>, opened: string[], address?: string }} Memory done, predicted: as state/progress.js writes them; opened: lessons that only have to be opened */

const MOST_KEPT = 4096;

/** What is too long goes whole: the table first, for `lesson_location` still tells the lesson; then what
 * was done first.
 * @type {(memory: Memory) => string} */
export function writeMemory({ done, predicted, opened, address }) {
  const answers = Object.entries(predicted);
  const [openedHere, doneHere] = [[...opened], [...done]];
  /** @type {(address?: string) => string} */
  const written = (address) =>
    inAscii({
      ...{ done: doneHere, predicted: Object.fromEntries(answers) },
      ...{ opened: openedHere, address },
    });
  const whole = written(address);
  if (whole.length <= MOST_KEPT) return whole;
  for (const list of [openedHere, answers, doneHere])
    while (list.length && written().length > MOST_KEPT) list.shift();
  return written();
}

/** @type {(kept: string) => Memory} */
export function readMemory(kept) {
  const { done, predicted, opened, address } = Object(parsedMemory(kept));
  return {
    done: Array.isArray(done) ? done : [],
    predicted: { ...Object(predicted) },
    opened: Array.isArray(opened) ? opened : [],
    address: typeof address === "string" ? address : undefined,
  };
}

/** @type {(kept: string) => unknown} */
function parsedMemory(kept) {
  try {
    return JSON.parse(kept);
  } catch {
    return null; // another program's, or nobody's
  }
}

/** SCORM 1.2 promises no other characters.
 * @type {(value: unknown) => string} */
function inAscii(value) {
  return JSON.stringify(value).replace(
    /[^ -~]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
