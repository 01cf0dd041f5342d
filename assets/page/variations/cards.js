// One variation as a card: its picture, its formula, its code.

import { lang, text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";
import { codeView } from "../ui/files.js";

// variation: { name, title, idea, formula, source, cost, numpy_code, keras_code } as attention/ui sends it
export function variationCard(variation) {
  const title = make("h2");
  const idea = make("p");
  const image = picture(`picture-${variation.name}`);
  const formula = make("p", { class: "formula-line", translate: "no" }, variation.formula);
  const facts = make("p", { class: "note" });
  const source = make("p", { class: "note", translate: "no" }, variation.source);
  const summary = make("summary");
  const given = make("p", { class: "note" });
  const codes = ["numpy", "keras"].map((key) => codeView(`${key}-${variation.name}`));
  const more = make(
    "details",
    {},
    summary,
    given,
    make("div", { class: "side-by-side" }, ...codes.map(({ node }) => node)),
  );
  const node = make(
    "article",
    { class: "panel card", "data-testid": `variation-${variation.name}` },
    title,
    idea,
    image.node,
    formula,
    facts,
    source,
    more,
  );
  more.addEventListener("toggle", () => {
    node.classList.toggle("open", more.open); // as wide as the page, for two programs
    if (more.open) node.scrollIntoView({ block: "nearest" });
  });
  let numbers = null;
  function update() {
    const code = lang();
    showText(title, variation.title[code]);
    showText(idea, variation.idea[code]);
    showText(summary, text("gallery_code"));
    showText(given, text("gallery_given"));
    codes[0].show(variation.numpy_code, `${variation.title[code]}, NumPy`);
    codes[1].show(variation.keras_code, `${variation.title[code]}, Keras`);
    image.describe(text("gallery_picture", { title: variation.title[code] }));
    if (numbers)
      showText(
        facts,
        text("gallery_facts", {
          parameters: numbers.parameters.toLocaleString(code),
          cost: variation.cost,
          multiplications: numbers.multiplications.toLocaleString(code),
        }),
      );
  }
  return {
    node,
    update,
    show(drawn) {
      numbers = drawn;
      image.show(drawn.image);
      update();
    },
  };
}

// A picture that the server draws. Its place is there before it comes, so that nothing jumps.
export function picture(testid) {
  const image = make("img", { "data-testid": testid, alt: "", hidden: true });
  return {
    node: make("div", { class: "picture" }, image),
    show({ png, width, height }) {
      Object.assign(image, { src: `data:image/png;base64,${png}`, width, height, hidden: false });
    },
    describe(words) {
      image.alt = words;
    },
  };
}
