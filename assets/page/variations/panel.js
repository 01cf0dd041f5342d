// The tab of variations: every attention on the same scene, one picture each, and two compared.
// The server draws; it is asked when the tab is in sight and what is chosen has changed.

import { toPlain } from "../core/scene.js";
import { listen } from "../state/events.js";
import { given } from "../state/given.js";
import { ask } from "../state/server.js";
import { state } from "../state/store.js";
import { lang, text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { picture, variationCard } from "./cards.js";
import { comparisonPanel } from "./comparison.js";
import { galleryControls } from "./controls.js";
import "./variations.css";

/** @import { Message } from "../core/types.js" */
/** @import { Drawings } from "./types.js" */

/** @type {() => HTMLElement} */
export function variationsPanel() {
  const controls = galleryControls();
  const legend = galleryLegend();
  const again = makeButton("gallery-again", () => drawing.draw(), "pill again");
  const comparison = comparisonPanel();
  const cards = given.variations.map(variationCard);
  const nodes = cards.map(({ node }) => node);
  const grid = make("div", { class: "cards", "data-testid": "gallery" }, ...nodes);
  const node = make("div", {}, controls.node, legend.node, again, comparison.node, grid);
  const drawing = drawingOf({
    isSeen: () => node.isConnected && node.offsetParent !== null,
    show(drawings, names) {
      cards.forEach((card, i) => card.show(drawings.cards[given.variations[i].name]));
      comparison.show(drawings, names);
      legend.scale.show(drawings.scale);
    },
    update,
  });

  function update() {
    const { isBusy, isDrawn, problem } = drawing.standing();
    node.setAttribute("aria-busy", String(isBusy));
    node.classList.toggle("outdated", !isDrawn);
    grid.dataset.ready = String(isDrawn);
    again.hidden = !problem;
    showText(again, text("gallery_again"));
    legend.update(problem ?? (isBusy ? { key: "gallery_drawing" } : null));
  }

  // The reader has turned the light on or off.
  const light = new MutationObserver(() => drawing.draw());
  light.observe(document.body, { attributes: true, attributeFilter: ["class"] });
  listen({
    tab(tab) {
      if (tab !== "variations") return;
      controls.update();
      comparison.update();
      drawing.draw();
    },
    language() {
      controls.update();
      comparison.update();
      cards.forEach((card) => card.update());
      update();
    },
  });
  return node;
}

/** Asks for the pictures, one request at a time; whatever was chosen meanwhile is asked for next.
 * @param {{ isSeen: () => boolean, show: (drawings: Drawings, names: string[]) => void, update: () => void }} panel */
function drawingOf({ isSeen, show, update }) {
  /** @type {string | null} */
  let drawn = null; // the request that is in sight
  /** @type {string | null} */
  let asked = null; // the one that is on its way
  /** @type {Message | null} */
  let problem = null;
  return {
    standing: () => ({ isBusy: asked !== null, isDrawn: !asked && drawn !== null, problem }),
    async draw() {
      while (isSeen() && !asked) {
        const wanted = requestOf();
        const key = JSON.stringify(wanted);
        if (key === drawn) break;
        asked = key;
        update();
        const answer = await ask("draw_variations", wanted);
        asked = null;
        problem = answer.error ?? null;
        drawn = problem ? null : key; // what has failed is asked for again, when the tab is opened
        if (!problem) show(answer, wanted.compare);
        update();
        if (problem && key === JSON.stringify(requestOf())) break;
      }
    },
  };
}

function requestOf() {
  const { sentence, compare, ...choices } = state.gallery;
  const source = sentence === null ? { scene: toPlain(state.scene, lang()) } : { sentence };
  const dark = document.body.classList.contains("dark");
  return { setting: { ...source, ...choices }, compare: [...compare], dark, lang: lang() };
}

/** What the pictures are of, what their colours mean, and how the server stands. */
function galleryLegend() {
  const note = make("p", { class: "note" });
  const letters = make("p", { class: "note" });
  const attributes = { class: "note status", role: "status", "data-testid": "gallery-status" };
  const status = make("p", attributes);
  const scale = picture("scale");
  const place = make("div", { class: "scale" }, scale.node);
  return {
    node: make("div", { class: "legend" }, make("div", {}, note, letters, status), place),
    scale,
    /** @param {Message | null} said */
    update(said) {
      showText(note, vectorsNote());
      showText(letters, text("gallery_letters"));
      scale.describe(text("gallery_scale"));
      showText(status, said ? text(said.key, said.values) : "");
    },
  };
}

function vectorsNote() {
  const { sentence, seed, standardised } = state.gallery;
  if (sentence !== null) return text("gallery_toy_note", { seed });
  const size = { largest: Math.max(...state.scene.x.flat().map(Math.abs)) };
  const how = text(standardised ? "gallery_standardised_note" : "gallery_raw_note", size);
  return `${text("gallery_scene_note", { seed })} ${how}`;
}
