// The shapes of what the scripts hand to each other; nothing here runs.

/** @typedef {number[]} Vector one number per step, or per feature */
/** @typedef {number[][]} Matrix rows of numbers, all of one length */
/** @typedef {"attention" | "gate" | "dot_product" | "scaled_dot_product" | "self_attention"} Kind */
/** @typedef {"tanh" | "linear"} Activation */
/** @typedef {"w" | "b" | "query" | "wq" | "wk"} Part what can learn */
/** @typedef {string | Record<string, string>} Label a name, or one a language as a lesson has it */
/** @typedef {Record<string, any>} Values what is filled into a text */
/** @typedef {{ key: string, values?: Values }} Message a text of the page and what to fill in */

/** @typedef {"wq" | "wk" | "wv"} Projection a matrix of self-attention */
/** @typedef {"none" | "sinusoidal" | "learned"} Positions */

/** @typedef {{ logits: Vector, scores: Vector, weights: Vector, output: Vector, whole?: SelfAttentionTrace }} Trace whole: of self-attention, all steps and heads */
/** @typedef {{ queries: Matrix, keys: Matrix, values: Matrix, logits: Matrix[], scores: Matrix[], weights: Matrix[], output: Matrix }} SelfAttentionTrace */
/** @typedef {"logits" | "scores" | "weights" | "output"} Stage */

/** @typedef {{ regularizer: string, strength: number, constraint: string }} PartRules */
/**
 * What training is to reach, as attention/objective.py says it.
 * @typedef {{ target: Vector, rate: number, turns: Part[], w: PartRules, b: PartRules, query: PartRules, wq: PartRules, wk: PartRules }} Objective
 */

/**
 * What stands on the table (scene.js): x (steps, features), w (features) or for a gate (steps, steps),
 * b (steps) or null, query (features), mask (steps). Self-attention has wq and wk (features, d_k), wv
 * (features, d_v) and pos (steps, features); asks is null where the last step asks.
 * @typedef {object} Scene
 * @property {Kind} kind
 * @property {Label[]} rows
 * @property {Label[]} columns
 * @property {Matrix} x
 * @property {any} w a Vector, or for a gate a Matrix
 * @property {Vector | null} b
 * @property {Vector} query
 * @property {boolean[]} mask
 * @property {Activation} activation
 * @property {Matrix | null} wq
 * @property {Matrix | null} wk
 * @property {Matrix | null} wv
 * @property {number} heads
 * @property {boolean} causal
 * @property {Positions} positions
 * @property {Matrix | null} pos
 * @property {number | null} asks
 * @property {number} head that is looked at
 * @property {number} temperature
 * @property {(number | null)[]} origins which row of the lesson each row was; null: a new one
 * @property {Stash} stash what the present kind does not show
 * @property {Objective} objective
 */
/** @typedef {{ columns: Label[], x: Matrix, w: Vector, query: Vector, wq: Matrix | null, wk: Matrix | null, wv: Matrix | null, pos: Matrix | null }} Vectors */
/** @typedef {{ b?: Vector | null, square?: Matrix, vectors?: Vectors }} Stash */
/** @typedef {Record<string, any>} PlainScene a scene as attention/scene.py reads it */

/** @typedef {{ text: Record<string, string>, at_least: number, at_most: number }} Choice */
/** @typedef {{ text: Record<string, string>, of: Stage, index: number | null, change: Record<string, any>, difference: boolean, choices: Choice[], draw: boolean }} Prediction */
/** @typedef {{ of: Stage, index: number, at_least: number, at_most: number }} Goal */
/** @typedef {{ of: keyof Scene, row: number | null, column: number | null }} Keep */
/** @typedef {{ text: Record<string, string>, goals: Goal[], keep: Keep[] }} Challenge */
/** @typedef {[low: number, high: number, step: number]} Range of a slider */
/**
 * A lesson as attention/lessons sends it; texts are by language.
 * @typedef {object} Lesson
 * @property {number} level
 * @property {number} focus
 * @property {Record<string, string>} title
 * @property {Record<string, string>} story
 * @property {Record<string, string> | null} seen
 * @property {Record<string, string> | null} article
 * @property {string[]} tasks
 * @property {string[]} controls
 * @property {string[]} touch what to take hold of first: "b.3", "mask.2", "temperature" …
 * @property {"flow" | "plane" | "softmax" | "loss" | "code"} stage the view in which the stage opens
 * @property {[number, number] | null} axes the columns that its plane shows
 * @property {Record<string, string[]>} rows
 * @property {Record<string, string[]>} columns
 * @property {Prediction | null} predict
 * @property {Challenge} challenge
 * @property {PlainScene} scene
 * @property {Objective} objective
 * @property {boolean} learns
 * @property {string} [stage] the view of its picture
 * @property {[number, number]} [axes] of the picture's plane
 * @property {{ x: Range | Range[], w: Range, b: Range, query: Range, temperature: Range, wq: Range | null, wk: Range | null, wv: Range | null, pos: Range | null }} ranges
 * @property {string} [own] of a reader's own file: what stands in the address for it
 * @property {string} [source] its text
 * @property {string} [puzzle] its name, where the lesson is one
 */

export {};
