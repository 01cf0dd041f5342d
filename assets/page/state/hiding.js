// What a link can hide from its readers, and how large it shows the rest. No page in here.
//
// hide: names of controls; a control's name is its test id without numbers, a tab's is its own.
// Hidden is what no hand, no key and no screen reader can reach: the style takes it off the page.
// view: "projector" or null.

// By group and name: what is hidden, as selectors within the playground.
export const HIDING = {
  tabs: {
    variations: ["#tab-variations"],
    learn: ["#tab-learn", ".doors"],
    reading: ["#tab-reading"],
    teach: ["#tab-teach"],
  },
  course: {
    lesson: [".course", "[data-testid='challenge-next']"],
    story: [".telling"],
    predict: [".predict"],
    challenge: [".challenge"],
  },
  settings: {
    kind: [".toolbar .field:has([data-testid='kind'])"],
    activation: [".toolbar .field:has([data-testid='activation'])"],
    bias: [".toolbar .field:has([data-testid='bias'])"],
    temperature: [".toolbar .field:has([data-testid='temperature'])"],
    reset: [".toolbar .reset"],
  },
  table: {
    x: [".layer .x-cell > *", ".layer .x-cell::before"],
    w: [
      ".kind-attention .factors",
      ".kind-gate :is(.factors, .from, .w-cell)",
      ".part:has([data-testid='train-turn-w'])",
    ],
    b: [
      ".layer :is(.b-head, .b-cell)",
      ".toolbar .field:has([data-testid='bias'])",
      ".part:has([data-testid='train-turn-b'])",
    ],
    query: [
      ".layer:not(.kind-attention, .kind-gate) .factors",
      ".part:has([data-testid='train-turn-query'])",
    ],
    mask: [".layer .mask"],
    product: [".layer .product"],
    logit: [".layer .logit"],
    score: [".layer .score"],
    output: [".layer :is(.outputs, .gated)", ".strip p"],
    rows: ["[data-testid='add-row']", "[data-testid^='remove-row-']"],
    columns: ["[data-testid='add-column']", "[data-testid^='remove-column-']"],
  },
  below: {
    formula: [".formula-place", ".under .note"],
    train: [".descent"],
    keras: [".agreement"],
    take: [".takeaway"],
  },
  page: {
    lang: [".languages"],
    share: ["header .share"], // a weight in the table has this class too
    projector: ["[data-testid^='projector']"],
  },
};
const HIDDEN_BY = Object.assign({}, ...Object.values(HIDING));
const ALSO_CALLED = {
  q: "query",
  language: "lang",
  languages: "lang",
  lessons: "lesson",
  level: "lesson",
  "lesson-story": "story",
  "add-row": "rows",
  "remove-row": "rows",
  "row-name": "rows",
  "add-column": "columns",
  "remove-column": "columns",
  "column-name": "columns",
  ...Object.fromEntries(Object.keys(HIDING.tabs).map((name) => [`tab-${name}`, name])),
};
// What is left in sight must be no false equation: dots stand for a summand that is hidden. On a phone
// no signs stand between the numbers.
const DOTS = [
  ["b", ".layer:has(.b-cell) td.logit::before", "+ … ="],
  ["product", ".layer:has(.product) td.b-cell .pair::before", "… +"],
  ["w", ".kind-gate td.b-cell .pair::before", "… +"],
];
const VIEWS = ["projector"];
export const VIEW_KEYS = ["hide", "view"];

// read: of address.js -> { hide, view }
export function readView(read) {
  const hide = read.known("hide", Object.keys(HIDDEN_BY), ALSO_CALLED) ?? [];
  return { hide, view: read.choice("view", VIEWS) ?? null };
}

// -> pairs for the address; null where nothing is hidden
export function writeView({ hide, view }) {
  return { hide: hide.length ? hide.join(",") : null, view };
}

// A page on which something is hidden is a student's: the tab for teachers would give it away.
export function hiddenNames(hide) {
  return hide.length ? [...new Set([...hide, "teach"])] : [];
}

// -> a style that takes away what the root's `data-hide` names; added as a sheet of its own, it needs
// no leave of a page that allows none but its own styles
export function hidingStyle() {
  const sheet = new CSSStyleSheet();
  for (const [name, selectors] of Object.entries(HIDDEN_BY)) {
    const within = selectors.map((selector) => whereHidden(name, selector));
    sheet.insertRule(`${within.join(", ")} { display: none !important; }`);
  }
  const dots = DOTS.map(
    ([name, selector, signs]) =>
      `${whereHidden(name, selector)} { width: auto; content: "${signs}"; white-space: nowrap; }`,
  );
  const wider = `${whereHidden("b", ".heads .logit")} { width: 112px; }`;
  sheet.insertRule(`@container playground (min-width: 941px) { ${dots.join(" ")} ${wider} }`);
  return sheet;
}

function whereHidden(name, selector) {
  return `.playground[data-hide~="${name}"] ${selector}`;
}
