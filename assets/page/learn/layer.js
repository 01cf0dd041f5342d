// The attention layer's own weights, as they stand at a moment: one small bar each.

import { readableNumber } from "../core/numbers.js";
import { inList, lang, text } from "../state/texts.js";
import { make, makeShape, showText } from "../ui/dom.js";

/** @import { Layer } from "./types.js" */

const [BAR, HALF] = [6, 22]; // of the drawing: how wide a bar is, how high half of it

/** layers: those of every moment, so that one sees the weights grow; hidden where there are none
 * @type {(testid: string) => { node: HTMLElement, show: (layer: Layer, layers: Layer[]) => void }} */
export function layerView(testid) {
  const caption = make("p", { class: "note" });
  const place = make("div", { class: "weights" });
  const node = make("div", { class: "own-weights" }, caption, place);
  /** @type {{ layer?: Layer, lang?: string }} */
  let drawnFor = {};
  return {
    node,
    show(layer, layers) {
      if (layer === drawnFor.layer && lang() === drawnFor.lang) return; // another example changes nothing
      drawnFor = { layer, lang: lang() };
      const weights = Object.entries(layer);
      node.hidden = !weights.length;
      if (node.hidden) return;
      showText(caption, text("learn_layer"));
      place.replaceChildren(
        ...weights.map(([name, values]) => {
          const largest = Math.max(...layers.map((one) => largestSize(one[name])));
          return weightBars(`${testid}-${name}`, name, [values].flat(Infinity), largest);
        }),
      );
    },
  };
}

/** @type {(values: any) => number} */
function largestSize(values) {
  return Math.max(0, ...[values].flat(Infinity).map(Math.abs));
}

/** @type {(testid: string, name: string, values: number[], largest: number) => HTMLElement} */
function weightBars(testid, name, values, largest) {
  const bars = values.map((value, i) => {
    const height = Math.max((Math.abs(value) / (largest || 1)) * HALF, 0.5);
    const place = { x: i * BAR, y: value < 0 ? HALF : HALF - height };
    const title = makeShape("title", {}, `${name}[${i}] = ${readableNumber(value)}`);
    return makeShape("rect", { ...place, width: BAR - 1, height, "data-value": value }, title);
  });
  const [width, height] = [values.length * BAR, 2 * HALF];
  const svg = makeShape(
    "svg",
    {
      ...{ viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", role: "img" },
      "data-testid": testid,
      "aria-label": `${name}: ${inList(values.map(readableNumber))}`,
    },
    ...bars,
  );
  svg.style.maxWidth = `${3 * width}px`;
  const range = ` ±${readableNumber(Number(largestSize(values).toPrecision(2)))}`;
  return make("div", { translate: "no" }, make("span", {}, make("b", {}, name), range), svg);
}
