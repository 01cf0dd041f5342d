// The shapes of what the server sends of a task, and of what the files of this room share; nothing here
// runs.

/** @import { Message } from "../core/types.js" */
/** @typedef {import("../state/given.js").Task} Task */

/**
 * An example as attention/training/task.py sends it; what it has beside steps and truth is its task's.
 * @typedef {object} Example
 * @property {string[]} steps
 * @property {string | null} truth null where nobody knows it
 * @property {Record<string, number[]>} [forced] weights that somebody has chosen, by row
 * @property {number[]} [deciding] places of the words that decide, as the sentence's author says
 * @property {number[]} [unknown] places of the words that the models do not know
 * @property {string} sound a WAV file in base64
 * @property {number[]} wave its peaks, 0 to 1
 * @property {[from: number, to: number] | null} [tone] where it is, in shares of the clip
 * @property {(number | null)[]} values of a series, one a step; null: unknown
 * @property {number[]} [rare] the places at which something rare happened
 * @property {string} after the name of the step that a series is asked for
 * @property {number} [period] of a series, in steps
 * @property {[low: number, high: number] | null} [near] what counts as right
 * @property {[from: number, to: number] | null} [taken] the seconds that are used of one's own sound
 */
/** @typedef {number[][]} Weights rows × steps */
/** @typedef {{ answer: string, weights: Weights | null, rows: string[], sure: number | null, right: boolean | null }} Inspection what a model answers, where it looks, and whether that counts as right, if truth need not be met to the letter */
/** @typedef {Record<string, any>} Layer an attention layer's own weights by name, in any nesting */
/** @typedef {{ model: string, epoch: number, loss: number | null, score: number, seconds: number | null, looks: Inspection[], layer: Layer, trained_score?: number | null }} Epoch trained_score: of examples it was trained on; null where nobody asked */
/** @typedef {{ options: Record<string, any>, parameters: Record<string, number>, pace: Record<string, number>, epochs: Epoch[], over: string | null }} Recording as attention/training/recording.py sends it */
/** @typedef {{ model: string, epoch: number, loss: number | null }} Batch how far the present epoch is */
/** @typedef {{ seconds: number, score: number }} Growth */
/** @typedef {Growth & { length: number, model: string }} OwnPoint */
/** @typedef {OwnPoint & { seeds: number, epochs: number, least: Growth, most: Growth }} GrowthPoint the medians of so many trainings of so many epochs, and between what they lay */
/** @typedef {{ name: string, own: any, example: Example, looks: Record<string, Inspection> | null }} Try an input worth trying: own is as the task's `read` takes it, looks are those of the recording */
/** @typedef {{ code: Record<string, string>, marked: Record<string, number[]>, recording: Recording | null, examples: Example[], tries: Try[], growth: GrowthPoint[] }} OpenedTask */

/** @typedef {"shipped" | "own"} SourceName */
/** @typedef {{ name: SourceName, ticket: string | null, recording: Recording, examples: Example[] }} Source whose epochs are shown, and whose models answer */
/** @typedef {{ input: any, from: SourceName, example: Example, looks: Record<string, Inspection>, epochs: Record<string, number> }} OwnAnswer */
/** @typedef {{ asking: boolean, warming: any, problem: Message | null, answer: OwnAnswer | null }} QuestionState */

/** @typedef {(row: number | null, step?: number | null) => void} Force make a row look at that step; without a step at what it will; without a row, all */
/** @typedef {{ node: HTMLElement, show: (inspection: { answer: string, weights: Weights, rows: string[] }) => void }} View */
/** @typedef {(testid: string, example: Example, force: Force) => View} ViewBuilder */

export {};
