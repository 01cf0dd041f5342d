// The words that stand on a table of a kind, for where it has no heads: on a phone.

import { isSelf } from "../core/asking.js";
import { isDot } from "../core/scene.js";
import { on } from "../state/events.js";
import { hides } from "../state/navigation.js";
import { state } from "../state/store.js";
import { text } from "../state/texts.js";
import { make } from "../ui/dom.js";
import { term } from "../ui/term.js";

/** @type {Record<string, string>} the text of each */
const WORDS = {
  ...{ x: "x_number", w: "term_name_w", query: "term_name_query", product: "product", b: "bias" },
  ...{ logit: "logit", score: "score", softmax: "term_name_softmax", weight: "weight" },
  ...{ mask: "mask", gated: "output_gate", output: "output" },
};

/** @type {() => HTMLElement} */
export function termsLine() {
  const node = make("div", { class: "terms" });
  on("shape", () => {
    const { scene } = state;
    const parts =
      isDot(scene) || isSelf(scene) ? ["w", "b", "product"] : ["query", ...(scene.b ? [] : ["b"])];
    const other = scene.kind === "gate" ? "output" : "gated"; // what a gate lets through is no sum
    const names = Object.keys(WORDS).filter(
      (name) => ![...parts, other].includes(name) && !hides(name === "gated" ? "output" : name),
    );
    node.replaceChildren(...names.map((name) => term(name, text(WORDS[name])).node));
  });
  return node;
}
