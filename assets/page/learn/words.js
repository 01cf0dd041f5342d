// A sentence whose words are shaded by how much each one counts for the answer.

import { text } from "../state/texts.js";
import { make, showValue } from "../ui/dom.js";
import { shade } from "./heat.js";
import { percentInText } from "./models.js";

// example: { steps, deciding: places of the words that decide, as the sentence's author says, if it
// has one; unknown: places of those that the models do not know }
export function wordsView(testid, { example }) {
  const { steps, deciding = [], unknown = [] } = example;
  const words = steps.map((step, i) => {
    const share = make("small", { "data-testid": `${testid}-${i}` });
    const word = make("b", { dir: "auto", translate: "no" }, step);
    const node = make("span", { class: "word" }, word, share);
    const mark = (key, holds) => {
      if (!holds) return;
      node.classList.add(key);
      node.title = text(`learn_${key}`);
    };
    mark("decides", deciding.includes(i));
    mark("unknown", unknown.includes(i));
    return { node, share };
  });
  const sentence = make("p", { class: "words" }, ...words.map(({ node }) => node));
  const marks = [deciding.length && "decides", unknown.length && "unknown"].filter(Boolean);
  const key = marks.map((one) =>
    make("span", {}, make("b", { class: `word ${one}` }, "…"), text(`learn_${one}`)),
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
