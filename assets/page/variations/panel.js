// The tab of variations: every attention on the same scene, one picture each, and two compared.
// The server draws; it is asked when the tab is in sight and what is chosen has changed.

import { toPlain } from "../core/scene.js";
import { listen } from "../state/events.js";
import { given } from "../state/given.js";
import { ask } from "../state/server.js";
import { settle } from "../state/settle.js";
import { state } from "../state/store.js";
import { lang, text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";
import { picture, variationCard } from "./cards.js";
import { comparisonPanel } from "./comparison.js";
import { galleryControls } from "./controls.js";

export function variationsPanel() {
  const { variations } = given;
  const chosen = () => {
    settle();
    draw();
  };
  const controls = galleryControls(chosen);
  const status = make("p", {
    class: "note status",
    role: "status",
    "data-testid": "gallery-status",
  });
  const comparison = comparisonPanel(chosen);
  const again = make("button", {
    type: "button",
    class: "pill again",
    hidden: true,
    "data-testid": "gallery-again",
    onclick: () => draw(),
  });
  const cards = variations.map((variation) => variationCard(variation));
  const note = make("p", { class: "note" });
  const letters = make("p", { class: "note" });
  const scale = picture("scale");
  const legend = make(
    "div",
    { class: "legend" },
    make("div", {}, note, letters, status),
    make("div", { class: "scale" }, scale.node),
  );
  const grid = make(
    "div",
    { class: "cards", "data-testid": "gallery" },
    ...cards.map(({ node }) => node),
  );
  const node = make("div", {}, controls.node, legend, again, comparison.node, grid);

  let drawn = null; // the request that is in sight
  let asked = null; // the one that is on its way
  let problem = null;

  const request = () => {
    const { sentence, compare, ...choices } = state.gallery;
    const source = sentence === null ? { scene: toPlain(state.scene, lang()) } : { sentence };
    const dark = document.body.classList.contains("dark");
    return { setting: { ...source, ...choices }, compare: [...compare], dark, lang: lang() };
  };

  // One request at a time; whatever was chosen meanwhile is asked for next.
  async function draw() {
    while (node.isConnected && node.offsetParent && !asked) {
      const wanted = request();
      const key = JSON.stringify(wanted);
      if (key === drawn) break;
      asked = key;
      update();
      const answer = await ask("draw_variations", wanted);
      asked = null;
      problem = answer.error ?? null;
      drawn = problem ? null : key; // what has failed is asked for again, when the tab is opened
      if (!problem) {
        cards.forEach((card, i) => card.show(answer.cards[variations[i].name]));
        comparison.show(answer, wanted.compare);
        scale.show(answer.scale);
      }
      update();
      if (problem && key === JSON.stringify(request())) break;
    }
  }

  function notes({ sentence, seed, standardised }) {
    if (sentence !== null) return text("gallery_toy_note", { seed });
    const size = { largest: Math.max(...state.scene.x.flat().map(Math.abs)) };
    const how = text(standardised ? "gallery_standardised_note" : "gallery_raw_note", size);
    return `${text("gallery_scene_note", { seed })} ${how}`;
  }

  function update() {
    node.setAttribute("aria-busy", Boolean(asked));
    node.classList.toggle("outdated", Boolean(asked) || drawn === null);
    grid.dataset.ready = String(!asked && !problem && drawn !== null);
    showText(note, notes(state.gallery));
    showText(letters, text("gallery_letters"));
    scale.describe(text("gallery_scale"));
    again.hidden = !problem;
    showText(again, text("gallery_again"));
    if (problem) showText(status, text(problem.key, problem.values));
    else showText(status, asked ? text("gallery_drawing") : "");
  }

  new MutationObserver(() => draw()).observe(document.body, {
    attributes: true,
    attributeFilter: ["class"], // the reader has turned the light on or off
  });

  listen({
    tab: (tab) => tab === "variations" && draw(),
    language() {
      controls.update();
      comparison.update();
      cards.forEach((card) => card.update());
      update();
    },
  });
  return node;
}
