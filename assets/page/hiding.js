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

/** The rules that take away what the root's `data-hide` names.
 * @type {() => string[]} */
export function hidingRules() {
  const gone = given.hide.map(({ name, selectors }) => {
    const within = selectors.map((selector) => whereHidden(name, selector));
    return `${within.join(", ")} { display: none !important; }`;
  });
  const dots = DOTS.map(
    ([name, selector, signs]) =>
      `${whereHidden(name, selector)} { width: auto; content: "${signs}"; white-space: nowrap; }`,
  );
  const wider = `${whereHidden("b", ".heads :is(.logit, .no-logit .score)")} { width: 112px; }`;
  return [...gone, `@container playground (min-width: 941px) { ${dots.join(" ")} ${wider} }`];
}

/** @type {(name: string, selector: string) => string} */
function whereHidden(name, selector) {
  return `.playground[data-hide~="${name}"] ${selector}`;
}
