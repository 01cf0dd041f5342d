// One variation as a card: its picture, its formula, its code.

import { lang, text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";
import { codeView } from "../ui/files.js";

/** @import { Variation } from "../state/given.js" */
/** @import { Drawn, Picture } from "./types.js" */

/** @param {Variation} variation */
export function variationCard(variation) {
  const title = make("h2");
  const idea = make("p");
  const image = picture(`picture-${variation.name}`);
  const formula = make("p", { class: "formula-line", translate: "no" }, variation.formula);
  const facts = make("p", { class: "note" });
  const source = make("p", { class: "note", translate: "no" }, variation.source);
  const programs = programsOf(variation);
  const attributes = { class: "panel card", "data-testid": `variation-${variation.name}` };
  const parts = [title, idea, image.node, formula, facts, source, programs.node];
  const node = make("article", attributes, ...parts);
  programs.node.addEventListener("toggle", () => {
    node.classList.toggle("open", programs.node.open); // as wide as the page, for two programs
    if (programs.node.open) node.scrollIntoView({ block: "nearest" });
  });
  /** @type {Drawn | null} */
  let numbers = null;
  function update() {
    const code = lang();
    showText(title, variation.title[code]);
    showText(idea, variation.idea[code]);
    programs.update();
    image.describe(text("gallery_picture", { title: variation.title[code] }));
    if (!numbers) return;
    const parameters = numbers.parameters.toLocaleString(code);
    const multiplications = numbers.multiplications.toLocaleString(code);
    const values = { parameters, cost: variation.cost, multiplications };
    showText(facts, text("gallery_facts", values));
  }
  return {
    node,
    update,
    /** @param {Drawn} drawn */
    show(drawn) {
      numbers = drawn;
      image.show(drawn.image);
      update();
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

/** A picture that the server draws. Its place is there before it comes, so that nothing jumps.
 * @param {string} testid */
export function picture(testid) {
  const image = make("img", { "data-testid": testid, alt: "", hidden: true });
  return {
    node: make("div", { class: "picture" }, image),
    /** @param {Picture} drawn */
    show({ png, width, height }) {
      Object.assign(image, { src: `data:image/png;base64,${png}`, width, height, hidden: false });
    },
    /** @param {string} words */
    describe(words) {
      image.alt = words;
    },
  };
}
