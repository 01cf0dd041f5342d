// What a link hides is taken off the page by a style: no hand, no key and no screen reader reaches it.

import { given } from "./state/given.js";

// What is left in sight must be no false equation: dots stand for a summand that is hidden. On a phone
// no signs stand between the numbers.
const DOTS = [
  ["b", ".layer:not(.no-logit) .b-cell + td.logit::before", "+ … ="],
  ["b", ".no-logit .b-cell ~ td.score::before", "+ … ="],
  ["product", ".layer:has(.product) td.b-cell .pair::before", "… +"],
  ["w", ".kind-gate td.b-cell .pair::before", "… +"],
];

// -> a style that takes away what the root's `data-hide` names; added as a sheet of its own, it needs
// no leave of a page that allows none but its own styles
export function hidingStyle() {
  const sheet = new CSSStyleSheet();
  for (const { name, selectors } of given.hide) {
    const within = selectors.map((selector) => whereHidden(name, selector));
    sheet.insertRule(`${within.join(", ")} { display: none !important; }`);
  }
  const dots = DOTS.map(
    ([name, selector, signs]) =>
      `${whereHidden(name, selector)} { width: auto; content: "${signs}"; white-space: nowrap; }`,
  );
  const wider = `${whereHidden("b", ".heads :is(.logit, .no-logit .score)")} { width: 112px; }`;
  sheet.insertRule(`@container playground (min-width: 941px) { ${dots.join(" ")} ${wider} }`);
  return sheet;
}

/** @type {(name: string, selector: string) => string} */
function whereHidden(name, selector) {
  return `.playground[data-hide~="${name}"] ${selector}`;
}
