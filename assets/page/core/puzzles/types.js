// What a puzzle is; nothing here runs.

/** @import { Activation, Kind, Matrix, Positions, Range, Scene, Vector } from "../types.js" */

/** @typedef {Scene | ((x: Matrix, asked: number, step: number) => Vector)} Solution a table, or a formula that says the output */

/** @typedef {"w" | "b" | "query" | "wq" | "wk" | "wv" | "heads" | "causal" | "positions" | "pos" | "activation" | "temperature"} Free what may be changed */
/** @typedef {() => number} Random the next number, at least 0 and less than 1 */
/**
 * @typedef {object} Start what stands on the table at first: x is an example, all the rest is graded
 * @property {Kind} kind
 * @property {string[]} columns the last word of their texts, `puzzle_column_…`
 * @property {Matrix} x
 * @property {any} [w]
 * @property {Vector} [b]
 * @property {Vector} [query]
 * @property {Activation} [activation] as a rule "linear"
 * @property {Matrix} [wq] this and what follows: of self-attention
 * @property {Matrix} [wk]
 * @property {Matrix} [wv]
 * @property {Positions} [positions]
 * @property {Matrix} [pos] for as many places as a scene has at most
 * @property {{ x: Range, w?: Range, b?: Range, query?: Range, wq?: Range, wk?: Range, wv?: Range, pos?: Range, temperature?: Range }} ranges of the sliders
 */
/**
 * @typedef {object} Puzzle
 * @property {Start} start
 * @property {Free[]} free
 * @property {string[]} touch the controls beside the stage, as a lesson names them
 * @property {[fewest: number, most: number]} rows that a scene has
 * @property {number[]} asks what it may be about, one of which the seed chooses; [0]: always the same
 * @property {"row" | "column" | "number"} [asked] what that is
 * @property {(random: Random, count: number, asked: number) => Matrix} scene a random one
 * @property {(asked: number) => Matrix[]} edges ties, extremes, one row: what chance hardly ever brings
 * @property {(number[] | null)[]} values what may stand in a column; null: any number
 * @property {(x: Matrix, asked: number) => boolean} [allows] which scenes the rule speaks of
 * @property {(x: Matrix, asked: number, step: number, at: number) => Vector} weights the right ones; in self-attention of a step that asks, for a number of its output
 * @property {number[]} outputs the places of the output that count
 * @property {number} [says] of self-attention: the column of x of which the output is made
 * @property {(output: Vector, x: Matrix) => boolean} [judge] instead of a comparison with the right output
 */

export {};
