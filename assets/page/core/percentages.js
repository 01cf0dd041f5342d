// Shares of 1 as per cent. No page in here.
//
// Each is rounded by itself, so that it is written the same wherever it stands; a column of them may
// add up to 99.9 % or 100.1 %.

import { asRead } from "./numbers.js";

const BOUND_SPACE = "\u00A0"; // no line ends there
const [LEAST_TOLD, MOST_TOLD] = [0.001, 0.999]; // only a true 0 and a true 1 are written as such

/** One share: "6.3 %".
 * @type {(share: number) => string} */
export function percent(share) {
  return `${asRead(written(share))}${BOUND_SPACE}%`;
}

/** @type {(share: number) => string} */
function written(share) {
  if (share === 0 || share === 1) return String(100 * share);
  if (share < LEAST_TOLD) return "<0.1";
  return share > MOST_TOLD ? ">99.9" : (Math.round(1000 * share) / 10).toFixed(1);
}
