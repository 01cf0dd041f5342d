// A sentence whose words are shaded by how much each one counts for the answer.

import { text } from "../state/texts.js";
import { make, showValue } from "../ui/dom.js";
import { shade } from "./heat.js";
import { percentInText } from "./learn-texts.js";

/** @type {import("./types.js").ViewBuilder} */
export function wordsView(testid, { steps, deciding = [], unknown = [] }) {
  const words = steps.map((step, i) => {
    const share = make("small", { "data-testid": `${testid}-${i}` });
    const word = make("b", { dir: "auto", translate: "no" }, step);
    const node = make("span", { class: "word" }, word, share);
    /** @type {(mark: string, holds: boolean) => void} */
    const mark = (mark, holds) => {
      if (!holds) return;
      node.classList.add(mark);
      node.title = text(`learn_${mark}`);
    };
    mark("decides", deciding.includes(i));
    mark("unknown", unknown.includes(i));
    return { node, share };
  });
  const sentence = make("p", { class: "words" }, ...words.map(({ node }) => node));
  const marks = [...(deciding.length ? ["decides"] : []), ...(unknown.length ? ["unknown"] : [])];
  const key = marks.map((mark) =>
    make("span", {}, make("b", { class: `word ${mark}` }, "…"), text(`learn_${mark}`)),
  );
  return {
    node: make("div", {}, sentence, make("p", { class: "note signs" }, ...key)),
    show({ weights: [weights] }) {
      words.forEach(({ node, share }, i) => {
        shade(node, weights[i]);
        showValue(share, weights[i], percentInText);
      });
    },
  };
}
