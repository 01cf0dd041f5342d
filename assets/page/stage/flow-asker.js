// Who asks, in the flow of self-attention: its row is marked, and over it stands what it does.

import { askingStep } from "../core/asking.js";
import { labelText, text } from "../state/texts.js";
import { makeShape, showText } from "../ui/dom.js";
import { rowStyle } from "../ui/rows.js";
import { shortened, textWidth } from "./words.js";

/** @import { Scene } from "../core/types.js" */
/** @import { FlowLayout } from "./flow.js" */

const ASKER_FONT = "700 13px system-ui, sans-serif";

/** @type {(scene: Scene, layout: FlowLayout) => { node: SVGElement, update: () => void }} */
export function flowAsker(scene, { heights, spacing, track, font }) {
  const high = Math.min(spacing - 2, font * 2.6);
  const band = makeShape("rect", {
    class: "asker",
    x: 2,
    width: track[1] + 12,
    height: high,
    rx: 8,
  });
  const words = makeShape("text", {
    class: "asks-words",
    x: 8,
    y: 16,
    "data-testid": "stage-asker",
  });
  return {
    node: makeShape("g", {}, band, words),
    update() {
      const row = askingStep(scene);
      band.setAttribute("y", String(heights[row] - high / 2));
      for (const one of [band, words]) one.style.cssText = rowStyle(row);
      showText(words, saysWhoAsks(labelText(scene.rows[row]), track[0] - 16));
    },
  };
}

/** In so many pixels: who it is counts more than that it asks, which its mark says too.
 * @type {(name: string, width: number) => string} */
function saysWhoAsks(name, width) {
  const whole = text("stage_asker", { name });
  if (textWidth(whole, ASKER_FONT) <= width) return whole;
  const around = textWidth(text("stage_asker_short", { name: "" }), ASKER_FONT);
  return text("stage_asker_short", { name: shortened(name, width - around, ASKER_FONT) });
}
