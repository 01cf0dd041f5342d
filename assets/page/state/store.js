// The state of the page: a plain object, changed only through the modules beside it.

/** @import { Scene, Trace } from "../core/types.js" */

/** @typedef {{ sentence: string | null, seed: number, standardised: boolean, padding: boolean, causal: boolean, window: number | null, compare: string[] }} GalleryChoices what is chosen in the tab of variations: null is the scene of the table, a window of all steps */
/** @typedef {{ task: string | null, train_seed: number | null, epochs: number | null, length: number | null }} TrainingChoices what is chosen in the tab Learn; null is as the task has it */
/**
 * @typedef {object} State what the address holds (keys.toml says where)
 * @property {string} lesson its name
 * @property {string | null} lang null: the browser's
 * @property {string} tab
 * @property {string[]} hide names of what is hidden
 * @property {string | null} view "projector", or null
 * @property {Scene} scene
 * @property {string} stage what the picture of the scene shows: "flow", "plane", "softmax", "loss"
 * @property {[across: number, up: number] | null} axes of its plane, two columns; null: the first two
 * @property {GalleryChoices} gallery
 * @property {TrainingChoices} training
 */

/** @type {State & { row: number, resultHidden: boolean, pinned: Pick<Trace, "weights" | "output"> | null }} */
export const state = /** @type {any} */ ({
  ...{ lesson: "", lang: null, tab: "play", hide: [], view: null, stage: "flow", axes: null },
  row: 0, // whose formula is open
  pinned: null, // what later weights and outputs are compared with
  resultHidden: false, // until the lesson's question is answered
});

/** @type {(next: Partial<State>) => void} */
export function replaceState(next) {
  Object.assign(state, next);
}
