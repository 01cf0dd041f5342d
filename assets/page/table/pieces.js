// What each row adds to an output, weight·x, as a piece of a bar in the row's colour. The bar has the
// scale of the column's sliders, so that its end stands where a slider with that number would.

import { equalsSign, readableNumber, threeDigits, twoDecimals } from "../core/numbers.js";
import { rangeOf } from "../state/lessons.js";
import { labelText, text } from "../state/texts.js";
import { make } from "../ui/dom.js";
import { rowStyle } from "../ui/rows.js";

/** @import { Scene, Trace } from "../core/types.js" */

/** @typedef {{ update: (trace: Trace) => void, say: (trace: Trace) => void }} Pieces say: in words, for who points at one */

/** Into the cell of the number that they add up to.
 * @type {(cell: HTMLElement, scene: Scene, column: number, rows: number[]) => Pieces} */
export function withPieces(cell, scene, column, rows) {
  const pieces = rows.map((row) => pieceOf(row, column));
  const zero = make("s");
  cell.classList.add("sum");
  cell.prepend(
    make(
      "div",
      { class: "pieces", "aria-hidden": "true" },
      ...pieces.map(({ node }) => node),
      zero,
    ),
  );
  const [least, most] = rangeOf(column);
  let [low, high] = [Math.min(least, 0), Math.max(most, 0)];
  return {
    update({ weights }) {
      for (const row of rows) {
        low = Math.min(low, scene.x[row][column]); // it widens as the slider does
        high = Math.max(high, scene.x[row][column]);
      }
      const size = high - low || 1;
      let [left, right] = [-low / size, -low / size];
      zero.style.left = partOf(left);
      pieces.forEach((piece, i) => {
        const value = weights[rows[i]] * scene.x[rows[i]][column];
        const width = Math.abs(value) / size;
        if (value < 0) left -= width;
        piece.show(value, value < 0 ? left : right, width);
        if (value > 0) right += width;
      });
    },
    say({ weights }) {
      pieces.forEach(({ node }, i) => {
        const [weight, x] = [weights[rows[i]], scene.x[rows[i]][column]];
        const name = labelText(scene.rows[rows[i]]);
        const [share, number] = [threeDigits(weight), readableNumber(x)];
        const value = twoDecimals(weight * x);
        const sign = equalsSign([weight, share], [x, number], [weight * x, value]);
        const title = text("piece", { name, share, number, sign, value });
        if (node.title !== title) node.title = title;
      });
    },
  };
}

/** @param {number} row @param {number} column */
function pieceOf(row, column) {
  const attributes = { style: rowStyle(row), "data-testid": `share-${row}-${column}` };
  const node = make("i", attributes);
  let [shown, at, long] = [NaN, NaN, NaN];
  return {
    node,
    /** @type {(value: number, start: number, width: number) => void} */
    show(value, start, width) {
      if (!Object.is(value, shown)) node.dataset.value = String(value);
      if (start !== at) node.style.left = partOf(start);
      if (width !== long) node.style.width = partOf(width);
      [shown, at, long] = [value, start, width];
    },
  };
}

/** @type {(share: number) => string} */
const partOf = (share) => `${Math.round(1e5 * share) / 1e3}%`;
