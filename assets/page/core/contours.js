// Lines of equal height on a grid, by marching squares. No page in here.

/** @typedef {[x: number, y: number]} GridPlace columns and rows, from 0 */
/** @typedef {[from: GridPlace, to: GridPlace]} Segment */

// Of a square the sides that a line crosses, by which corners are higher: 1 top left, 2 top right,
// 4 bottom right, 8 bottom left. Sides: 0 top, 1 right, 2 bottom, 3 left.
const CROSSED = ["", "30", "01", "31", "12", "30 12", "02", "32"]
  .concat(["23", "02", "01 23", "12", "13", "01", "30", ""])
  .map((sides) => sides.split(" ").filter(Boolean));

/** The pieces of the line at a height, over a square grid of so many columns.
 * @type {(heights: ArrayLike<number>, size: number, level: number) => Segment[]} */
export function contour(heights, size, level) {
  /** @type {Segment[]} */
  const segments = [];
  for (let at = 0; at < size * (size - 1); at += 1) {
    if (at % size === size - 1) continue;
    const [topLeft, topRight] = [heights[at], heights[at + 1]];
    const [footRight, footLeft] = [heights[at + size + 1], heights[at + size]];
    const above =
      Number(topLeft > level) +
      2 * Number(topRight > level) +
      4 * Number(footRight > level) +
      8 * Number(footLeft > level);
    if (above === 0 || above === 15) continue;
    const corners = [topLeft, topRight, footRight, footLeft];
    const [column, row] = [at % size, Math.floor(at / size)];
    for (const [from, to] of CROSSED[above])
      segments.push([
        crossing(Number(from), corners, level, column, row),
        crossing(Number(to), corners, level, column, row),
      ]);
  }
  return segments;
}

/** Where the line crosses a side of the square, between its two corners.
 * @type {(side: number, corners: number[], level: number, column: number, row: number) => GridPlace} */
function crossing(side, corners, level, column, row) {
  const [one, other] = [corners[side], corners[(side + 1) % 4]];
  const part = (level - one) / (other - one);
  if (side === 0) return [column + part, row];
  if (side === 1) return [column + 1, row + part];
  return side === 2 ? [column + 1 - part, row + 1] : [column, row + 1 - part];
}
