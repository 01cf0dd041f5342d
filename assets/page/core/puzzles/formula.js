// A formula of a few lines, as NumPy would have it: `weights = softmax(20 * x[:, 0])`, then
// `output = weights @ x`. Read and computed here; nothing of it is ever run as a program.

import { Refused } from "../refused.js";
import { FUNCTIONS, calculate, picked, shapeOf } from "./formula-values.js";

/** @import { Matrix, Vector } from "../types.js" */
/** @import { Value } from "./formula-values.js" */
/** @import { Puzzle } from "./types.js" */
/** @typedef {(names: Map<string, Value>) => Value} Compute */
/** @typedef {{ kind: "number" | "name" | "sign" | "end", text: string }} Token */
/** @typedef {{ tokens: Token[], at: number, depth: number }} Reading */

const [MOST_LINES, LONGEST_LINE, DEEPEST] = [3, 200, 40];
const TOKEN =
  /\s*(?:((?:\d+(?:\.\d+)?|\.\d+)(?:e[-+]?\d+)?)|([A-Za-z_]\w*)|(\*\*|[<>=!]=|[-+*/@<>()[\],:=]))/y;
// What binds more tightly is larger.
const BINDING = new Map(
  Object.entries({
    ...{ "<": 1, ">": 1, "<=": 1, ">=": 1, "==": 1, "!=": 1 },
    ...{ "+": 2, "-": 2, "*": 3, "/": 3, "@": 3, "**": 5 },
  }),
);
const NEGATION = 4; // in front of something

/** -> what computes all its names for other inputs. `x` has the rows; `i` are their places from 0, `n` is how
 * many there are, `asked` is what the puzzle is about, and `step` the place of the row that asks, if one does.
 * @type {(text: string) => (x: Matrix, asked: number, step?: number | null) => Map<string, Value>} */
export function readFormula(text) {
  const lines = text.split("\n").filter((line) => line.trim());
  if (!lines.length || lines.length > MOST_LINES)
    throw new Refused("puzzle_formula_lines", { most: MOST_LINES, came: lines.length });
  const steps = lines.map((line) => readLine(line));
  const last = steps[steps.length - 1].name;
  if (last !== "output") throw new Refused("puzzle_formula_last", { came: last });
  return (x, asked, step = null) => {
    /** @type {Map<string, Value>} */
    const names = new Map();
    names.set("x", x).set("n", x.length).set("asked", asked);
    names.set(
      "i",
      x.map((_, row) => row),
    );
    if (step !== null) names.set("step", step);
    for (const { name, compute } of steps) names.set(name, compute(names));
    return names;
  };
}

/** How many numbers the output of a puzzle has.
 * @type {(puzzle: Puzzle, x: Matrix) => number} */
export function outputSize({ start, outputs }, x) {
  if (start.kind === "self_attention") return outputs.length;
  return start.kind === "gate" ? x.length : x[0].length;
}

/** The output of a formula, which must have so many numbers.
 * @type {(names: Map<string, Value>, count: number) => Vector} */
export function outputIn(names, count) {
  const named = names.get("output");
  const output = count === 1 && typeof named === "number" ? [named] : named;
  if (Array.isArray(output) && output.length === count && output.every(Number.isFinite))
    return /** @type {Vector} */ (output);
  if (![output].flat(2).every(Number.isFinite)) throw new Refused("puzzle_formula_infinite");
  const isSingle = !Array.isArray(output);
  throw new Refused(isSingle ? "puzzle_formula_single" : "puzzle_formula_output", {
    count,
    came: shapeOf(output ?? 0),
  });
}

/** @type {(line: string) => { name: string, compute: Compute }} */
function readLine(line) {
  if (line.length > LONGEST_LINE)
    throw new Refused("puzzle_formula_long", { most: LONGEST_LINE, came: line.length });
  const reading = { tokens: tokensOf(line), at: 0, depth: 0 };
  const name = next(reading);
  if (name.kind !== "name") throw unexpected("name =", name);
  takeSign(reading, "=");
  const compute = expression(reading, 0);
  if (peek(reading).kind !== "end") throw unexpected("+ - * / @", peek(reading));
  return { name: name.text, compute };
}

/** @type {(line: string) => Token[]} */
function tokensOf(line) {
  /** @type {Token[]} */
  const tokens = [];
  const written = line.replaceAll("−", "-").replaceAll("·", "@").trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < written.length) {
    const begin = TOKEN.lastIndex;
    const found = TOKEN.exec(written);
    if (!found)
      throw new Refused("puzzle_formula_sign", { came: [...written.slice(begin).trim()][0] });
    const [, number, name, sign] = found;
    const kind = number ? "number" : name ? "name" : "sign";
    tokens.push({ kind, text: number ?? name ?? sign });
  }
  return [...tokens, { kind: "end", text: "" }];
}

