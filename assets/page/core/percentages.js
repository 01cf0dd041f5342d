// Shares of 1 as per cent, rounded so that what one reads adds up. No page in here.
//
// The rule: all are rounded down to 0.1 %, and the tenths that are then missing go, one each, to those
// that lost most. So each is shown within 0.1 % of what it is, and together they make 100 % (less what
// stands as "<0.1 %"). Equal ones look equal as long as the sum stays within 0.1 %; where it would not
// (sixteen times 6.3 % are 100.8 %), the first of them get the missing tenths.

const [LEAST_TOLD, MOST_TOLD] = [0.001, 0.999]; // only a true 0 and a true 1 are written as such
const ALIKE = 1e-9; // what comes from rounding, not from a hand

/** One share by itself.
 * @type {(share: number) => string} */
export function percent(share) {
  return isNumeral(share) ? inPercent(Math.round(1000 * share)) : mark(share);
}

/** Shares that are read together. -> a text for each
 * @type {(shares: number[]) => string[]} */
export function percentages(shares) {
  const tenths = roundTogether(shares.map((share) => (isNumeral(share) ? 1000 * share : 0)));
  return shares.map((share, i) => (isNumeral(share) ? inPercent(tenths[i]) : mark(share)));
}

/** @type {(share: number) => boolean} */
function isNumeral(share) {
  return share >= LEAST_TOLD && share <= MOST_TOLD;
}

/** @type {(share: number) => string} */
function mark(share) {
  if (share === 0 || share === 1) return `${share * 100} %`;
  return share < LEAST_TOLD ? "<0.1 %" : ">99.9 %";
}

/** @type {(tenths: number) => string} */
function inPercent(tenths) {
  return `${(tenths / 10).toFixed(1)} %`;
}

/** -> whole numbers, each next to the exact one, with the rounded sum of all or almost
 * @type {(exact: number[]) => number[]} */
function roundTogether(exact) {
  const whole = exact.map(Math.floor);
  /** @type {(numbers: number[]) => number} */
  const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);
  let missing = Math.round(sum(exact)) - sum(whole);
  /** @type {(indices: number[]) => void} */
  const give = (indices) => {
    for (const i of indices) whole[i] += 1;
    missing -= indices.length;
  };
  let groups = groupsByLoss(exact, whole);
  groups = groups.filter((equal) => equal.length > missing || give(equal));
  if (missing < 2) return whole;
  give(groups.find((equal) => equal.length === missing + 1) ?? groups.flat().slice(0, missing));
  return whole;
}

/** The indices of equal numbers, in one list each; first those that lose most by rounding down.
 * @type {(exact: number[], whole: number[]) => number[][]} */
function groupsByLoss(exact, whole) {
  /** @type {number[][]} */
  const groups = [];
  exact.forEach((size, i) => {
    const equal = groups.find(([first]) => Math.abs(exact[first] - size) < 1000 * ALIKE);
    if (equal) equal.push(i);
    else if (size > whole[i]) groups.push([i]);
  });
  /** @type {(group: number[]) => number} */
  const loss = ([first]) => exact[first] - whole[first];
  return groups.sort((a, b) => loss(b) - loss(a));
}
