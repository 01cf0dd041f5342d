// Numbers as people write and read them. What one reads has the decimal mark of the page's language and a
// true minus; what one types or copies has a point. No page in here.

const MINUS = "−";
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

let markNow = () => ".";

/** From now on, numbers are written with the mark that this tells.
 * @type {(mark: () => string) => void} */
export function writeNumbersWith(mark) {
  markNow = mark;
}

/** A program's digits as one reads them: "-0.5" is "−0,5" where the mark is a comma.
 * @type {(digits: string) => string} */
export function asRead(digits) {
  return digits.replaceAll("-", MINUS).replace(".", markNow());
}

/** What somebody typed or sent, with "." or ",", "-" or "−"; null where it is not a number.
 * @type {(text: string) => number | null} */
export function readNumber(text) {
  const plain = text.trim().replaceAll(MINUS, "-").replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : null;
}

/** As one would type it: "-100", "0.05", "1.00e-7".
 * @type {(value: number) => string} */
export function typedNumber(value) {
  return Math.abs(value) >= 1e-4 || value === 0
    ? String(Number(value.toFixed(4)))
    : value.toExponential(2);
}

/** As a field has it, in every language: with a point, "−100", "0.05".
 * @type {(value: number) => string} */
export function fieldNumber(value) {
  return typedNumber(value).replaceAll("-", MINUS);
}

/** The same in little room: of a long one fewer decimals, "−20.628" of −20.6279.
 * @type {(value: number, most: number) => string} */
export function shortFieldNumber(value, most) {
  const whole = fieldNumber(value);
  if (whole.length <= most || whole.includes("e")) return whole;
  const [before] = whole.split(".");
  const rounded = value.toFixed(Math.max(most - 1 - before.length, 0));
  return fieldNumber(Number(rounded));
}

/** As one reads it in a formula: "−100", "0.05", "1.00·10⁻⁷".
 * @type {(value: number) => string} */
export function readableNumber(value) {
  return withPower(typedNumber(value));
}

/** With a fixed number of decimals, so that a column stands still while one drags.
 * @type {(value: number, decimals: number) => string} */
export function fixedNumber(value, decimals) {
  const size = Math.abs(value);
  if (size >= 99999.5) return withPower(value.toExponential(1));
  const text = value.toFixed(size >= 999.5 ? Math.min(decimals, size >= 9999.5 ? 0 : 1) : decimals);
  return asRead(/[1-9]/.test(text) ? text : text.replace("-", ""));
}

/** @type {(value: number) => string} */
export function twoDecimals(value) {
  return fixedNumber(value, 2);
}

/** Three digits that count, for a share of 1: "0.0634", "7.4·10⁻⁴⁴".
 * @type {(value: number) => string} */
export function threeDigits(value) {
  return value >= 0.0001 || value === 0 ? withPower(value.toPrecision(3)) : powerOfTen(value);
}

/** @type {(value: number) => string} */
export function powerOfTen(value) {
  return withPower(value.toExponential(1));
}

/** "1.2e-7" as one reads it: "1.2·10⁻⁷".
 * @type {(digits: string) => string} */
function withPower(digits) {
  const [number, power] = digits.split("e");
  return power === undefined ? asRead(number) : `${asRead(number)}·10${raised(Number(power))}`;
}

/** @type {(power: number) => string} */
function raised(power) {
  const digits = Array.from(String(Math.abs(power)), (digit) => RAISED[Number(digit)]);
  return (power < 0 ? "⁻" : "") + digits.join("");
}

/** A number that may be very small: "−0.0655", "3.6·10⁻¹⁵".
 * @type {(value: number) => string} */
export function smallNumber(value) {
  return value !== 0 && Math.abs(value) < 0.0001 ? powerOfTen(value) : readableNumber(value);
}

/** Two digits that count, in little room: "−0.013", "4·10⁻⁵". Only a true 0 is written as such.
 * @type {(value: number) => string} */
export function shortNumber(value) {
  const size = Math.abs(value);
  const plain = value === 0 || (size >= 0.001 && size < 1000);
  return withPower(plain ? String(Number(value.toPrecision(2))) : value.toExponential(0));
}

/** Between what is computed and what comes out: "=", or "≈" where one of the numbers is rounded.
 * @type {(...numbers: [value: number, written: string][]) => "=" | "≈"} */
export function equalsSign(...numbers) {
  /** @type {([value, written]: [number, string]) => boolean} */
  const isExact = ([value, written]) => {
    const read = readNumber(written);
    return read !== null && Math.abs(read - value) <= 1e-9 * Math.max(1, Math.abs(value));
  };
  return numbers.every(isExact) ? "=" : "≈";
}
