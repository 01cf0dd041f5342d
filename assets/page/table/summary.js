// What the table says, in a sentence for those who hear it: when the hand rests, and only then.

import { fixedNumber } from "../core/numbers.js";
import { percent } from "../core/percentages.js";
import { outputLabels } from "../core/scene.js";
import { listen } from "../state/events.js";
import { state } from "../state/store.js";
import { inList, labelText, text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";

/** @import { Trace } from "../core/types.js" */

const SAID_AFTER = 200; // milliseconds without a change

export function summaryLine() {
  const node = make("p", { class: "unseen", role: "status", "data-testid": "summary" });
  let turned = false; // by a hand, since it has last been said
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;

  /** A slider that is still held is still being turned.
   * @type {(trace: Trace) => void} */
  function wait(trace) {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (document.querySelector(".slider:active")) return wait(trace);
      turned = false;
      if (!state.resultHidden) showText(node, `${attentionInWords(trace)} ${outputInWords(trace)}`);
    }, SAID_AFTER);
  }

  const turn = () => {
    turned = true;
  };
  const hush = () => {
    clearTimeout(waiting);
    turned = false;
    showText(node, "");
  };
  listen({
    edited: turn,
    reshaping: turn,
    frame: (trace) => void (turned && wait(trace)),
    // Another lesson speaks for itself, and so does another language.
    opened: hush,
    language: hush,
  });
  return node;
}

/** @type {(trace: Trace) => string} */
function attentionInWords({ weights }) {
  const most = Math.max(...weights);
  if (most === 0) return text("summary_nobody");
  const names = state.scene.rows.map(labelText).filter((_, row) => most - weights[row] < 1e-9);
  const share = percent(most);
  if (names.length === 1) return text("summary_most", { share, name: names[0] });
  const quoted = names.map((name) => text("summary_name", { name }));
  return text("summary_even", { share, names: quoted.join(", ") });
}

/** @type {(trace: Trace) => string} */
function outputInWords({ output }) {
  const names = outputLabels(state.scene).map((label) => labelText(label));
  const values = output.map((value, i) =>
    text("summary_value", { name: names[i], value: fixedNumber(value, 2) }),
  );
  return text("summary_output", { values: inList(values) });
}
