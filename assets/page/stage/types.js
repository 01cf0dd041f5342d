// What the stage's files hand to each other; nothing here runs.

/** @import { Scene, Trace } from "../core/types.js" */
/** @import { Plane } from "./axes.js" */

/** @typedef {{ width: number, height: number }} Size in pixels */
/**
 * @typedef {object} View one way to see the scene
 * @property {Element} node
 * @property {(scene: Scene, size: Size) => void} build for a scene of this shape
 * @property {(shown: Trace, trace: Trace) => void} update shown: the numbers on their way to those of the trace
 * @property {() => void} [rest] the hand rests
 * @property {boolean} [moves] whether a hand can take hold of something in it
 */

/** @typedef {{ plane: Plane, nodes: SVGElement[], update: View["update"], placeLabels: (trace: Trace) => void, sortPoints: (trace: Trace) => void }} PlaneDrawing */

export {};
