// What a variation makes of the present scene, as ribbons: a picture for each of its heads.

import { bipartiteMeasure } from "../core/bipartite.js";
import { headsOf } from "../core/variation-setting.js";
import { notify } from "../state/notices.js";
import { ask } from "../state/server.js";
import { lang, text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { saveFile } from "../ui/files.js";
import { ribbonMap } from "../ui/ribbon-map.js";
import { settingOf } from "./numbers.js";
import { endsOf } from "./present.js";

/** @import { Variation } from "../state/given.js" */
/** @import { Pick } from "../ui/pick-one.js" */
/** @import { RibbonMap } from "../ui/ribbon-map.js" */
/** @import { Present } from "./present.js" */
/** @typedef {{ node: HTMLElement, show: (variation: Variation, present: Present) => boolean, fit: (variation: Variation, present: Present) => void, bringOut: (pick: Pick | null) => void }} VariationPicture show(): whether its numbers are there; fit(): has the height that it will have */

const CAPTION = 22; // pixels of a head's name

/** @type {(options: { testid: string, height: number, onpick?: (pick: Pick | null) => void }) => VariationPicture} */
export function variationPicture({ testid, height, onpick = () => {} }) {
  const node = make("div", { class: "picture", "data-testid": testid });
  /** @type {{ map: RibbonMap, caption: HTMLElement }[]} */
  let heads = [];

  /** @param {number} count */
  function build(count) {
    heads = Array.from({ length: count }, (_, i) => ({
      caption: make("p", { class: "caption", hidden: count === 1 }),
      map: ribbonMap({
        testid: count === 1 ? `${testid}-map` : `${testid}-map-${i + 1}`,
        height: height / count,
        onpick: (pick) => {
          heads.forEach((head, other) => other !== i && head.map.bringOut(pick));
          onpick(pick);
        },
      }),
    }));
    node.replaceChildren(...heads.flatMap(({ caption, map }) => [caption, map.node]));
  }

  return {
    node,
    bringOut: (pick) => heads.forEach(({ map }) => map.bringOut(pick)),
    fit(variation, present) {
      const { sources, targets } = endsOf(variation, present);
      const count = headsOf(variation);
      const measure = bipartiteMeasure(sources.length, targets.length, height / count);
      const captions = count > 1 ? count * CAPTION : 0;
      node.style.minHeight = `${count * measure.height + captions}px`;
    },
    show(variation, present) {
      const applied = present.applied(variation);
      node.classList.toggle("outdated", !applied);
      if (!applied) return false;
      const [ends, count] = [endsOf(variation, present), applied.weights.length];
      if (heads.length !== count) build(count);
      const title = variation.title[lang()];
      applied.weights.forEach((weights, i) => {
        const head = text("figure_head", { number: i + 1 });
        const named = count > 1 ? `${title}, ${head}` : title;
        showText(heads[i].caption, head);
        heads[i].map.show({ ...ends, weights, label: text("gallery_picture", { title: named }) });
      });
      return true;
    },
  };
}

/** A button for the same as a file, drawn by the server.
 * @type {(testid: string, names: () => string[]) => { node: HTMLButtonElement, say: (words: string) => void }} */
export function pictureButton(testid, names) {
  const button = makeButton(testid, save, "quiet save");
  async function save() {
    button.disabled = true;
    const answer = await ask("draw_variations", {
      setting: settingOf(),
      names: names(),
      lang: lang(),
    });
    button.disabled = false;
    if (answer.error) notify(answer.error.key, answer.error.values);
    else saveFile(answer);
  }
  return { node: button, say: (words) => showText(button, words) };
}
