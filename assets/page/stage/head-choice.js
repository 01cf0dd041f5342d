// Which head of self-attention is looked at: a button for each, where there are several. Ribbons, plane,
// softmax and loss are then of that head.

import { isSelf } from "../core/asking.js";
import { reshape } from "../state/editing.js";
import { state } from "../state/store.js";
import { text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";

/** By key, how many heads further. */
const STEPS_TO = new Map(
  Object.entries({ ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }),
);

/** @type {() => { node: HTMLElement, update: () => void }} */
export function headChoice() {
  const node = make("div", { class: "stage-heads", role: "group" });
  /** @type {HTMLButtonElement[]} they stay when the table has another shape, and so does the focus */
  const buttons = [];
  /** @type {(head: number) => void} */
  const look = (head) => {
    if (head !== state.scene.head) reshape(() => (state.scene.head = head));
  };
  node.addEventListener("keydown", (event) => {
    const next = state.scene.head + (STEPS_TO.get(event.key) ?? 0);
    if (!STEPS_TO.has(event.key) || next < 0 || next >= state.scene.heads) return;
    event.preventDefault();
    buttons[next].focus();
    look(next);
  });
  return {
    node,
    update() {
      const { heads, head } = state.scene;
      node.hidden = !isSelf(state.scene) || heads < 2;
      node.setAttribute("aria-label", text("head"));
      while (buttons.length < heads) {
        const own = buttons.length;
        buttons.push(makeButton(`stage-head-${own}`, () => look(own), "view"));
        node.append(buttons[own]);
      }
      buttons.forEach((button, i) => {
        button.hidden = i >= heads;
        button.setAttribute("aria-pressed", String(i === head));
        showText(button, text("stage_head", { number: i + 1 }));
      });
    },
  };
}
