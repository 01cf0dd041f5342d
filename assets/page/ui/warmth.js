// TensorFlow takes seconds to load on the server: how long it has taken so far.

import { fixedNumber } from "../core/numbers.js";
import { text } from "../state/texts.js";
import { make, showText } from "./dom.js";
import "./warmth.css";

/** @type {(testid: string) => { node: HTMLElement, show: (warming?: any) => void }} */
export function warmthLine(testid) {
  const said = make("span", { class: "note" });
  const progress = make("progress", { "aria-label": "TensorFlow", "data-testid": testid });
  const node = make("span", { class: "result", hidden: true }, progress, said);
  /** @type {any} */
  let present = null;
  function show(warming = present) {
    present = warming;
    node.hidden = !warming;
    if (!warming) return showText(said, "");
    const seconds = fixedNumber(warming.seconds, 1);
    return showText(said, text("keras_warming", { seconds }));
  }
  return { node, show };
}
