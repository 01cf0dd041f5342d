// The shapes of what the server sends of a task, and of what the files of this room share; nothing here
// runs.

/** @import { Message } from "../core/types.js" */
/** @import { Answered, Graph, Packed, ReadExample } from "../core/models/types.js" */
/** @typedef {import("../state/given.js").Task} Task */

/**
 * An example as attention/training/task.py sends it; what it has beside steps and truth is its task's.
 * @typedef {object} ExampleParts
 * @property {number[]} [deciding] places of the words that decide, as the sentence's author says
 * @property {string} sound a WAV file in base64
 * @property {number[]} wave its peaks, 0 to 1
 * @property {[from: number, to: number] | null} [tone] where it is, in shares of the clip
 * @property {(number | null)[]} values of a series, one a step; null: unknown
 * @property {number[]} [rare] the places at which something rare happened
 * @property {string} after the name of the step that a series is asked for
 * @property {number} [period] of a series, in steps
 * @property {[from: number, to: number] | null} [taken] the seconds that are used of one's own sound
 */
/** @typedef {ReadExample & ExampleParts} Example */
/** @typedef {number[][]} Weights rows × steps */
/** @typedef {Answered} Inspection what a model answers, where it looks, and whether that counts as right, if truth need not be met to the letter */
/** @typedef {Record<string, any>} Layer an attention layer's own weights by name, in any nesting */
/** @typedef {{ model: string, epoch: number, loss: number | null, score: number, seconds: number | null, weights: Packed[], layer: Layer, trained_score?: number | null }} Epoch trained_score: of examples it was trained on; null where nobody asked */
/** @typedef {{ options: Record<string, any>, parameters: Record<string, number>, graphs: Record<string, Graph>, pace: Record<string, number>, epochs: Epoch[], over: string | null }} Recording as attention/training/recording.py sends it */
/** @typedef {{ model: string, epoch: number, loss: number | null }} Batch how far the present epoch is */
/** @typedef {{ seconds: number, score: number }} Growth */
/** @typedef {Growth & { length: number, model: string }} OwnPoint */
/** @typedef {OwnPoint & { seeds: number, epochs: number, least: Growth, most: Growth }} GrowthPoint the medians of so many trainings of so many epochs, and between what they lay */
/** @typedef {{ name: string, own: any, example: Example | null, truth: string | null }} Try an input worth trying: own is as the task's reader takes it; or an example that nobody can type */
/** @typedef {{ reads: string } & Record<string, any>} Reader how an input is read: core/models/reading.js */
/** @typedef {{ examples: Example[], reader: Reader, answers: string[] }} OfOptions what goes with the options of a recording; answers: the names of what is chosen among */
/** @typedef {OfOptions & { code: Record<string, string>, marked: Record<string, number[]>, recording: Recording | null, tries: Try[], growth: GrowthPoint[] }} OpenedTask */

/** @typedef {"shipped" | "own"} SourceName */
/** @typedef {OfOptions & { name: SourceName, recording: Recording }} Source whose epochs are shown, and whose models answer */
/** @typedef {{ input: any, example: Example | null, problem: Message | null }} OwnInput example: what was made of it; problem: why nothing was */

/** @typedef {(row: number | null, step?: number | null) => void} Force make a row look at that step; without a step at what it will; without a row, all */
/** @typedef {{ node: HTMLElement, show: (inspection: { answer: string, weights: Weights, rows: string[], out: number[], steps: string[] }) => void }} View out: heads that are taken out */
/** @typedef {{ force: Force, flipHead: (head: number) => void }} Hands force; flipHead: take a head out, or put it in again */
/** @typedef {(testid: string, example: Example, hands: Hands) => View} ViewBuilder */

export {};
