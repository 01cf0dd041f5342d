// The tab of variations: every attention on the same scene, and two of them side by side. All of it is
// computed and drawn here, and follows the table with the next frame.

import { listen } from "../state/events.js";
import { given } from "../state/given.js";
import { state } from "../state/store.js";
import { lang, text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { variationCard } from "./cards.js";
import { comparisonPanel } from "./comparison.js";
import { galleryControls } from "./controls.js";
import { drawInSight } from "./in-sight.js";
import { seededNumbers } from "./numbers.js";
import { presentOf } from "./present.js";
import { rowHand } from "./row-hand.js";
import "./variations.css";

/** @import { Message } from "../core/types.js" */
/** @import { Present } from "./present.js" */

/** @type {() => HTMLElement} */
export function variationsPanel() {
  /** @type {Present | null} */
  let present = null;
  /** @type {string | null} */
  let fitted = null; // the shape of what there is room for
  const controls = galleryControls();
  const notes = galleryNotes();
  const again = makeButton("gallery-again", () => seeded.ask(), "pill again");
  const hand = rowHand();
  const comparison = comparisonPanel(hand);
  const cards = given.variations.map((variation) => variationCard(variation, () => present));
  const nodes = cards.map(({ node }) => node);
  const grid = make("div", { class: "cards", "data-testid": "gallery" }, ...nodes);
  const node = make("div", {}, controls.node, again, comparison.node, notes.node, grid);
  const seeded = seededNumbers(draw);
  const gallery = drawInSight(cards, tell);

  function tell() {
    const { isBusy, problem } = seeded.standing();
    grid.dataset.ready = String(!isBusy && !problem && gallery.isDrawn());
    node.setAttribute("aria-busy", String(isBusy));
    node.classList.toggle("failed", problem !== null);
    again.hidden = !problem;
    showText(again, text("gallery_again"));
    notes.update(problem ?? (isBusy ? { key: "gallery_asking" } : null));
  }

  function draw() {
    present = presentOf(seeded.numbers());
    const shape = present && `${present.names.length} ${present.features.length} ${lang()}`;
    if (present && shape !== fitted)
      cards.forEach((card) => card.fit(/** @type {Present} */ (present)));
    fitted = shape;
    comparison.draw(present);
    gallery.redraw();
    tell();
  }

  function open() {
    controls.update();
    comparison.update();
    hand.hidden = state.gallery.sentence !== null;
    draw();
    seeded.ask();
  }

  const isSeen = () => state.tab === "variations";
  listen({
    tab: (tab) => tab === "variations" && open(),
    language() {
      comparison.update();
      controls.update();
      cards.forEach((card) => card.update());
    },
    frame: () => isSeen() && draw(),
    address: () => isSeen() && void seeded.ask(), // the hand rests
  });
  return node;
}

/** What is shown, what the letters mean, and how the server stands. */
function galleryNotes() {
  const note = make("p", { class: "note" });
  const letters = make("p", { class: "note" });
  const attributes = { class: "note status", role: "status", "data-testid": "gallery-status" };
  const status = make("p", attributes);
  return {
    node: make("div", { class: "legend" }, note, letters, status),
    /** @param {Message | null} said */
    update(said) {
      showText(note, vectorsNote());
      showText(letters, text("gallery_letters"));
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
