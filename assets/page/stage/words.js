// Words in a drawing, where no line breaks and nothing is cut off by itself.

import { make } from "../ui/dom.js";

const measure = /** @type {CanvasRenderingContext2D} */ (make("canvas").getContext("2d"));

/** Of a row's name, in letters of so many pixels.
 * @type {(size: number) => string} */
export const nameFont = (size) => `600 ${size}px system-ui, sans-serif`;

/** In pixels.
 * @type {(words: string, font: string) => number} */
export function textWidth(words, font) {
  measure.font = font;
  return measure.measureText(words).width;
}

/** A name in so many pixels; what does not fit ends in "…".
 * @type {(name: string, width: number, font: string) => string} */
export function shortened(name, width, font) {
  if (textWidth(name, font) <= width) return name;
  const letters = [...name];
  while (letters.length > 1 && textWidth(`${letters.join("")}…`, font) > width) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}
