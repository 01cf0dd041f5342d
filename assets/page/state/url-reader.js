// The pairs of an address, read strictly: what cannot be used is left out, what is out of range is
// clamped, and each time a notice says so.

import { shortName, tidyName } from "../core/names.js";
import { readNumber } from "../core/numbers.js";
import { given } from "./given.js";

/** @import { Values, Vector, Matrix } from "../core/types.js" */
/** @typedef {(key: string, values?: Values) => any} Say adds a notice; gives undefined */
/** @typedef {[low: number, high: number]} Limits */

const LONGEST_ADDRESS = 32768;

/** Names stay encoded: a comma in a name is not one between names.
 * @type {(hash: string, say: Say) => Map<string, string>} */
export function splitAddress(hash, say) {
  const pairs = new Map();
  if (hash.length > LONGEST_ADDRESS) return say("long_address", { most: LONGEST_ADDRESS }) ?? pairs;
  for (const pair of hash.replace(/^#/, "").split("&").filter(Boolean)) {
    const [key, ...rest] = pair.split("=");
    const row = given.keys.find((one) => one.key === key);
    const value = rest.join("=");
    if (!row) say("unknown_key", { key });
    else if (pairs.has(key)) say("repeated_key", { key });
    else pairs.set(key, row.type === "names" ? value : (decoded(value) ?? value));
  }
  return pairs;
}

/** @type {(text: string) => string | null} */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** One function a form of value, each for a key that is there; undefined where it cannot be used. */
export class UrlReader {
  /** @param {Map<string, string>} pairs @param {Say} say */
  constructor(pairs, say) {
    this.pairs = pairs;
    this.say = say;
  }

  /** @type {(key: string) => string} */
  plain(key) {
    return /** @type {string} */ (this.pairs.get(key));
  }

  /** @type {(key: string, shape: string, values?: Values) => undefined} */
  wrong(key, shape, values = {}) {
    const told = { key: `shape_${shape}`, values };
    return this.say("shape", { key, came: this.plain(key), shape: told });
  }

  /** @type {(key: string, number: number, limits: Limits) => number} */
  clamp(key, number, [low, high]) {
    const used = Math.min(Math.max(number, low), high);
    if (used !== number) this.say("range", { key, low, high, came: number, used });
    return used;
  }

  /** @type {<T>(key: string, list: T[], most: number) => T[]} */
  atMost(key, list, most) {
    if (list.length > most) this.say("too_many", { key, most, came: list.length });
    return list.slice(0, most);
  }

  /** @type {(key: string, limits: Limits) => number | undefined} */
  whole(key, [low, high]) {
    const number = readNumber(this.plain(key));
    if (number === null || !Number.isInteger(number))
      return this.wrong(key, "whole", { low, high });
    return this.clamp(key, number, [low, high]);
  }

  /** One of these.
   * @type {(key: string, allowed: number[]) => number | undefined} */
  number(key, allowed) {
    const came = this.plain(key);
    const number = readNumber(came);
    if (number !== null && allowed.includes(number)) return number;
    return this.say("choice", { key, allowed: allowed.join(", "), came });
  }

  /** @type {(key: string, columns: number) => [number, number] | undefined} */
  axes(key, columns) {
    const [across, up, ...rest] = this.plain(key).split(",").map(readNumber);
    /** @type {(column: number | null | undefined) => boolean} */
    const isColumn = (column) =>
      Number.isInteger(column) && Number(column) >= 0 && Number(column) < columns;
    if (isColumn(across) && isColumn(up) && across !== up && !rest.length)
      return [Number(across), Number(up)];
    return this.wrong(key, "axes", { last: columns - 1 });
  }

  /** @type {(key: string) => boolean | undefined} */
  onOff(key) {
    const came = this.plain(key);
    return ["0", "1"].includes(came) ? came === "1" : this.wrong(key, "switch");
  }

  /** @type {(key: string, allowed: string[]) => string | undefined} */
  choice(key, allowed) {
    const came = this.plain(key);
    if (allowed.includes(came)) return came;
    return this.say("choice", { key, allowed: allowed.join(", "), came });
  }

  /** @type {(key: string, allowed: string[]) => string[] | undefined} */
  several(key, allowed) {
    const came = this.plain(key) === "none" ? [] : this.plain(key).split(",");
    if (came.every((name) => allowed.includes(name))) return [...new Set(came)];
    return this.say("choice", { key, allowed: allowed.join(", "), came: this.plain(key) });
  }

  /** Of a list the names that are known, each once; `others` are second names: { q: "query" }.
   * @type {(key: string, allowed: string[], others: Record<string, string>) => string[]} */
  known(key, allowed, others) {
    const came = this.plain(key).split(",").filter(Boolean);
    const names = came.map((name) => (Object.hasOwn(others, name) ? others[name] : name));
    for (const name of names.filter((name) => !allowed.includes(name)))
      this.say("choice", { key, allowed: allowed.join(", "), came: name });
    return allowed.filter((name) => names.includes(name));
  }

  /** @type {(key: string, count: number, limits?: Limits) => Vector | undefined} */
  vector(key, count, limits = given.rules.number) {
    const numbers = this.plain(key).split(",").map(readNumber);
    if (numbers.includes(null) || numbers.length !== count)
      return this.wrong(key, "numbers", { count });
    return numbers.map((number) => this.clamp(key, Number(number), limits));
  }

  /** -> rows of numbers, all of one length, or null
   * @type {(key: string) => Matrix | null} */
  rowsOfNumbers(key) {
    const lines = this.atMost(key, this.plain(key).split(";"), given.rules.rows);
    const rows = lines.map((row) => row.split(",").map(readNumber));
    if (rows.some((row) => row.includes(null) || row.length !== rows[0].length)) return null;
    return rows.map((row) =>
      row.map((number) => this.clamp(key, Number(number), given.rules.number)),
    );
  }

  /** @type {(key: string, columns: number) => Matrix | undefined} */
  matrix(key, columns) {
    const rows = this.rowsOfNumbers(key);
    if (!rows) return this.wrong(key, "matrix");
    this.atMost(key, rows[0], columns);
    return rows.map((row) => row.slice(0, columns));
  }

  /** One number per row; "1,2,3" is read as "1;2;3" too.
   * @type {(key: string) => Matrix | undefined} */
  single(key) {
    const rows = this.rowsOfNumbers(key);
    const column =
      rows?.length === 1
        ? this.atMost(key, rows[0], given.rules.rows).map((number) => [number])
        : rows;
    return column?.[0].length === 1 ? column : this.wrong(key, "single");
  }

  /** @type {(key: string, size: number) => Matrix | undefined} */
  square(key, size) {
    const rows = this.rowsOfNumbers(key);
    return rows?.length === size && rows[0].length === size
      ? rows
      : this.wrong(key, "square", { count: size });
  }

  /** So many rows, and so many columns, or up to so many.
   * @type {(key: string, rows: number, columns?: number, most?: number) => Matrix | undefined} */
  table(key, rows, columns, most = columns) {
    const found = this.rowsOfNumbers(key);
    const width = found?.[0].length ?? 0;
    const fits = columns === undefined ? width <= Number(most) : width === columns;
    if (found?.length === rows && fits) return found;
    return this.wrong(key, "table", { rows, columns: columns ?? `1 … ${most}` });
  }

  /** @type {(key: string, count: number) => boolean[] | undefined} */
  switches(key, count) {
    const came = this.plain(key);
    if (!/^[01]+$/.test(came) || came.length !== count) return this.wrong(key, "mask", { count });
    return [...came].map((digit) => digit === "1");
  }

  /** @type {(key: string, most: number) => string[] | undefined} */
  names(key, most) {
    const came = this.atMost(key, this.plain(key).split(","), most).map(decoded);
    if (came.includes(null)) return this.say("names", { key });
    const names = came.map((name) => tidyName(String(name)));
    if (names.includes("")) this.say("names", { key });
    if (!names.some(Boolean)) return undefined;
    const longest = given.rules.name;
    if (names.some((name) => [...name].length > longest)) this.say("long_name", { most: longest });
    return names.map((name) => shortName(name, longest));
  }
}

/** At most so many words, each at most so long; null where nothing is left.
 * @type {(text: string, say: Say) => string | null} */
export function tidySentence(text, say) {
  const words = tidyName(text).split(" ").filter(Boolean);
  const { gallery, name: longest } = given.rules;
  const most = gallery.words;
  if (words.length > most) say("too_many", { key: "sentence", most, came: words.length });
  if (words.some((word) => [...word].length > longest)) say("long_name", { most: longest });
  const short = words.slice(0, most).map((word) => shortName(word, longest));
  return short.length ? short.join(" ") : null;
}
