// A table or a sentence that somebody pastes: what becomes of it, or what is wrong with it. No page in
// here.

import { tidyName } from "./names.js";
import { readNumber } from "./numbers.js";

/** @import { Matrix, Message } from "./types.js" */
/** @typedef {{ rows: number, columns: number, name: number, number: [low: number, high: number] }} PasteLimits */
/** @typedef {{ rows: string[] | null, columns: string[] | null, x: Matrix | null }} Pasted names, "" where there is none; x: null of a sentence */
/** @typedef {{ line: number, cells: string[] }} PastedLine */

/** -> what can stand on the table, or the problem in words of the page
 * @type {(pasted: string, limits: PasteLimits) => { table: Pasted, problem?: undefined } | { table?: undefined, problem: Message }} */
export function readPasted(pasted, limits) {
  const plain = pasted
    .replace(/^\uFEFF/, "")
    .replaceAll("\r\n", "\n")
    .replaceAll("\r", "\n");
  const lines = linesOf(plain, separatorOf(plain));
  if (!lines.length) return refuse("empty", {});
  const found = lines.some(({ cells }) => cells.some(isNumber))
    ? tableOf(lines, limits)
    : { table: { rows: tidyName(plain).split(" "), columns: null, x: null } };
  return found.table ? withinLimits(found.table, limits) : found;
}

/** @type {(key: string, values: Record<string, any>) => { problem: Message }} */
const refuse = (key, values) => ({ problem: { key: `paste_${key}`, values } });

/** @type {(cell: string) => boolean} */
const isNumber = (cell) => readNumber(cell) !== null;

/** A tab as from a spreadsheet, a semicolon, a comma; spaces between nothing but numbers.
 * @type {(plain: string) => string} */
function separatorOf(plain) {
  const found = ["\t", ";", ","].find((sign) => plain.includes(sign));
  const areNumbers = !found && plain.trim().split(/\s+/).every(isNumber);
  return found ?? (areNumbers ? " " : "\n");
}

/** Lines that hold something, their cells without the quotes around them.
 * @type {(plain: string, separator: string) => PastedLine[]} */
function linesOf(plain, separator) {
  /** @type {PastedLine[]} */
  const lines = [];
  let [cell, isQuoted, line] = ["", false, 1];
  /** @type {string[]} */
  let cells = [];
  const endCell = () => {
    cells.push(cell.trim());
    cell = "";
  };
  const endLine = () => {
    endCell();
    if (cells.some(Boolean)) lines.push({ line, cells });
    cells = [];
    line += 1;
  };
  for (let i = 0; i < plain.length; i += 1) {
    const sign = plain[i];
    if (isQuoted) {
      if (sign !== '"') cell += sign;
      else if (plain[i + 1] === '"') cell += plain[(i += 1)];
      else isQuoted = false;
    } else if (sign === '"' && !cell.trim()) isQuoted = true;
    else if (sign === "\n") endLine();
    else if (sign !== separator) cell += sign;
    else if (separator !== " " || cell) endCell();
  }
  endLine();
  if (separator === " ") for (const { cells } of lines) if (!cells.at(-1)) cells.pop();
  return lines;
}

/** The first line may be names of the columns, the first column names of the rows.
 * @type {(lines: PastedLine[], limits: PasteLimits) => { table: Pasted, problem?: undefined } | { table?: undefined, problem: Message }} */
function tableOf(lines, { number: [low, high] }) {
  const [first] = lines;
  const rest = first.cells.length > 1 ? first.cells.slice(1) : first.cells;
  const hasHead = lines.length > 1 && rest.some(Boolean) && !rest.some(isNumber);
  const body = hasHead ? lines.slice(1) : lines;
  const hasNames =
    body.some(({ cells }) => !isNumber(cells[0])) ||
    (hasHead && first.cells.length > 1 && !first.cells[0]);
  const from = Number(hasNames);
  const width = body[0].cells.length;
  for (const { line, cells } of body)
    if (cells.length !== width)
      return refuse("width", { line, allowed: width, came: cells.length });
  for (const { line, cells } of body)
    for (const came of cells.slice(from)) {
      const number = readNumber(came);
      if (number === null) return refuse("number", { line, came });
      if (!(number >= low && number <= high)) return refuse("range", { line, low, high, came });
    }
  const x = body.map(({ cells }) => cells.slice(from).map((cell) => Number(readNumber(cell))));
  const heads = first.cells.slice(first.cells.length === width ? from : 0);
  if (hasHead && heads.length !== width - from)
    return refuse("width", { line: first.line, allowed: width, came: first.cells.length });
  return {
    table: {
      rows: hasNames ? body.map(({ cells }) => tidyName(cells[0])) : null,
      columns: hasHead ? heads.map(tidyName) : null,
      x,
    },
  };
}

/** @type {(table: Pasted, limits: PasteLimits) => { table: Pasted, problem?: undefined } | { table?: undefined, problem: Message }} */
function withinLimits(table, limits) {
  const { rows, columns, x } = table;
  const [down, across] = [x?.length ?? rows?.length ?? 0, x ? x[0].length : 1];
  if (down > limits.rows) return refuse("rows", { most: limits.rows, came: down });
  if (across < 1 || across > limits.columns)
    return refuse("columns", { most: limits.columns, came: across });
  const long = [...(rows ?? []), ...(columns ?? [])].find((name) => [...name].length > limits.name);
  if (long === undefined) return { table };
  return refuse("name", { most: limits.name, came: [...long].length, name: long });
}
