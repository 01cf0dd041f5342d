// The state of the page: a plain object, changed only through the modules beside it.

/** @import { Scene, Stage, Trace } from "../core/types.js" */

/** @typedef {{ sentence: string | null, seed: number, standardised: boolean, padding: boolean, causal: boolean, window: number | null, compare: string[] }} GalleryChoices what is chosen in the tab of variations: null is the scene of the table, a window of all steps */
/** @typedef {{ task: string | null, train_seed: number | null, epochs: number | null, learn_rate: number | null, units: number | null, dropout: number | null, length: number | null }} TrainingChoices what is chosen in the tab Learn; null is as the task has it */
/**
 * @typedef {object} State what the address holds (keys.toml says where)
 * @property {string} lesson its name
 * @property {boolean} home whether no lesson is open: its scene stands there alone
 * @property {string | null} own what the address has of a lesson of the reader's own (own.js)
 * @property {string | null} puzzle the name of the one that is open, as a lesson
 * @property {number} puzzleSeed which of its scenes are tried, and what it is about
 * @property {string | null} lang null: the browser's
 * @property {string} tab
 * @property {string[]} hide names of what is hidden
 * @property {string | null} view "projector", or null
 * @property {string | null} classCode of the class that this page is in
 * @property {Scene} scene
 * @property {string} stage what the picture of the scene shows: "flow", "plane", "softmax", "loss", "code"
 * @property {[across: number, up: number] | null} axes of its plane, two columns; null: the first two
 * @property {GalleryChoices} gallery
 * @property {TrainingChoices} training
 */

/** @typedef {"touch" | "predict" | "challenge" | "seen"} Step of a lesson, one after the other */
/** @typedef {{ answered: number, counts: Record<string, number> }} ClassRound counts: answer -> how many */
/**
 * @typedef {object} ClassQuestion what the class is asked
 * @property {string} lesson whose question it is
 * @property {number} number of the ask
 * @property {"open" | "shown" | "told"} standing answers come; they are shown; what is true is told too
 * @property {boolean} isTeacher whether this is the teacher's page
 * @property {number | null} mine this student's answer: a choice, or a share in whole per cent
 * @property {boolean} arrived whether the class has it
 * @property {ClassRound[]} rounds once they are shown: before the class has talked about it, and after
 */
/** @typedef {{ of: Stage, index: number | null, rows: number[] }} AskedFor rows: where those numbers stand that would give it away; of an output, its own place */

/** @type {State & { row: number, step: Step, resultHidden: boolean, asked: AskedFor | null, guess: number | null, pinned: Pick<Trace, "weights" | "output"> | null, asksClass: ClassQuestion | null }} */
export const state = /** @type {any} */ ({
  ...{
    lesson: "",
    home: false,
    own: null,
    puzzle: null,
    puzzleSeed: 0,
    lang: null,
    tab: "play",
    hide: [],
    view: null,
    classCode: null,
    stage: "flow",
    axes: null,
  },
  row: 0, // whose formula is open
  pinned: null, // what later weights and outputs are compared with
  step: "touch", // in sight
  resultHidden: false, // whether a number is, because the lesson asks for it
  asked: null, // which
  asksClass: null, // the question that the class of this page is at
  guess: null, // the share that a reader draws instead of choosing, 0 to 1
});

/** @type {(next: Partial<State>) => void} */
export function replaceState(next) {
  Object.assign(state, next);
}
