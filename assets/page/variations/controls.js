// In the tab of variations: where the vectors come from, and who may look at whom.

import { given } from "../state/given.js";
import { notify } from "../state/notices.js";
import { state } from "../state/store.js";
import { text } from "../state/texts.js";
import { tidySentence } from "../state/url-reader.js";
import { make, showText } from "../ui/dom.js";
import { wholeNumberField } from "../ui/whole-number.js";

const FIRST_WINDOW = 3; // steps: each one sees itself and its neighbours

export function galleryControls(onchange) {
  const { rules } = given;
  const set = (values) => {
    Object.assign(state.gallery, values);
    update();
    onchange();
  };
  const button = (testid, onclick, kind = "pill") =>
    make("button", { type: "button", class: kind, "data-testid": `gallery-${testid}`, onclick });
  const check = (key, values) => {
    const onchange = () => set(values(box.checked));
    const box = make("input", { type: "checkbox", "data-testid": `gallery-${key}`, onchange });
    const caption = make("span");
    return { box, caption, node: make("div", { class: "field" }, make("label", {}, box, caption)) };
  };
  const wholeNumber = (key) =>
    wholeNumberField({
      key,
      testid: `gallery-${key}`,
      limits: rules.gallery[key],
      read: () => state.gallery[key],
      write: (number) => set({ [key]: number }),
    });

  const fromScene = button("source-scene", () => set({ sentence: null }));
  let typed = null; // comes back when one returns from the table
  const fromSentence = button("source-sentence", () => {
    set({ sentence: state.gallery.sentence ?? typed ?? text("gallery_example") });
    sentence.focus();
  });
  const source = make("div", { class: "group", role: "group" }, fromScene, fromSentence);
  const sentence = make("input", {
    ...{ type: "text", class: "sentence", dir: "auto", "data-testid": "gallery-sentence" },
    onchange: () => {
      const say = (key, values) => notify(`notice_${key}`, values);
      // Nothing is no sentence: the one before stays.
      typed = tidySentence(sentence.value, rules, say) ?? state.gallery.sentence;
      set({ sentence: typed });
    },
  });
  const sentenceField = make("label", { class: "field wide" }, sentence);

  const seed = wholeNumber("seed");
  const seedCaption = make("span", { class: "caption" });
  const another = button(
    "another",
    () => set({ seed: (state.gallery.seed + 1) % (rules.gallery.seed[1] + 1) }),
    "quiet",
  );

  const checks = {
    standardised: check("standardised", (standardised) => ({ standardised })),
    padding: check("padding", (padding) => ({ padding })),
    causal: check("causal", (causal) => ({ causal })),
    window: check("windowed", (on) => ({ window: on ? FIRST_WINDOW : null })),
  };
  const width = wholeNumber("window");
  checks.window.node.append(width);
  const { standardised, ...masking } = checks;
  const masks = make(
    "div",
    { class: "group", role: "group" },
    ...Object.values(masking).map(({ node }) => node),
  );

  function update() {
    const choices = state.gallery;
    const ofSentence = choices.sentence !== null;
    source.setAttribute("aria-label", text("gallery_source"));
    showText(fromScene, text("gallery_from_scene"));
    showText(fromSentence, text("gallery_from_sentence"));
    fromScene.setAttribute("aria-pressed", !ofSentence);
    fromSentence.setAttribute("aria-pressed", ofSentence);
    sentenceField.hidden = !ofSentence;
    sentence.value = choices.sentence ?? "";
    sentence.setAttribute("aria-label", text("gallery_from_sentence"));
    seed.value = choices.seed;
    showText(seedCaption, text("gallery_seed"));
    showText(another, text("gallery_another"));
    another.title = text("gallery_another_seed");
    another.setAttribute("aria-label", text("gallery_another_seed"));
    masks.setAttribute("aria-label", text("gallery_masks"));
    for (const [key, { box, caption }] of Object.entries(checks)) {
      box.checked = key === "window" ? choices.window !== null : choices[key];
      showText(caption, text(`gallery_${key}`));
    }
    standardised.node.hidden = ofSentence;
    width.hidden = choices.window === null;
    width.value = choices.window ?? "";
    width.setAttribute("aria-label", text("gallery_window_width"));
  }

  const seedField = make(
    "div",
    { class: "field" },
    make("label", {}, seedCaption, " ", seed),
    another,
  );
  return {
    node: make(
      "div",
      { class: "controls" },
      source,
      sentenceField,
      standardised.node,
      seedField,
      masks,
    ),
    update,
  };
}