/** @type {(reading: Reading) => Token} */
const peek = ({ tokens, at }) => tokens[at];

/** @type {(reading: Reading) => Token} */
function next(reading) {
  const token = peek(reading);
  if (token.kind !== "end") reading.at += 1;
  return token;
}

/** @type {(reading: Reading, sign: string) => void} */
function takeSign(reading, sign) {
  const token = next(reading);
  if (token.text !== sign) throw unexpected(sign, token);
}

/** @type {(wanted: string, token: Token) => Refused} */
function unexpected(wanted, { text }) {
  return new Refused("puzzle_formula_expected", { wanted, came: text || "—" });
}

/** Operator precedence (Pratt 1973): goes on as long as what follows binds more tightly.
 * @type {(reading: Reading, least: number) => Compute} */
function expression(reading, least) {
  reading.depth += 1;
  if (reading.depth > DEEPEST) throw new Refused("puzzle_formula_deep", { most: DEEPEST });
  let left = operand(reading);
  for (;;) {
    const { text } = peek(reading);
    const binding = BINDING.get(text);
    if (text === "[") left = indexed(reading, left);
    else if (binding === undefined || binding <= least) break;
    else left = operated(reading, left, binding);
  }
  reading.depth -= 1;
  return left;
}

/** @type {(reading: Reading, left: Compute, binding: number) => Compute} */
function operated(reading, left, binding) {
  const { text } = next(reading);
  // 2 ** 3 ** 2 is 2 ** (3 ** 2).
  const right = expression(reading, text === "**" ? binding - 1 : binding);
  return (names) => calculate(text, left(names), right(names));
}

/** @type {(reading: Reading) => Compute} */
function operand(reading) {
  const token = next(reading);
  const { kind, text } = token;
  if (kind === "number") return () => Number(text);
  if (kind === "name" && peek(reading).text === "(") return called(reading, text);
  if (kind === "name") return (names) => namedValue(names, text);
  if (text === "-") {
    const right = expression(reading, NEGATION);
    return (names) => calculate("*", -1, right(names));
  }
  if (text === "(") {
    const inner = expression(reading, 0);
    takeSign(reading, ")");
    return inner;
  }
  if (text === "[") {
    const items = commaList(reading, "]");
    return (names) => items.map((item) => item(names)).map(onlyNumber);
  }
  throw unexpected("x", token);
}

/** @type {(value: Value) => number} */
function onlyNumber(value) {
  if (typeof value !== "number") throw new Refused("puzzle_formula_list");
  return value;
}

/** @type {(names: Map<string, Value>, name: string) => Value} */
function namedValue(names, name) {
  const value = names.get(name);
  if (value === undefined)
    throw new Refused("puzzle_formula_name", { allowed: [...names.keys()], came: name });
  return value;
}

/** @type {(reading: Reading, name: string) => Compute} */
function called(reading, name) {
  if (!FUNCTIONS.has(name))
    throw new Refused("puzzle_formula_function", { allowed: [...FUNCTIONS.keys()], came: name });
  const { counts, apply } = /** @type {import("./formula-values.js").Callable} */ (
    FUNCTIONS.get(name)
  );
  takeSign(reading, "(");
  const items = commaList(reading, ")");
  if (!counts.includes(items.length))
    throw new Refused("puzzle_formula_arguments", {
      name,
      count: counts.join("/"),
      came: items.length,
    });
  return (names) => apply(...items.map((item) => item(names)));
}

/** @type {(reading: Reading, end: string) => Compute[]} */
function commaList(reading, end) {
  const items = [];
  while (peek(reading).text !== end) {
    items.push(expression(reading, 0));
    if (peek(reading).text === ",") next(reading);
    else break;
  }
  takeSign(reading, end);
  return items;
}

/** `x[2]` is a row or a number, `x[:, 0]` a column, `x[2, 0]` a number of a row.
 * @type {(reading: Reading, value: Compute) => Compute} */
function indexed(reading, value) {
  takeSign(reading, "[");
  const isColumn = peek(reading).text === ":";
  if (isColumn) {
    next(reading);
    takeSign(reading, ",");
  }
  const place = expression(reading, 0);
  const isBoth = !isColumn && peek(reading).text === ",";
  if (isBoth) next(reading);
  const ofRow = isBoth ? expression(reading, 0) : null;
  takeSign(reading, "]");
  return (names) => {
    const found = picked(value(names), onlyNumber(place(names)), isColumn);
    return ofRow ? picked(found, onlyNumber(ofRow(names)), false) : found;
  };
}
