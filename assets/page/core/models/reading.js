// From what somebody typed, sang or pasted to what goes into the models, by the name that the task gives:
// Task.reader in attention/training/task.py.

import { readBeginning } from "./reading/beginning.js";
import { readCharacters } from "./reading/characters.js";
import { readWholeNumber } from "./reading/numbers-in-words.js";
import { readSeries } from "./reading/series.js";
import { readSound } from "./reading/sound.js";
import { readWords } from "./reading/words.js";

/** @import { ReadExample } from "./types.js" */

/** @type {Record<string, (reader: any, own: any) => ReadExample>} */
const READERS = {
  words: readWords,
  characters: readCharacters,
  beginning: readBeginning,
  numbers: readWholeNumber,
  series: readSeries,
  sound: readSound,
};

/** Throws what reading/refused.js has, if it cannot be read.
 * @type {(reader: { reads: string }, own: any) => ReadExample} */
export function readOwn(reader, own) {
  return READERS[reader.reads](reader, own);
}
