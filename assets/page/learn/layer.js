// The attention layer's own weights, as they stand at a moment: one small bar each.

import { readableNumber } from "../core/numbers.js";
import { text } from "../state/texts.js";
import { make, makeShape, showText } from "../ui/dom.js";
import { numberInText } from "./models.js";

const [BAR, HALF] = [6, 22]; // of the drawing: how wide a bar is, how high half of it

export function layerView(testid) {
  const caption = make("p", { class: "note" });
  const place = make("div", { class: "weights" });
  // largest: of all moments by weight, so that one sees them grow
  function drawing(name, values, largest) {
    const bars = values.map((value, i) => {
      const height = Math.max((Math.abs(value) / (largest || 1)) * HALF, 0.5);
      const y = value < 0 ? HALF : HALF - height;
      const title = makeShape("title", {}, `${name}[${i}] = ${readableNumber(value)}`);
      return makeShape(
        "rect",
        { x: i * BAR, y, width: BAR - 1, height, "data-value": value },
        title,
      );
    });
    const [width, height] = [values.length * BAR, 2 * HALF];
    const box = {
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "data-testid": `${testid}-${name}`,
    };
    const svg = makeShape("svg", { ...box, preserveAspectRatio: "none" }, ...bars);
    svg.setAttribute("aria-label", `${name}: ${values.map(readableNumber).join("; ")}`);
    svg.style.maxWidth = `${3 * width}px`;
    const most = values.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    const said = make(
      "span",
      {},
      make("b", {}, name),
      ` ±${numberInText(Number(most.toPrecision(2)))}`,
    );
    return make("div", { translate: "no" }, said, svg);
  }
  return {
    node: make("div", { class: "own-weights" }, caption, place),
    // layer: by name, numbers in any nesting; all: the layers of every moment
    show(layer, all) {
      showText(caption, text("learn_layer"));
      const numbers = (value) => [value].flat(Infinity);
      const size = (value) => numbers(value).reduce((a, b) => Math.max(a, Math.abs(b)), 0);
      place.replaceChildren(
        ...Object.entries(layer).map(([name, value]) =>
          drawing(name, numbers(value), Math.max(...all.map((one) => size(one[name])))),
        ),
      );
    },
  };
}
