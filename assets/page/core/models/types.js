// The shapes of what the modules of trained models hand to each other; nothing here runs.
//
// No axis of the batch: one example at a time. A step is a row.

/** @typedef {{ shape: number[], data: Float64Array | Float32Array }} Tensor numbers in the order of NumPy; of a mask 1 and 0 */
/** @typedef {[node: number, output: number]} Place */
/** @typedef {{ op: string, from: Place[], mask: Place | null, weights: number[], only?: "last" } & Record<string, any>} GraphNode as attention/training/graph.py makes it */
/** @typedef {GraphNode[]} Graph */
/** @typedef {{ shape: number[], float32?: string, int8?: string, scales?: string }} Packed as attention/training/packed_weights.py packs it */
/**
 * What is taken out of a model, or put into it, before it answers.
 * @typedef {object} Changes
 * @property {boolean} [uniform] all visible steps weigh the same
 * @property {boolean} [noRecurrence] no step hears of the one before it
 * @property {number[]} [withoutHeads] heads whose values count nothing, of every layer together: head + heads × layer
 * @property {Record<number, number[]>} [forced] weights in place of its own, by the row that looks
 */
/** @typedef {{ inputs: Tensor[], mask: Tensor | null, weights: Tensor[], node: GraphNode, changes: Changes, attention: Tensor[], memory?: Memory }} Given what an op has; attention: to which it adds its weights, if it has any */
/** @typedef {Map<GraphNode, Tensor[]>} Memory what a node remembers of the steps that went in before */
/** @typedef {(given: Given) => Tensor[]} Op */
/**
 * Something that a model looks at, as attention/training/task.py sends it or a reader makes it.
 * @typedef {object} ReadExample
 * @property {any[]} x what goes in: an input is a list of numbers, or of lists of them
 * @property {string[]} steps a name for each step that can be looked at
 * @property {string | null} truth null where nobody knows it
 * @property {number[]} [unknown] places of the words that the models do not know
 * @property {Record<string, number[]>} [forced] weights that somebody has chosen, by row
 * @property {(number | null)[]} [values] of a series, one a step; null: unknown
 * @property {[low: number, high: number] | null} [near] what counts as right
 * @property {number[]} [rare]
 * @property {string} [after]
 * @property {number} [period]
 * @property {string} [sound]
 * @property {number[]} [wave]
 * @property {[number, number] | null} [tone]
 * @property {number[] | null} [taken]
 */
/** @typedef {{ answer: string, weights: number[][] | null, rows: string[], sure: number | null, right: boolean | null, chances?: number[], forecast?: number }} Answered weights: (rows, steps), null without attention; sure: the answer's probability; chances: that of each answer; forecast: a number in full that the answer rounds */

export {};
