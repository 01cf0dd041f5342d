// A series of one's own: one number a line, or a date and a number, as a spreadsheet saves them.

import { Refused } from "../../refused.js";

/** @import { ReadExample } from "../types.js" */
/** @typedef {{ days: number, least: number, period: number }} SeriesReader days: that are taken, the last ones; least: of these, so many must have a number */
/** @typedef {{ line: number, date: string | null, value: string }} SeriesRow */

const [MOST_ROWS, LARGEST_VALUE, LONGEST_SERIES] = [1000, 1e9, 100_000]; // characters
const SEPARATORS = ["\t", ";", ","];
const NUMBER = /^[+\-−]?(\d+([.,]\d+)?|[.,]\d+)$/;
// "1,234": in one country one thousand and more, in another one and a quarter.
const THOUSANDS_OR_DECIMALS = /^[+\-−]?[1-9]\d{0,2},\d{3}$/;
// Others may be read in two ways: 03/04/2026.
const DATES = [
  /^(?<y>\d{4})-(?<m>\d{1,2})-(?<d>\d{1,2})$/,
  /^(?<d>\d{1,2})\.(?<m>\d{1,2})\.(?<y>\d{4})$/,
];
const YEARS = [1900, 2200];
const DAY = 24 * 3600 * 1000;

/** Columns between tabs, semicolons or commas; the first row may be a header. Numbers may have a decimal
 * comma wherever it cannot be taken for a separator. Rows with dates may stand in any order, and days may
 * be missing.
 * @type {(reader: SeriesReader, own: { text: string }) => ReadExample} */
export function readSeries({ days, least, period }, { text }) {
  const count = [...text].length;
  if (count > LONGEST_SERIES)
    throw new Refused("refused_long", { most: LONGEST_SERIES, came: count });
  const rows = rowsIn(text.trim());
  const numbers = rows.map(numberIn);
  const { values, dates } = rows.every(({ date }) => date === null)
    ? { values: numbers.slice(-days), dates: null }
    : byDate(datesOf(rows), numbers, days);
  const known = values.filter((value) => value !== null).length;
  if (known < least) throw new Refused("refused_series_short", { least, most: days, came: known });
  const steps = dates ? dates.map(isoDate) : values.map((_, i) => String(i + 1));
  const after = dates ? isoDate(dates[dates.length - 1] + DAY) : String(values.length + 1);
  const more = { values, rare: [], after, period, near: null };
  return { x: [encoded(values, days, period)], steps, truth: null, ...more };
}

/** Of each day its value, as a share of the usual one, and which day of the period it is, counted from that
 * of the day after.
 * @type {(values: (number | null)[], days: number, period: number) => number[][]} */
function encoded(values, days, period) {
  const usual = usualValue(values);
  const begin = days - values.length;
  return Array.from({ length: days }, (_, day) => {
    const value = values[day - begin] ?? null;
    const step = Array(1 + period).fill(0);
    if (value === null) return step;
    // 32 bits, as the models were trained.
    step[0] = Math.fround(value / usual);
    step[1 + (day % period)] = 1;
    return step;
  });
}

/** The median of the days that something is known of; a shop that was mostly closed has none.
 * @type {(values: (number | null)[]) => number} */
export function usualValue(values) {
  const known = /** @type {number[]} */ (values.filter((value) => value !== null));
  const open = known.filter(Boolean);
  return median(known) || median(open.length ? open : [1]);
}

/** @type {(values: number[]) => number} */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** @type {(text: string) => SeriesRow[]} */
function rowsIn(text) {
  const lines = text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|[\n\r\v\f\x1C-\x1E\x85\u2028\u2029]/)
    .map((line, i) => ({ line, number: i + 1 }))
    .filter(({ line }) => line.trim());
  if (lines.length > MOST_ROWS)
    throw new Refused("refused_series_long", { most: MOST_ROWS, came: lines.length });
  const separator = SEPARATORS.find((sign) => text.includes(sign)) ?? ",";
  const rows = lines.map(({ line, number }) => seriesRow(number, line, separator));
  return rows.length > 1 && isHeader(rows[0]) ? rows.slice(1) : rows;
}

