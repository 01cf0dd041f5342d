// Numbers as people write and read them. No page in here.

const MINUS = "−";

/** What somebody typed or sent, with "." or ",", "-" or "−"; null where it is not a number.
 * @type {(text: string) => number | null} */
export function readNumber(text) {
  const plain = text.trim().replaceAll(MINUS, "-").replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : null;
}

const BOUND_SPACE = "\u00A0"; // no line ends there

// A written number with the decimal mark of a language; what belongs to a number stays on its line.
/** @type {(written: string, mark: string) => string} */
export function withDecimalMark(written, mark) {
  return written.replace(".", mark).replaceAll(" ", BOUND_SPACE);
}

/** As one would type it: "-100", "0.05".
 * @type {(value: number) => string} */
export function typedNumber(value) {
  return Math.abs(value) >= 1e-4 || value === 0
    ? String(Number(value.toFixed(4)))
    : value.toExponential(2);
}

/** As one reads it in a formula: "−100", "0.05".
 * @type {(value: number) => string} */
export function readableNumber(value) {
  return typedNumber(value).replaceAll("-", MINUS);
}

/** The same in little room: of a long one fewer decimals, "−20.628" of −20.6279.
 * @type {(value: number, most: number) => string} */
export function shownNumber(value, most) {
  const whole = readableNumber(value);
  if (whole.length <= most || whole.includes("e")) return whole;
  const [before] = whole.split(".");
  const rounded = value.toFixed(Math.max(most - 1 - before.length, 0));
  return readableNumber(Number(rounded));
}

/** With a fixed number of decimals, so that a column stands still while one drags.
 * @type {(value: number, decimals: number) => string} */
export function fixedNumber(value, decimals) {
  const size = Math.abs(value);
  if (size >= 99999.5) return value.toExponential(2).replace("e+", "e").replace("-", MINUS);
  const text = value.toFixed(size >= 999.5 ? Math.min(decimals, size >= 9999.5 ? 0 : 1) : decimals);
  return /[1-9]/.test(text) ? text.replace("-", MINUS) : text.replace("-", "");
}

/** @type {(value: number) => string} */
export function twoDecimals(value) {
  return fixedNumber(value, 2);
}

/** Three digits that count, for a share of 1: "0.0634", "7.4·10^−44".
 * @type {(value: number) => string} */
export function threeDigits(value) {
  return value >= 0.0001 || value === 0 ? value.toPrecision(3) : powerOfTen(value);
}

/** @type {(value: number) => string} */
export function powerOfTen(value) {
  return value.toExponential(1).replace("e", "·10^").replaceAll("-", MINUS);
}

/** A number that may be very small: "−0.0655", "3.6·10^−15".
 * @type {(value: number) => string} */
export function smallNumber(value) {
  return value !== 0 && Math.abs(value) < 0.0001 ? powerOfTen(value) : readableNumber(value);
}

/** Two digits that count, in little room: "−0.013", "4.1e−5". Only a true 0 is written as such.
 * @type {(value: number) => string} */
export function shortNumber(value) {
  const size = Math.abs(value);
  const plain = value === 0 || (size >= 0.001 && size < 1000);
  const text = plain ? String(Number(value.toPrecision(2))) : value.toExponential(0);
  return text.replace("e+", "e").replaceAll("-", MINUS);
}
