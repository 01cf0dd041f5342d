// In the tab of variations: where the vectors come from, and who may look at whom.

import { chooseInGallery } from "../state/choices.js";
import { given } from "../state/given.js";
import { notify } from "../state/notices.js";
import { state } from "../state/store.js";
import { text } from "../state/texts.js";
import { tidySentence } from "../state/url-reader.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { wholeNumberField } from "../ui/whole-number.js";

/** @import { GalleryChoices } from "../state/store.js" */

const FIRST_WINDOW = 3; // steps: each one sees itself and its neighbours

export function galleryControls() {
  const standardised = check("standardised", (on) => ({ standardised: on }));
  const controls = [sourceChoice(), standardised, seedField(), maskChoice()];
  return {
    node: make("div", { class: "controls" }, ...controls.flatMap(({ nodes }) => nodes)),
    update() {
      for (const control of controls) control.update();
      standardised.nodes[0].hidden = state.gallery.sentence !== null;
    },
  };
}

/** The scene of the table, or a sentence. */
function sourceChoice() {
  /** @type {string | null} */
  let typed = null; // comes back when one returns from the table
  const fromScene = makeButton("gallery-source-scene", () => chooseInGallery({ sentence: null }));
  const fromSentence = makeButton("gallery-source-sentence", () => {
    chooseInGallery({ sentence: state.gallery.sentence ?? typed ?? text("gallery_example") });
    field.focus();
  });
  const source = make("div", { class: "group", role: "group" }, fromScene, fromSentence);
  const field = make("input", {
    ...{ type: "text", class: "sentence", dir: "auto", "data-testid": "gallery-sentence" },
  });
  field.addEventListener("change", () => {
    const sentence = tidySentence(field.value, (key, values) => notify(`notice_${key}`, values));
    typed = sentence ?? state.gallery.sentence; // nothing is no sentence: the one before stays
    chooseInGallery({ sentence: typed });
  });
  const label = make("label", { class: "field wide" }, field);
  return {
    nodes: [source, label],
    update() {
      const { sentence } = state.gallery;
      source.setAttribute("aria-label", text("gallery_source"));
      showText(fromScene, text("gallery_from_scene"));
      showText(fromSentence, text("gallery_from_sentence"));
      fromScene.setAttribute("aria-pressed", String(sentence === null));
      fromSentence.setAttribute("aria-pressed", String(sentence !== null));
      label.hidden = sentence === null;
      field.value = sentence ?? "";
      field.setAttribute("aria-label", text("gallery_from_sentence"));
    },
  };
}

/** The random numbers of projections and words: any seed, or the next. */
function seedField() {
  const seed = wholeNumber("seed");
  const caption = make("span", { class: "caption" });
  const [, last] = given.rules.gallery.seed;
  const next = () => chooseInGallery({ seed: (state.gallery.seed + 1) % (last + 1) });
  const another = makeButton("gallery-another", next, "quiet");
  const label = make("label", {}, caption, " ", seed);
  return {
    nodes: [make("div", { class: "field" }, label, another)],
    update() {
      seed.value = String(state.gallery.seed);
      showText(caption, text("gallery_seed"));
      showText(another, text("gallery_another"));
      another.title = text("gallery_another_seed");
      another.setAttribute("aria-label", text("gallery_another_seed"));
    },
  };
}

function maskChoice() {
  const windowed = check("window", (on) => ({ window: on ? FIRST_WINDOW : null }), "windowed");
  const width = wholeNumber("window");
  windowed.nodes[0].append(width);
  const checks = [
    check("padding", (padding) => ({ padding })),
    check("causal", (causal) => ({ causal })),
    windowed,
  ];
  const nodes = checks.flatMap(({ nodes }) => nodes);
  const group = make("div", { class: "group", role: "group" }, ...nodes);
  return {
    nodes: [group],
    update() {
      group.setAttribute("aria-label", text("gallery_masks"));
      for (const one of checks) one.update();
      width.hidden = state.gallery.window === null;
      width.value = String(state.gallery.window ?? "");
      width.setAttribute("aria-label", text("gallery_window_width"));
    },
  };
}

/** @param {"standardised" | "padding" | "causal" | "window"} key
 * @param {(on: boolean) => Partial<GalleryChoices>} choices */
function check(key, choices, testid = /** @type {string} */ (key)) {
  const box = make("input", { type: "checkbox", "data-testid": `gallery-${testid}` });
  box.addEventListener("change", () => chooseInGallery(choices(box.checked)));
  const caption = make("span");
  return {
    nodes: [make("div", { class: "field" }, make("label", {}, box, caption))],
    update() {
      box.checked = Boolean(state.gallery[key]);
      showText(caption, text(`gallery_${key}`));
    },
  };
}

/** @param {"seed" | "window"} key */
function wholeNumber(key) {
  return wholeNumberField({
    key,
    testid: `gallery-${key}`,
    limits: given.rules.gallery[key],
    read: () => state.gallery[key] ?? FIRST_WINDOW,
    write: (number) => chooseInGallery({ [key]: number }),
  });
}
