// What the table says, in a sentence for those who hear it: when the hand rests, and only then.

import { fixedNumber, inLanguage } from "../core/numbers.js";
import { percentages } from "../core/percentages.js";
import { make, showText } from "../ui/dom.js";

const SAID_AFTER = 200; // milliseconds without a change

// page: text(), lang(), label(label), scene() and resultHidden()
export function summaryLine(page) {
  const { text } = page;
  const node = make("p", { class: "unseen", role: "status", "data-testid": "summary" });
  let turned = false; // by a hand, since it has last been said
  let waiting = null;

  const namesOf = (labels) => labels.map((label) => page.label(label));
  const written = (value) => inLanguage(fixedNumber(value, 2), page);

  function attention({ weights }) {
    const most = Math.max(...weights);
    if (most === 0) return text("summary_nobody");
    const names = namesOf(page.scene().rows).filter((_, row) => most - weights[row] < 1e-9);
    const share = inLanguage(percentages(weights)[weights.indexOf(most)], page);
    if (names.length === 1) return text("summary_most", { share, name: names[0] });
    const quoted = names.map((name) => text("summary_name", { name }));
    return text("summary_even", { share, names: quoted.join(", ") });
  }

  function output({ output }) {
    const { kind, rows, columns } = page.scene();
    const names = namesOf(kind === "gate" ? rows : columns);
    const values = output.map((value, i) =>
      text("summary_value", { name: names[i], value: written(value) }),
    );
    return text("summary_output", { values: values.join("; ") });
  }

  // A slider that is still held is still being turned.
  function wait(trace) {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (document.querySelector(".slider:active")) return wait(trace);
      turned = false;
      if (!page.resultHidden()) showText(node, `${attention(trace)} ${output(trace)}`);
    }, SAID_AFTER);
  }

  const turn = () => (turned = true);
  const hush = () => {
    clearTimeout(waiting);
    turned = false;
    showText(node, "");
  };
  return {
    node,
    touched: turn,
    reshaping: turn,
    retold: (trace) => turned && wait(trace),
    // Another lesson speaks for itself, and so does another language.
    opened: hush,
    words: hush,
  };
}
