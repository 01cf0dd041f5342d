// What the server answers to the tab of variations (attention/ui/gallery.py); nothing here runs.

/** @import { Matrix } from "../core/types.js" */
/** @import { Applied, Parameters } from "../core/variations.js" */
/** @typedef {{ names: string[], features: string[], x: Matrix | null, padding: number, parameters: Record<string, Parameters>, applied: Record<string, Applied> }} Numbers x: of a sentence, whose last steps are padding; applied: of variations without a twin in the browser */

export {};
