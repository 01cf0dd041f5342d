// Inputs that are worth trying, one tap away: what they are, why, and how many models they fool.

import { text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { taskText } from "./learn-texts.js";

/** @import { OwnAnswer, Task, Try } from "./types.js" */

/** show(tries, answer): answer is the one in sight
 * @type {(task: Task, pick: (one: Try) => void) => { node: HTMLElement, show: (tries: Try[], answer: OwnAnswer | null) => void }} */
export function triesPanel(task, pick) {
  const title = make("h2");
  const row = make("div", { class: "tries-row" });
  const node = make("div", { class: "tries" }, title, row);
  /** @type {Try[]} */
  let builtFor = [];
  /** @type {ReturnType<typeof tryButton>[]} */
  let buttons = [];
  return {
    node,
    show(tries, answer) {
      node.hidden = !tries.length;
      if (builtFor !== tries) {
        builtFor = tries;
        buttons = tries.map((one) => tryButton(task, one, () => pick(one)));
        row.replaceChildren(...buttons.map((button) => button.node));
      }
      showText(title, text("learn_tries"));
      buttons.forEach((button, i) => button.show(answer?.input === tries[i].own));
    },
  };
}

/** @type {(task: Task, one: Try, onpick: () => void) => { node: HTMLElement, show: (isChosen: boolean) => void }} */
function tryButton(task, one, onpick) {
  const [what, why, fools] = [make("strong", { dir: "auto" }), make("small"), make("small")];
  const node = makeButton(`learn-try-${one.name}`, onpick, "pill", what, why, fools);
  return {
    node,
    show(isChosen) {
      const { own, name } = one;
      showText(what, own.text ?? taskText(task.name, `${name}_title`));
      showText(why, taskText(task.name, name));
      showText(fools, own.forced ? "" : fooledInWords(task, one));
      node.setAttribute("aria-pressed", String(isChosen));
    },
  };
}

/** As the recording has it; nothing where nobody knows the right answer.
 * @type {(task: Task, one: Try) => string} */
function fooledInWords({ models }, { example: { truth }, looks }) {
  if (!looks || truth === null) return "";
  const fooled = models.filter((model) => looks[model]?.answer !== truth);
  return text("learn_fools", { count: fooled.length, models: models.length });
}
