// Two variations side by side, as large as a stage: a name that is brought out in one of them is so in both,
// with its numbers; and in a sentence where they differ most.

import { smallNumber, twoDecimals } from "../core/numbers.js";
import { largestDifference } from "../core/variation-setting.js";
import { chooseInGallery } from "../state/choices.js";
import { given } from "../state/given.js";
import { state } from "../state/store.js";
import { inList, lang, text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";
import { pictureButton, variationPicture } from "./picture.js";

/** @import { Variation } from "../state/given.js" */
/** @import { Pick } from "../ui/pick-one.js" */
/** @import { Present } from "./present.js" */

const SEEN = 0.005; // below it no ribbon and no number on the picture tells
const COMPARED_HEIGHT = 300; // of a picture in pixels

/** hand: what one drags here
 * @type {(hand: HTMLElement) => { node: HTMLElement, update: () => void, draw: (present: Present | null) => void }} */
export function comparisonPanel(hand) {
  const title = make("h2");
  const hint = make("p", { class: "note" });
  /** @type {Pick | null} */
  let picked = null;
  /** @type {Present | null} */
  let present = null;
  const sides = [0, 1].map((i) =>
    comparedSide(i, (pick) => {
      picked = pick;
      sides[1 - i].bringOut(pick);
      tell();
    }),
  );
  const largest = make("p", { "data-testid": "compare-largest" });
  const mean = make("p", { class: "note" });
  const save = pictureButton("save-difference", () => state.gallery.compare);
  const pair = make("div", { class: "side-by-side" }, ...sides.map(({ node }) => node));
  const foot = make("div", { class: "card-foot" }, make("div", {}, largest, mean), save.node);

  function tell() {
    if (present) for (const side of sides) side.tell(present, picked);
  }

  return {
    node: make("section", { class: "panel comparison" }, title, hand, pair, hint, foot),
    update() {
      showText(title, text("compare_title"));
      showText(hint, text("compare_hint"));
      showText(mean, text("compare_mean"));
      save.say(text("compare_save"));
      for (const side of sides) side.update();
    },
    draw(now) {
      present = now;
      if (!now) return;
      const drawn = sides.map((side) => side.draw(now));
      largest.classList.toggle("outdated", drawn.includes(false));
      if (!drawn.includes(false)) showText(largest, comparedDifference(now));
      tell();
    },
  };
}

/** @type {(i: number) => Variation} */
const comparedOne = (i) =>
  given.variations.find(({ name }) => name === state.gallery.compare[i]) ?? given.variations[i];

/** i: which of the two
 * @type {(i: number, onpick: (pick: Pick | null) => void) => { node: HTMLElement, update: () => void, draw: (present: Present) => boolean, tell: (present: Present, pick: Pick | null) => void, bringOut: (pick: Pick | null) => void }} */
function comparedSide(i, onpick) {
  const options = given.variations.map(({ name }) => make("option", { value: name }));
  const select = make("select", { "data-testid": `compare-${i}` }, ...options);
  select.addEventListener("change", () =>
    chooseInGallery({ compare: Object.assign([...state.gallery.compare], { [i]: select.value }) }),
  );
  const formula = make("p", { class: "formula-line", translate: "no" });
  const picture = variationPicture({
    testid: `compare-picture-${i}`,
    height: COMPARED_HEIGHT,
    onpick,
  });
  const output = make("p", { class: "note output-line", "data-testid": `compare-output-${i}` });
  const field = make("label", { class: "field" }, select);
  return {
    node: make("div", { class: "compared" }, field, formula, picture.node, output),
    bringOut: picture.bringOut,
    update() {
      options.forEach((option, at) => showText(option, given.variations[at].title[lang()]));
      select.value = state.gallery.compare[i];
      select.setAttribute("aria-label", text(["compare_first", "compare_second"][i]));
      showText(formula, comparedOne(i).formula);
    },
    draw(present) {
      picture.fit(comparedOne(i), present);
      return picture.show(comparedOne(i), present);
    },
    tell: (present, pick) => showText(output, comparedOutput(comparedOne(i), present, pick)),
  };
}

/** What comes out for the name that is brought out; where the layer asks there is but one.
 * @type {(variation: Variation, present: Present, pick: Pick | null) => string} */
function comparedOutput(variation, present, pick) {
  const { rows } = variation;
  const { names, features, isTable } = present;
  const output = present.applied(variation)?.output;
  const at = rows === "layer" ? 0 : pick?.side === 1 ? pick.at : -1;
  const asks = rows === "feature" ? features : names;
  if (!output || asks[at] === undefined) return "";
  const numbers = rows === "feature" ? output.map((row) => row[at]) : output[at];
  // A toy vector's features have no names.
  const answers = rows === "feature" ? names : isTable ? features : [];
  const written = numbers.map((value, i) => `${answers[i] ?? ""} ${twoDecimals(value)}`.trim());
  const values = inList(written);
  if (rows === "layer") return text("compare_output_layer", { values });
  return text("compare_output", { name: asks[at], values });
}

/** @type {(present: Present) => string} */
function comparedDifference(present) {
  const [a, b] = [0, 1].map((i) => {
    const variation = comparedOne(i);
    return { rows: variation.rows, ...present.applied(variation) };
  });
  const { difference, row, column, single } = largestDifference(
    /** @type {any} */ (a),
    /** @type {any} */ (b),
  );
  if (difference === 0) return text("compare_same");
  // Where words repeat, a name alone would not say which of them.
  /** @type {(at: number) => string} */
  const step = (at) => text("compare_step", { name: present.names[at], number: at + 1 });
  return text(Math.abs(difference) < SEEN ? "compare_alike" : "compare_largest", {
    difference: smallNumber(difference),
    key: step(column),
    query: single ? text("figure_layer") : step(row),
  });
}
