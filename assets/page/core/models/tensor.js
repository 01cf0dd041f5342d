// Tensors for the models that answer in the browser: an array of numbers and its shape.

/** @import { Tensor } from "./types.js" */

/** @type {(shape: number[], data?: Float64Array | Float32Array) => Tensor} */
export function tensor(shape, data = new Float64Array(shape.reduce((a, b) => a * b, 1))) {
  return { shape, data };
}

/** A list of numbers, or of lists of them.
 * @type {(values: any) => Tensor} */
export function tensorOf(values) {
  const shape = [];
  for (let one = values; Array.isArray(one); one = one[0]) shape.push(one.length);
  return tensor(shape, Float64Array.from(values.flat(shape.length)));
}

/** -> its last axis, and how many rows of that length it has
 * @type {(x: Tensor) => [rows: number, columns: number]} */
export function rowsOf({ shape, data }) {
  const columns = shape[shape.length - 1];
  return [data.length / columns, columns];
}

/** -> a list a row
 * @type {(x: Tensor) => number[][]} */
export function toRows(x) {
  const [rows, columns] = rowsOf(x);
  return Array.from({ length: rows }, (_, i) => [
    ...x.data.subarray(i * columns, (i + 1) * columns),
  ]);
}

/** Steps, after those that were there before, if any.
 * @type {(steps: Tensor, before?: Tensor) => Tensor} */
export function appended(steps, before) {
  if (!before?.data.length) return steps;
  const all = new Float64Array(before.data.length + steps.data.length);
  all.set(before.data);
  all.set(steps.data, before.data.length);
  return tensor([before.shape[0] + steps.shape[0], ...steps.shape.slice(1)], all);
}

/** x (…, n) · kernel (n, m) + bias (m) -> (…, m)
 * @type {(x: Tensor, kernel: Tensor, bias?: Tensor | null) => Tensor} */
export function project(x, kernel, bias = null) {
  const [rows, width] = rowsOf(x);
  const units = kernel.shape[1];
  const made = tensor([...x.shape.slice(0, -1), units]);
  if (bias) for (let row = 0; row < rows; row += 1) made.data.set(bias.data, row * units);
  let row = 0;
  if (units % 4 === 0)
    for (; row + 2 <= rows; row += 2)
      addPairProjected(x.data, row * width, kernel, made.data, row * units);
  for (; row < rows; row += 1) addProjected(x.data, row * width, kernel, made.data, row * units);
  return made;
}

/** Adds to `into`, from its number `at` on, what a kernel (n, m) makes of the n numbers from `begin` on: four
 * rows of the kernel at once, for most of the time goes into reading and writing `into`.
 * @type {(x: Tensor["data"], begin: number, kernel: Tensor, into: Tensor["data"], at: number) => void} */
export function addProjected(x, begin, { shape: [width, units], data }, into, at) {
  let i = 0;
  for (; i + 4 <= width; i += 4) {
    const [a, b, c, d] = [x[begin + i], x[begin + i + 1], x[begin + i + 2], x[begin + i + 3]];
    if (a === 0 && b === 0 && c === 0 && d === 0) continue;
    const first = i * units;
    const [second, third, fourth] = [first + units, first + 2 * units, first + 3 * units];
    for (let j = 0; j < units; j += 1)
      into[at + j] +=
        a * data[first + j] + b * data[second + j] + c * data[third + j] + d * data[fourth + j];
  }
  for (; i < width; i += 1)
    for (let j = 0; j < units; j += 1) into[at + j] += x[begin + i] * data[i * units + j];
}

/** The same for two rows of x at once, of a kernel with m a multiple of 4: eight sums stay in registers until
 * they are whole, which takes half the time.
 * @type {(x: Tensor["data"], begin: number, kernel: Tensor, into: Tensor["data"], at: number) => void} */
function addPairProjected(x, begin, { shape: [width, units], data }, into, at) {
  for (let j = 0; j < units; j += 4) {
    let [a0, a1, a2, a3, b0, b1, b2, b3] = [0, 0, 0, 0, 0, 0, 0, 0];
    for (let i = 0, k = j; i < width; i += 1, k += units) {
      const a = x[begin + i];
      const b = x[begin + width + i];
      a0 += a * data[k];
      a1 += a * data[k + 1];
      a2 += a * data[k + 2];
      a3 += a * data[k + 3];
      b0 += b * data[k];
      b1 += b * data[k + 1];
      b2 += b * data[k + 2];
      b3 += b * data[k + 3];
    }
    const [first, second] = [at + j, at + units + j];
    into[first] += a0;
    into[first + 1] += a1;
    into[first + 2] += a2;
    into[first + 3] += a3;
    into[second] += b0;
    into[second + 1] += b1;
    into[second + 2] += b2;
    into[second + 3] += b3;
  }
}

/** The sum of rows of a matrix, each times its weight, from `begin` on in the weights.
 * @type {(weights: ArrayLike<number>, matrix: Tensor, into: Tensor["data"], at?: number) => void} */
export function addWeighted(weights, { shape: [rows, columns], data }, into, at = 0) {
  for (let i = 0; i < rows; i += 1) {
    const weight = weights[i];
    if (weight === 0) continue;
    for (let j = 0; j < columns; j += 1) into[at + j] += weight * data[i * columns + j];
  }
}

/** @type {(a: Tensor["data"], from: number, b: Tensor["data"], at: number, length: number) => number} */
export function dotOf(a, from, b, at, length) {
  let sum = 0;
  for (let i = 0; i < length; i += 1) sum += a[from + i] * b[at + i];
  return sum;
}