/** @type {(number: number, line: string, separator: string) => SeriesRow} */
function seriesRow(number, line, separator) {
  if (separator === "," && NUMBER.test(line.trim()))
    return { line: number, date: null, value: line.trim() }; // its comma is a decimal one
  const cells = cellsOf(line, separator).map((cell) => cell.trim());
  if (cells.length > 2)
    throw new Refused("refused_series_columns", { line: number, came: cells.length });
  return {
    line: number,
    date: cells.length === 2 ? cells[0] : null,
    value: cells[cells.length - 1],
  };
}

/** Cells may stand in quotation marks, as spreadsheets write them.
 * @type {(line: string, separator: string) => string[]} */
function cellsOf(line, separator) {
  const cells = [""];
  let isQuoted = false;
  for (let i = 0; i < line.length; i += 1) {
    const last = cells.length - 1;
    if (line[i] === '"' && (isQuoted || !cells[last])) {
      if (isQuoted && line[i + 1] === '"') cells[last] += line[(i += 1)];
      else isQuoted = !isQuoted;
    } else if (line[i] === separator && !isQuoted) cells.push("");
    else cells[last] += line[i];
  }
  return cells;
}

/** @type {(row: SeriesRow) => boolean} */
function isHeader({ value, date }) {
  return !NUMBER.test(value) && dateIn(date ?? "") === null;
}

/** @type {(row: SeriesRow) => number} */
function numberIn({ line, value }) {
  if (THOUSANDS_OR_DECIMALS.test(value))
    throw new Refused("refused_series_ambiguous", { line, came: value });
  if (!NUMBER.test(value)) throw new Refused("refused_series_number", { line, came: value });
  const number = Number(value.replace("−", "-").replace(",", "."));
  if (!(number >= 0 && number <= LARGEST_VALUE))
    throw new Refused("refused_series_range", { line, largest: LARGEST_VALUE, came: value });
  return number;
}

/** @type {(rows: SeriesRow[]) => number[]} */
function datesOf(rows) {
  /** @type {Map<number, number>} */
  const found = new Map(); // the line of each
  for (const { line, date } of rows) {
    const day = dateIn(date ?? "");
    if (day === null) throw new Refused("refused_series_date", { line, came: date ?? "" });
    const first = found.get(day);
    if (first !== undefined)
      throw new Refused("refused_series_twice", { line, first, came: date ?? "" });
    found.set(day, line);
  }
  return [...found.keys()];
}

/** -> a day in milliseconds, in UTC; null: it is none
 * @type {(text: string) => number | null} */
function dateIn(text) {
  const day = text.replace(/[T ]\d{2}:\d{2}(:\d{2})?$/, ""); // a spreadsheet may add midnight
  const found = DATES.map((form) => form.exec(day)?.groups).find(Boolean);
  if (!found) return null;
  const [y, m, d] = [found.y, found.m, found.d].map(Number);
  const time = Date.UTC(y, m - 1, d);
  const isReal = new Date(time).getUTCMonth() === m - 1 && new Date(time).getUTCDate() === d;
  return isReal && y >= YEARS[0] && y <= YEARS[1] ? time : null;
}

/** The last days, those that nothing is known of among them.
 * @type {(dates: number[], numbers: number[], most: number) => { values: (number | null)[], dates: number[] }} */
function byDate(dates, numbers, most) {
  const known = new Map(dates.map((day, i) => [day, numbers[i]]));
  const sorted = [...dates].sort((a, b) => a - b);
  const last = sorted[sorted.length - 1];
  const begin = Math.max(sorted[0], last - (most - 1) * DAY);
  const days = Array.from({ length: (last - begin) / DAY + 1 }, (_, i) => begin + i * DAY);
  return { values: days.map((day) => known.get(day) ?? null), dates: days };
}

/** @type {(day: number) => string} */
function isoDate(day) {
  return new Date(day).toISOString().slice(0, 10);
}
