// What is done with each number alone, or with numbers side by side: masks are made of it.

import { appended, rowsOf, tensor } from "./tensor.js";

/** @import { Op } from "./types.js" */

/** @type {(of: (number: number, value: number) => number) => Op} */
const each = (of) =>
  function eachNumber({ inputs: [x], node }) {
    const made = tensor(x.shape);
    for (let i = 0; i < x.data.length; i += 1) made.data[i] = of(x.data[i], node.value);
    return [made];
  };

/** @type {(of: (a: number, b: number) => number) => Op} */
const pairs = (of) =>
  function eachPair({ inputs: [a, b] }) {
    const made = tensor(a.shape);
    for (let i = 0; i < a.data.length; i += 1) made.data[i] = of(a.data[i], b.data[i]);
    return [made];
  };

export const notEqual = each((number, value) => Number(number !== value));
export const greater = each((number, value) => Number(number > value));
export const onesLike = each(() => 1);
export const asItIs = each((number) => number); // a mask is numbers here anyway
export const multiply = pairs((a, b) => a * b);
export const addUp = pairs((a, b) => a + b);
export const logicalOr = pairs((a, b) => Number(a || b));

/** Whether anything in a row is not 0.
 * @type {Op} */
export function anyOf({ inputs: [x] }) {
  const [rows, columns] = rowsOf(x);
  const found = tensor([rows]);
  for (let i = 0; i < rows; i += 1)
    found.data[i] = Number(x.data.subarray(i * columns, (i + 1) * columns).some(Boolean));
  return [found];
}

/** What it remembers is the sum so far.
 * @type {Op} */
export function cumulativeSum({ inputs: [x], node, memory }) {
  const before = memory?.get(node)?.[0];
  let sum = before?.data.at(-1) ?? 0;
  const sums = Float64Array.from(x.data, (number) => (sum += number));
  memory?.set(node, [appended(tensor([sums.length], sums), before)]);
  return [tensor(x.shape, sums)];
}

/** Side by side along the last axis.
 * @type {Op} */
export function concatenate({ inputs }) {
  const [[rows], widths] = [rowsOf(inputs[0]), inputs.map((one) => rowsOf(one)[1])];
  const width = widths.reduce((a, b) => a + b);
  const made = tensor([...inputs[0].shape.slice(0, -1), width]);
  for (let row = 0; row < rows; row += 1) {
    let at = row * width;
    inputs.forEach(({ data }, i) => {
      made.data.set(data.subarray(row * widths[i], (row + 1) * widths[i]), at);
      at += widths[i];
    });
  }
  return [made];
}

/** One step, counted from the end where it is negative.
 * @type {Op} */
export function oneStep({ inputs: [x], node: { index } }) {
  const [rows, columns] = rowsOf(x);
  const row = index < 0 ? rows + index : index;
  return [tensor([columns], x.data.slice(row * columns, (row + 1) * columns))];
}

/** The mean of the visible steps; of none it is 0, as in the article's attention, where Keras divides 0 by 0.
 * @type {Op} */
export function meanOfSteps({ inputs: [x], mask }) {
  const [rows, columns] = rowsOf(x);
  const mean = tensor([columns]);
  let count = 0;
  for (let row = 0; row < rows; row += 1) {
    if (mask && !mask.data[row]) continue;
    count += 1;
    for (let j = 0; j < columns; j += 1) mean.data[j] += x.data[row * columns + j];
  }
  return [
    tensor(
      [columns],
      mean.data.map((sum) => sum / (count || 1)),
    ),
  ];
}
