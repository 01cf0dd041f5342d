// A sentence whose words flow into the answer, each as thick as it counts for it.

import { text } from "../state/texts.js";
import { make } from "../ui/dom.js";
import { ribbonMap } from "../ui/ribbon-map.js";
import { largestWeightInText } from "./learn-texts.js";

/** @type {import("./types.js").ViewBuilder} */
export function wordsView(testid, { steps, deciding = [], unknown = [] }) {
  const map = ribbonMap({ testid: `${testid}-map` });
  /** @type {(i: number) => string} */
  const marks = (i) =>
    [
      ...(deciding.includes(i) ? ["decides"] : []),
      ...(unknown.includes(i) ? ["unknown"] : []),
    ].join(" ");
  const sources = steps.map((name, row) => ({ name, row, mark: marks(row) }));
  const met = [...(deciding.length ? ["decides"] : []), ...(unknown.length ? ["unknown"] : [])];
  const key = met.map((mark) => make("span", {}, text(`learn_${mark}`)));
  return {
    node: make("div", {}, map.node, make("p", { class: "note signs" }, ...key)),
    show({ weights, answer }) {
      const label = largestWeightInText(weights[0], steps);
      map.show({ sources, targets: [{ name: answer }], weights, label });
    },
  };
}
