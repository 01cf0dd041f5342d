// What is taken out of an example or of the models: one sees at once what it did.

import { hasAttention, hasRecurrence } from "../core/models/graph.js";
import { lang, text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { keepInPlace } from "../ui/in-place.js";
import { stepInText } from "./learn-texts.js";

/** @import { Changes } from "../core/models/types.js" */
/** @import { Example, Source, Task } from "./types.js" */
/** @typedef {{ gone: ReadonlySet<number>, changes: Changes, heads: Record<string, number[]> }} TakenOut gone: places of steps; heads: by model those that are out, counted through its layers */

/** @type {TakenOut} */
export const NOTHING_OUT = { gone: new Set(), changes: {}, heads: {} };

/** @type {(taken: TakenOut) => boolean} */
export function isWhole({ gone, changes, heads }) {
  const isAsTrained = !Object.values(changes).some(Boolean) && !Object.values(heads).flat().length;
  return !gone.size && isAsTrained;
}

/** What one model is without.
 * @type {(taken: TakenOut, model: string) => Changes} */
export function changesOf({ changes, heads }, model) {
  return heads[model]?.length ? { ...changes, withoutHeads: heads[model] } : changes;
}

/** A head of a model out, or in again.
 * @type {(taken: TakenOut, model: string, head: number) => TakenOut} */
export function withHeadFlipped(taken, model, head) {
  const out = taken.heads[model] ?? [];
  const now = out.includes(head) ? out.filter((one) => one !== head) : [...out, head];
  return { ...taken, heads: { ...taken.heads, [model]: now } };
}

/** What can be taken out of the models, and which of them have it.
 * @type {{ name: "uniform" | "noRecurrence", key: string, has: typeof hasAttention }[]} */
const PARTS_OF_MODELS = [
  { name: "uniform", key: "learn_out_attention", has: hasAttention },
  { name: "noRecurrence", key: "learn_out_recurrence", has: hasRecurrence },
];

/** onchange(taken): something has been taken out, or put back
 * @type {(task: Task, onchange: (taken: TakenOut) => void) => { node: HTMLElement, show: (example: Example | undefined, source: Source | null, taken: TakenOut) => void }} */
export function takeOutPanel(task, onchange) {
  let present = NOTHING_OUT;
  /** @type {(taken: TakenOut) => void} */
  function take(taken) {
    keepInPlace(node);
    onchange(taken);
  }
  const title = make("h2");
  const note = make("p", { class: "note" });
  const steps = stepButtons((gone) => take({ ...present, gone }));
  const switches = PARTS_OF_MODELS.map(({ name, key, has }) => {
    const flip = () => take({ ...present, changes: flipped(present.changes, name) });
    return { name, key, has, node: makeButton(`learn-out-${name}`, flip, "pill") };
  });
  const back = makeButton("learn-out-back", () => take(NOTHING_OUT), "pill");
  const group = make("div", { class: "group" }, ...switches.map(({ node }) => node), back);
  const node = make("section", { class: "panel take-out" }, title, note, steps.node, group);
  return {
    node,
    show(example, source, taken) {
      present = taken;
      node.hidden = !example || !source;
      if (!example || !source) return;
      const { graphs } = source.recording;
      showText(title, text("learn_out"));
      showText(note, text("learn_out_note"));
      showText(back, text("learn_out_back"));
      steps.show(example, taken.gone);
      for (const { name, key, has, node: button } of switches) {
        showText(button, text(key));
        button.hidden = !task.models.some((model) => graphs[model] && has(graphs[model]));
        button.setAttribute("aria-pressed", String(Boolean(taken.changes[name])));
      }
      back.disabled = isWhole(taken);
    },
  };
}

/** A button for each step of an example; onchange(gone): which are left out now
 * @type {(onchange: (gone: ReadonlySet<number>) => void) => { node: HTMLElement, show: (example: Example, gone: ReadonlySet<number>) => void }} */
function stepButtons(onchange) {
  const node = make("div", { class: "out-steps", role: "group" });
  /** @type {ReadonlySet<number>} */
  let present = new Set();
  /** @type {ReturnType<typeof stepButton>[]} */
  let buttons = [];
  let namedFor = "";

  /** @type {(step: number) => void} */
  function flipStep(step) {
    const gone = new Set(present);
    if (!gone.delete(step)) gone.add(step);
    onchange(gone);
  }

  /** @type {(_: string, i: number) => { node: HTMLButtonElement, name: (step: string) => void }} */
  function stepButton(_, i) {
    const named = make("span", { dir: "auto", translate: "no" });
    const button = makeButton(`learn-out-${i}`, () => flipStep(i), "pill", named);
    return {
      node: button,
      name(step) {
        showText(named, step);
        button.setAttribute("aria-label", text("learn_out_step", { number: i + 1, step }));
      },
    };
  }

  return {
    node,
    show({ steps }, gone) {
      present = gone;
      const names = JSON.stringify([lang(), steps]);
      if (buttons.length !== steps.length)
        node.replaceChildren(...(buttons = steps.map(stepButton)).map((one) => one.node));
      if (names !== namedFor) steps.forEach((step, i) => buttons[i].name(stepInText(step)));
      namedFor = names;
      node.setAttribute("aria-label", text("learn_out_steps"));
      const isLast = steps.length - gone.size < 2; // one has to stay
      buttons.forEach(({ node: button }, i) => {
        button.setAttribute("aria-pressed", String(gone.has(i)));
        button.disabled = isLast && !gone.has(i);
      });
    },
  };
}

/** @type {(changes: Changes, name: "uniform" | "noRecurrence") => Changes} */
function flipped(changes, name) {
  return { ...changes, [name]: !changes[name] };
}
