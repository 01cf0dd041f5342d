// Inputs that are worth trying, one tap away: what they are, why, and how many models they fool.

import { text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { taskText } from "./learn-texts.js";
import { isRight } from "./recording.js";

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
  const [what, why, fools] = [make("strong", { dir: "auto" }), make("span"), make("b")];
  const reason = make("small", {}, why, " ", fools);
  const node = makeButton(`learn-try-${one.name}`, onpick, "pill", what, reason);
  return {
    node,
    show(isChosen) {
      const { own, name } = one;
      showText(what, own.text ?? taskText(task.name, `${name}_title`));
      showText(why, taskText(task.name, name));
      const fooled = fooledModels(task, one);
      const count = fooled?.length ?? 0;
      const said = count
        ? text("learn_fools", { count, models: task.models.length })
        : text("learn_fools_none");
      showText(fools, fooled ? said : "");
      fools.classList.toggle("none", !count);
      node.setAttribute("aria-pressed", String(isChosen));
    },
  };
}

/** Who answers wrongly in the recording; null where nobody knows the right answer, or attention was forced.
 * @type {(task: Task, one: Try) => string[] | null} */
function fooledModels({ models }, { own, example: { truth }, looks }) {
  if (!looks || truth === null || own.forced) return null;
  return models.filter((model) => !isRight(looks[model], truth));
}
