// A time as SCORM 1.2 writes it.

const HUNDREDTHS = { hour: 360_000, minute: 6000, second: 100 };
const LONGEST_TIME = 10_000 * HUNDREDTHS.hour - 1;

/** -> HHHH:MM:SS.SS
 * @type {(milliseconds: number) => string} */
export function timespan(milliseconds) {
  const all = Math.min(Math.floor(milliseconds / 10), LONGEST_TIME);
  const { hour, minute, second } = HUNDREDTHS;
  /** @type {(count: number, digits?: number) => string} */
  const whole = (count, digits = 2) => String(Math.floor(count)).padStart(digits, "0");
  const minutes = whole((all % hour) / minute);
  return `${whole(all / hour, 4)}:${minutes}:${whole((all % minute) / second)}.${whole(all % second)}`;
}
