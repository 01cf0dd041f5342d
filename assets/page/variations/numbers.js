// The seeded numbers that the server gives: toy vectors and parameters. They are asked for once a seed, a
// sentence or a shape of the table. A variation without a twin in the browser is computed there as well,
// when the hand rests.

import { toPlain } from "../core/scene.js";
import { VARIATION_TWINS } from "../core/variations.js";
import { given } from "../state/given.js";
import { ask } from "../state/server.js";
import { state } from "../state/store.js";
import { lang } from "../state/texts.js";

/** @import { Message } from "../core/types.js" */
/** @import { Numbers } from "./types.js" */
/** @typedef {{ numbers: () => Numbers | null, ask: () => Promise<void>, standing: () => { isBusy: boolean, problem: Message | null } }} SeededNumbers numbers(): null until they are there for what is chosen */

/** Asks one request at a time; whatever was chosen meanwhile is asked for next.
 * @type {(onchange: () => void) => SeededNumbers} */
export function seededNumbers(onchange) {
  /** @type {{ whole: string, shape: string, numbers: Numbers } | null} */
  let answer = null;
  /** @type {string | null} the request that is on its way */
  let asked = null;
  /** @type {Message | null} */
  let problem = null;
  return {
    numbers() {
      if (answer?.shape !== shapeKey()) return null;
      return answer.whole === wholeKey() ? answer.numbers : { ...answer.numbers, applied: {} };
    },
    standing: () => ({ isBusy: asked !== null, problem }),
    async ask() {
      while (!asked && answer?.whole !== wholeKey()) {
        const [whole, shape] = [wholeKey(), shapeKey()];
        asked = whole;
        onchange();
        const came = await ask("variation_numbers", requestOf());
        asked = null;
        problem = came.error ?? null;
        if (!problem) answer = { whole, shape, numbers: came };
        onchange();
        if (problem && whole === wholeKey()) break;
      }
    },
  };
}

/** @type {() => string[]} */
const untwinned = () =>
  given.variations.map(({ name }) => name).filter((name) => !Object.hasOwn(VARIATION_TWINS, name));

/** What the seeded numbers follow from.
 * @type {() => string} */
function shapeKey() {
  const { sentence, seed } = state.gallery;
  const { kind, rows, columns } = state.scene;
  return JSON.stringify([seed, sentence ?? [kind, rows.length, columns.length]]);
}

/** @type {() => string} */
const wholeKey = () => (untwinned().length ? JSON.stringify(requestOf()) : shapeKey());

function requestOf() {
  return { setting: settingOf(), names: untwinned() };
}

/** As attention/variations/setting.py reads it.
 * @type {() => Record<string, any>} */
export function settingOf() {
  const { sentence, compare, ...choices } = state.gallery;
  return {
    ...choices,
    ...(sentence === null ? { scene: toPlain(state.scene, lang()) } : { sentence }),
  };
}
