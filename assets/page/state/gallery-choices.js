// What is chosen in the tab of variations, and how the address says it. No page in here.
//
// sentence: null is the scene of the table; standardised: whether that scene's x is; seed: of the toy
// vectors and of all parameters; padding, causal: masks; window: how many steps each one sees, null
// is all; compare: two names.

import { shortName, tidyName } from "../core/scene.js";

const CHOICES = {
  sentence: null,
  seed: 0,
  standardised: true,
  padding: true,
  causal: false,
  window: null,
};
export const CHOICE_KEYS = ["tab", ...Object.keys(CHOICES), "compare"];

// world: { rules, variations (names) }
function openChoices({ variations, compared }) {
  return { ...CHOICES, compare: variations.length ? [...compared] : [] };
}

// read: of address.js
export function readChoices(read, world, say) {
  const start = openChoices(world);
  const { seed, window: width } = world.rules.gallery;
  const sentence = read.plain("sentence");
  const compare = read.plain("compare")?.split(",");
  const wrong = compare?.find((name) => !world.variations.includes(name));
  if (wrong !== undefined)
    say("choice", { key: "compare", allowed: world.variations.join(", "), came: wrong });
  return {
    sentence: sentence === undefined ? null : tidySentence(sentence, world.rules, say),
    seed: read.whole("seed", seed) ?? start.seed,
    standardised: read.onOff("standardised") ?? start.standardised,
    padding: read.onOff("padding") ?? start.padding,
    causal: read.onOff("causal") ?? start.causal,
    window: read.whole("window", width) ?? start.window,
    compare: compare && wrong === undefined && compare.length === 2 ? compare : start.compare,
  };
}

// -> pairs for the address; null where nothing differs from the start
export function writeChoices(choices, world) {
  const start = openChoices(world);
  const text = {
    sentence: encodeURIComponent,
    standardised: Number,
    padding: Number,
    causal: Number,
    compare: (names) => names.join(","),
  };
  return Object.fromEntries(
    Object.keys(start).map((key) => {
      const same = JSON.stringify(choices[key]) === JSON.stringify(start[key]);
      return [key, same ? null : String((text[key] ?? String)(choices[key]))];
    }),
  );
}

// At most so many words, each at most so long; null where nothing is left.
export function tidySentence(text, rules, say) {
  const words = tidyName(text).split(" ").filter(Boolean);
  const most = rules.gallery.words;
  if (words.length > most) say("too_many", { key: "sentence", most, came: words.length });
  if (words.some((word) => [...word].length > rules.name)) say("long_name", { most: rules.name });
  const short = words.slice(0, most).map((word) => shortName(word, rules.name));
  return short.length ? short.join(" ") : null;
}
