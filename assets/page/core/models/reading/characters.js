// A line whose characters are the steps; blanks fill its beginning.

import { Refused } from "../../refused.js";

/** @import { ReadExample } from "../types.js" */
/** @typedef {{ numbers: Record<string, number>, most: number, least?: number, among?: string, count?: number }} CharacterReader among: characters of which there must be so many; the first of them is the truth */

/** @type {(reader: CharacterReader, own: { text: string }) => ReadExample} */
export function readCharacters({ numbers, most, least = 1, among, count = 0 }, { text }) {
  const steps = [...text.trim()];
  const unknown = [...new Set(steps.filter((one) => !Object.hasOwn(numbers, one)))].sort();
  if (unknown.length)
    throw new Refused("refused_line_letters", {
      allowed: allowedIn(numbers),
      unknown: unknown.join(""),
    });
  const chosen = steps.filter((one) => among?.includes(one));
  if (among && chosen.length !== count)
    throw new Refused("refused_line_capitals", { most: count, came: chosen.length });
  if (steps.length > most) throw new Refused("refused_line_long", { most, came: steps.length });
  if (steps.length < least) throw new Refused("refused_line_short", { least, came: steps.length });
  const blanks = Array(most - steps.length).fill(0);
  const truth = among ? chosen[0] : null;
  return { x: [[...blanks, ...steps.map((one) => numbers[one])]], steps, truth };
}

/** The characters that there are, as few as tell it: "0–9", "a–z, A–Z".
 * @type {(numbers: Record<string, number>) => string} */
function allowedIn(numbers) {
  /** @type {string[][]} */
  const runs = [];
  for (const one of Object.keys(numbers).sort()) {
    const run = runs[runs.length - 1];
    if (run && run[run.length - 1].charCodeAt(0) + 1 === one.charCodeAt(0)) run.push(one);
    else runs.push([one]);
  }
  const written = runs.map((run) =>
    run.length > 2 ? `${run[0]}–${run[run.length - 1]}` : run.join(""),
  );
  return written.join(" ");
}
