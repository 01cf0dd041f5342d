// Layers that walk through the steps with a state: LSTM (Hochreiter & Schmidhuber 1997) and GRU (Cho et
// al. 2014, arXiv:1406.1078), as Keras computes them. A masked step leaves the state as it was.

import { addProjected, rowsOf, tensor } from "./tensor.js";

/** @import { Changes, Given, Op, Tensor } from "./types.js" */

/** @type {(x: number) => number} */
const sigmoid = (x) => 1 / (1 + Math.exp(-x));

/** @type {Op} */
export function lstm({ inputs: [x], mask, weights: [kernel, recurrent, bias], node, changes }) {
  const [[steps, width], [units]] = [rowsOf(x), recurrent.shape];
  const gates = new Float64Array(4 * units);
  const states = [new Float64Array(units), new Float64Array(units)];
  const outputs = walk(steps, states, mask, changes, (step, [hidden, cell]) => {
    gates.set(bias.data);
    addProjected(x.data, width * step, kernel, gates, 0);
    addProjected(hidden, 0, recurrent, gates, 0);
    const next = cell.map((kept, j) => {
      const [input, forget] = [sigmoid(gates[j]), sigmoid(gates[units + j])];
      return forget * kept + input * Math.tanh(gates[2 * units + j]);
    });
    return [next.map((kept, j) => sigmoid(gates[3 * units + j]) * Math.tanh(kept)), next];
  });
  return [asked(outputs, units, node.sequences)];
}

/** Its second input, if there is one, is the state that it begins with.
 * @type {Op} */
export function gru({ inputs: [x, begin], mask, weights, node, changes }) {
  const outputs = gruOutputs(x, mask, weights, changes, begin);
  return [asked(outputs, weights[1].shape[0], node.sequences)];
}

/** Two GRUs, of which the second walks backwards, side by side; then the last state of each.
 * @type {Op} */
export function bidirectional({ inputs: [x], mask, weights, changes }) {
  const units = weights[1].shape[0];
  const there = gruOutputs(x, mask, weights.slice(0, 3), changes);
  const backwards = mask && turned(mask, 1);
  const [, width] = rowsOf(x);
  const back = gruOutputs(turned(x, width), backwards, weights.slice(3), changes);
  const steps = there.length;
  const both = tensor([steps, 2 * units]);
  // What is hidden is 0; but Keras (3.15, unrolled) hides the outputs of the way back by the mask as it
  // was for the way there.
  there.forEach((output, i) => {
    if (!mask || mask.data[i]) both.data.set(output, 2 * units * i);
    const turnedPlace = steps - 1 - i;
    if (!mask || mask.data[turnedPlace]) both.data.set(back[turnedPlace], 2 * units * i + units);
  });
  return [both, tensor([units], there[steps - 1]), tensor([units], back[steps - 1])];
}

/** @type {(x: Tensor, mask: Tensor | null, weights: Tensor[], changes: Changes, begin?: Tensor) => Float64Array[]} */
function gruOutputs(x, mask, [kernel, recurrent, biases], changes, begin) {
  const [[steps, width], [units]] = [rowsOf(x), recurrent.shape];
  const [first, second] = [0, 1].map((row) =>
    biases.data.subarray(3 * units * row, 3 * units * (row + 1)),
  );
  const brought = new Float64Array(3 * units); // what the step says
  const heard = new Float64Array(3 * units); // what the state says
  const state = begin ? Float64Array.from(begin.data) : new Float64Array(units);
  return walk(steps, [state], mask, changes, (step, [hidden]) => {
    brought.set(first);
    addProjected(x.data, width * step, kernel, brought, 0);
    heard.set(second);
    addProjected(hidden, 0, recurrent, heard, 0);
    const next = hidden.map((before, j) => {
      const update = sigmoid(brought[j] + heard[j]);
      const reset = sigmoid(brought[units + j] + heard[units + j]);
      const candidate = Math.tanh(brought[2 * units + j] + reset * heard[2 * units + j]);
      return update * before + (1 - update) * candidate;
    });
    return [next];
  });
}

/** -> the output of each step
 * @type {(steps: number, states: Float64Array[], mask: Tensor | null, changes: Changes, next: (step: number, states: Float64Array[]) => Float64Array[]) => Float64Array[]} */
function walk(steps, states, mask, { noRecurrence }, next) {
  const blank = states.map((state) => new Float64Array(state.length));
  let present = states;
  /** @type {Float64Array} */
  let output = blank[0];
  return Array.from({ length: steps }, (_, step) => {
    if (!mask || mask.data[step]) {
      present = next(step, noRecurrence ? blank : present);
      [output] = present;
    }
    return output;
  });
}

/** All outputs, or the last one.
 * @type {(outputs: Float64Array[], units: number, sequences: boolean) => Tensor} */
function asked(outputs, units, sequences) {
  if (!sequences) return tensor([units], outputs[outputs.length - 1]);
  const all = tensor([outputs.length, units]);
  outputs.forEach((output, i) => all.data.set(output, units * i));
  return all;
}

/** The steps from the last to the first.
 * @type {(x: Tensor, width: number) => Tensor} */
function turned(x, width) {
  const made = tensor(x.shape);
  const steps = x.data.length / width;
  for (let i = 0; i < steps; i += 1)
    made.data.set(x.data.subarray(width * i, width * (i + 1)), width * (steps - 1 - i));
  return made;
}
