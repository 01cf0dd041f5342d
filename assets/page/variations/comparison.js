// Two variations compared: their weights, and the difference.

import { smallNumber } from "../core/numbers.js";
import { given } from "../state/given.js";
import { state } from "../state/store.js";
import { inLanguage, lang, text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";
import { picture } from "./cards.js";

const SEEN = 0.005; // below it no colour and no number on the picture tells

export function comparisonPanel(onchange) {
  const { variations } = given;
  const title = make("summary");
  const selects = [0, 1].map((i) => {
    const select = make(
      "select",
      {
        "data-testid": `compare-${i}`,
        onchange: () => {
          state.gallery.compare[i] = select.value;
          update();
          onchange();
        },
      },
      ...variations.map(({ name }) => make("option", { value: name })),
    );
    return select;
  });
  const images = ["a", "b", "difference"].map((name) => picture(`compare-picture-${name}`));
  const largest = make("p", { class: "note", "data-testid": "compare-largest" });
  const figure = (head, image) => make("div", {}, head, image.node);
  const minus = make("p", { class: "caption" });
  const mean = make("p", { class: "note" });
  // On a phone three pictures would stand before all others: there one opens them.
  const open = !matchMedia("(max-width: 940px)").matches;
  const node = make(
    "details",
    { class: "panel comparison", open },
    title,
    make(
      "div",
      { class: "three" },
      ...selects.map((select, i) => figure(make("label", { class: "field" }, select), images[i])),
      figure(minus, images[2]),
    ),
    largest,
    mean,
  );
  let found = null;
  const named = (name) => variations.find((one) => one.name === name)?.title[lang()];

  function update() {
    const { compare } = state.gallery;
    showText(title, text("compare_title"));
    showText(minus, text("compare_difference"));
    showText(mean, text("compare_mean"));
    selects.forEach((select, i) => {
      [...select.options].forEach((option) => showText(option, named(option.value)));
      select.value = compare[i];
      select.setAttribute("aria-label", text(["compare_first", "compare_second"][i]));
      images[i].describe(text("gallery_picture", { title: named(compare[i]) }));
    });
    images[2].describe(text("compare_difference"));
    if (found) showText(largest, words(found));
  }
  // Where words repeat, a name alone would not say which of them.
  const step = ({ name, number }) => text("compare_step", { name, number });
  function words({ largest, difference, query, key }) {
    if (largest === 0) return text("compare_same");
    const values = { difference: inLanguage(smallNumber(difference)), key: step(key) };
    const who = query ? step(query) : text("figure_layer");
    return text(largest < SEEN ? "compare_alike" : "compare_largest", { ...values, query: who });
  }

  return {
    node,
    update,
    show({ cards, comparison }, names) {
      found = comparison;
      names.forEach((name, i) => images[i].show(cards[name].image));
      images[2].show(comparison.image);
      update();
    },
  };
}
