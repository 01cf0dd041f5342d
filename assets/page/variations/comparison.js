// Two variations compared: their weights, and the difference.

import { smallNumber } from "../core/numbers.js";
import { chooseInGallery } from "../state/choices.js";
import { given } from "../state/given.js";
import { state } from "../state/store.js";
import { inLanguage, lang, text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";
import { picture } from "./cards.js";

/** @import { Comparison, Drawings, Step } from "./types.js" */

const SEEN = 0.005; // below it no colour and no number on the picture tells

export function comparisonPanel() {
  const title = make("summary");
  const sides = ["a", "b"].map(comparedSide);
  const difference = picture("compare-picture-difference");
  const minus = make("p", { class: "caption" });
  const largest = make("p", { class: "note", "data-testid": "compare-largest" });
  const mean = make("p", { class: "note" });
  const last = make("div", {}, minus, difference.node);
  const three = make("div", { class: "three" }, ...sides.map(({ node }) => node), last);
  // On a phone three pictures would stand before all others: there one opens them.
  const open = !matchMedia("(max-width: 940px)").matches;
  const attributes = { class: "panel comparison", open };
  /** @type {Comparison | null} */
  let found = null;

  function update() {
    showText(title, text("compare_title"));
    showText(minus, text("compare_difference"));
    showText(mean, text("compare_mean"));
    for (const side of sides) side.update();
    difference.describe(text("compare_difference"));
    if (found) showText(largest, wordsOf(found));
  }

  return {
    node: make("details", attributes, title, three, largest, mean),
    update,
    /** names: of the two that are compared
     * @type {(drawings: Drawings, names: string[]) => void} */
    show({ cards, comparison }, names) {
      found = comparison;
      names.forEach((name, i) => sides[i].show(cards[name].image));
      difference.show(comparison.image);
      update();
    },
  };
}

/** @param {string} letter @param {number} i which of the two */
function comparedSide(letter, i) {
  const options = given.variations.map(({ name }) => make("option", { value: name }));
  const select = make("select", { "data-testid": `compare-${i}` }, ...options);
  select.addEventListener("change", () =>
    chooseInGallery({ compare: Object.assign([...state.gallery.compare], { [i]: select.value }) }),
  );
  const image = picture(`compare-picture-${letter}`);
  return {
    node: make("div", {}, make("label", { class: "field" }, select), image.node),
    show: image.show,
    update() {
      const titles = given.variations.map(({ title }) => title[lang()]);
      options.forEach((option, at) => showText(option, titles[at]));
      select.value = state.gallery.compare[i];
      select.setAttribute("aria-label", text(["compare_first", "compare_second"][i]));
      image.describe(text("gallery_picture", { title: titles[select.selectedIndex] }));
    },
  };
}

/** @type {(comparison: Comparison) => string} */
function wordsOf({ largest, difference, query, key }) {
  if (largest === 0) return text("compare_same");
  // Where words repeat, a name alone would not say which of them.
  /** @type {(step: Step) => string} */
  const step = ({ name, number }) => text("compare_step", { name, number });
  return text(largest < SEEN ? "compare_alike" : "compare_largest", {
    difference: inLanguage(smallNumber(difference)),
    key: step(key),
    query: query ? step(query) : text("figure_layer"),
  });
}
