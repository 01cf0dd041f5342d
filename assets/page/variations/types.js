// What the server draws of the variations (attention/ui/gallery.py); nothing here runs.

/** @typedef {{ png: string, width: number, height: number }} Picture png: in base64; sizes in CSS pixels */
/** @typedef {{ image: Picture, parameters: number, multiplications: number }} Drawn */
/** @typedef {{ name: string, number: number }} Step */
/** @typedef {{ image: Picture, largest: number, difference: number, query: Step | null, key: Step }} Comparison */
/** @typedef {{ scale: Picture, cards: Record<string, Drawn>, comparison: Comparison }} Drawings */

export {};
