// Inputs that are worth trying, one tap away: what they are, why, and how many models they fool.

import { answerExample } from "../core/models/answering.js";
import { readOwn } from "../core/models/reading.js";
import { text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { taskText } from "./learn-texts.js";
import { isRight, recordAt } from "./recording.js";

/** @import { Source, Task, Try } from "./types.js" */

/** What asks for one of them.
 * @type {(one: Try) => any} */
export function inputOf(one) {
  return one.own ?? one;
}

/** show(tries, input, shipped): input is the one in sight, shipped the recording that comes with the project
 * @type {(task: Task, pick: (one: Try) => void) => { node: HTMLElement, show: (tries: Try[], input: any, shipped: Source | null) => void }} */
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
    show(tries, input, shipped) {
      node.hidden = !tries.length;
      if (builtFor !== tries) {
        builtFor = tries;
        buttons = tries.map((one) =>
          tryButton(task, one, fooledModels(task, one, shipped), () => pick(one)),
        );
        row.replaceChildren(...buttons.map((button) => button.node));
      }
      showText(title, text("learn_tries"));
      buttons.forEach((button, i) => button.show(input === inputOf(tries[i])));
    },
  };
}

/** @type {(task: Task, one: Try, fooled: string[] | null, onpick: () => void) => { node: HTMLElement, show: (isChosen: boolean) => void }} */
function tryButton(task, one, fooled, onpick) {
  const [what, why, fools] = [make("strong", { dir: "auto" }), make("span"), make("b")];
  const reason = make("small", {}, why, " ", fools);
  const node = makeButton(`learn-try-${one.name}`, onpick, "pill", what, reason);
  return {
    node,
    show(isChosen) {
      const { own, name } = one;
      showText(what, own?.text ?? taskText(task.name, `${name}_title`));
      showText(why, taskText(task.name, name));
      const count = fooled?.length ?? 0;
      const models = task.models.length;
      const some = text(count === models ? "learn_fools_all" : "learn_fools", { count, models });
      const said = count ? some : text("learn_fools_none");
      showText(fools, fooled ? said : "");
      fools.classList.toggle("none", !count);
      node.setAttribute("aria-pressed", String(isChosen));
    },
  };
}

/** Who answers wrongly in the recording's end; null where nobody knows the right answer, or attention was
 * forced.
 * @type {(task: Task, one: Try, shipped: Source | null) => string[] | null} */
function fooledModels(task, { own, example, truth }, shipped) {
  if (!shipped || own?.forced) return null;
  const { recording, answers, reader } = shipped;
  const read = example ?? readOwn(reader, own);
  const right = read.truth ?? truth;
  if (right === null) return null;
  return task.models.filter((model) => {
    const { weights } = recordAt(recording, model) ?? { weights: [] };
    const said = answerExample(task, answers, recording.graphs[model], weights, read);
    return !isRight(said, right);
  });
}
