// One variation as a card: its picture, its formula, its code.

import { costOf } from "../core/variation-setting.js";
import { lang, text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";
import { codeView } from "../ui/files.js";
import { pictureButton, variationPicture } from "./picture.js";

/** @import { Variation } from "../state/given.js" */
/** @import { Present } from "./present.js" */

const CARD_HEIGHT = 200; // of a picture in pixels, if so many names need no more

/** present(): what all variations look at; null: not there yet. fit(): makes room for as many names
 * @type {(variation: Variation, present: () => Present | null) => { node: HTMLElement, draw: () => void, fit: (present: Present) => void, update: () => void }} */
export function variationCard(variation, present) {
  const { name } = variation;
  const title = make("h2");
  const idea = make("p");
  const picture = variationPicture({ testid: `picture-${name}`, height: CARD_HEIGHT });
  const formula = make("p", { class: "formula-line", translate: "no" }, variation.formula);
  const facts = make("p", { class: "note" });
  const source = make("p", { class: "note", translate: "no" });
  const note = make("p", { class: "note" });
  const save = pictureButton(`save-${name}`, () => [name]);
  const programs = programsOf(variation);
  const attributes = { class: "panel card", "data-testid": `variation-${name}` };
  const foot = make("div", { class: "card-foot" }, programs.node, save.node);
  const under = [formula, facts, make("div", {}, source, note), foot];
  const node = make("article", attributes, title, idea, picture.node, ...under);
  programs.node.addEventListener("toggle", () => {
    node.classList.toggle("open", programs.node.open); // as wide as the page, for two programs
    if (programs.node.open) node.scrollIntoView({ block: "nearest" });
  });
  return {
    node,
    draw() {
      const now = present();
      if (now) picture.show(variation, now);
    },
    fit(now) {
      picture.fit(variation, now);
      const cost = costOf(variation, now.names.length, now.features.length);
      const parameters = cost.parameters.toLocaleString(lang());
      const multiplications = cost.multiplications.toLocaleString(lang());
      const values = { parameters, cost: variation.cost, multiplications };
      showText(facts, text("gallery_facts", values));
    },
    update() {
      showText(title, variation.title[lang()]);
      showText(idea, variation.idea[lang()]);
      showText(source, variation.source[lang()]);
      showText(note, variation.note[lang()]);
      note.hidden = !variation.note[lang()];
      save.say(text("gallery_save"));
      programs.update();
    },
  };
}

/** The same in NumPy and in Keras.
 * @param {Variation} variation */
function programsOf({ name, title, numpy_code, keras_code }) {
  const summary = make("summary");
  const note = make("p", { class: "note" });
  const [numpy, keras] = [codeView(`numpy-${name}`), codeView(`keras-${name}`)];
  const sides = make("div", { class: "side-by-side" }, numpy.node, keras.node);
  return {
    node: make("details", {}, summary, note, sides),
    update() {
      showText(summary, text("gallery_code"));
      showText(note, text("gallery_given"));
      numpy.show(numpy_code, `${title[lang()]}, NumPy`);
      keras.show(keras_code, `${title[lang()]}, Keras`);
    },
  };
}
