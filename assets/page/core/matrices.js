// A few operations on matrices, as lists of rows. No page in here.

import { dot } from "./attention.js";

/** @import { Matrix, Vector } from "./types.js" */

/** @type {(matrix: Matrix) => Matrix} */
export function transposed(matrix) {
  return matrix[0].map((_, column) => matrix.map((row) => row[column]));
}

/** a (n, k), b (k, m) -> (n, m)
 * @type {(a: Matrix, b: Matrix) => Matrix} */
export function product(a, b) {
  const columns = transposed(b);
  return a.map((row) => columns.map((column) => dot(row, column)));
}

/** @type {(matrices: Matrix[]) => Matrix} */
export function sumOf(matrices) {
  return matrices[0].map((row, i) =>
    row.map((_, j) => matrices.reduce((sum, matrix) => sum + matrix[i][j], 0)),
  );
}

/** @type {(vector: Vector) => number} */
export function normOf(vector) {
  return Math.sqrt(dot(vector, vector));
}
