// What the table's files hand to each other; nothing here runs.

/** @import { Part, Trace } from "../core/types.js" */
/** @import { NumberControl } from "../ui/number-control.js" */

/** @typedef {{ node: HTMLElement, show: (gradient: number, at: number, size: number, turns: boolean) => void }} Lane at: where the slider stands, 0 to 1; size: of the gradient beside the largest one */
/** @typedef {{ role: string, list: number[], index: number, part?: Part, control: NumberControl, lane: Lane }} Learned a slider that training can move */
/**
 * @typedef {object} Layout how a table is laid out
 * @property {boolean} isGate
 * @property {boolean} isSelf
 * @property {number[]} steps
 * @property {number[]} features
 * @property {number[]} across one column of weights each
 * @property {boolean} withBias
 * @property {boolean} withProduct without a bias it is the logit
 * @property {boolean} withLogit else it is the score
 * @property {number} decimals of the scores
 * @property {(() => void)[]} relabels what to call when a name has changed
 * @property {(() => void)[]} follows what to call when a number has moved elsewhere
 * @property {Learned[]} learned
 */
/**
 * @typedef {object} Row
 * @property {HTMLElement} node
 * @property {(share: number | null) => void} aim where the weight should be, on its bar; null: nowhere
 * @property {(weight: number | null) => void} pin an earlier weight, as an outline on its bar; null: none
 * @property {(trace: Trace) => void} say what its piece of the output is, in words
 * @property {(trace: Trace) => void} update
 */
/** @typedef {{ testid: string, role: string, range: import("../core/types.js").Range, list: number[], index: number, part?: Part | null, name: () => string, heading: () => string }} SliderOptions part: of self-attention, what it is one of; null: it does not learn */
/** @typedef {{ key: "row" | "column", sign?: Element, labels: import("../core/types.js").Label[], index: number, onremove: (event: MouseEvent) => void, attributes: Record<string, string> }} NameOptions */

export {};
