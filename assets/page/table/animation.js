// The stage in motion, as a file: a number of the table from low to high, or the last training.

import { descend } from "../core/descent.js";
import { toPlain } from "../core/scene.js";
import { listen } from "../state/events.js";
import { given } from "../state/given.js";
import { ask } from "../state/server.js";
import { state } from "../state/store.js";
import { lang, text } from "../state/texts.js";
import { numbersOf, rangeOfTouch, touchName, touchedHere, valueOf } from "../state/touch-refs.js";
import { trainingRun } from "../state/training-run.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { saveFile } from "../ui/files.js";

/** @import { Message } from "../core/types.js" */
/** @import { Touch } from "../state/touch-refs.js" */

const TRAINING = "training"; // no number has this name
const SWEPT = ["x", "w", "b", "query", "temperature", "wq", "wk", "wv"];
const MOST_RETAKEN = 5_000; // steps of a training; each takes up to a tenth of a millisecond

/** onsaid: what is to be said while it is drawn, and if it cannot be
 * @type {(onsaid: (message: Message | null) => void) => HTMLElement} */
export function animationGroup(onsaid) {
  const caption = make("span", { class: "caption" });
  const select = make("select", { "data-testid": "take-moves" });
  const what = make("label", { class: "field" }, caption, select);
  const buttons = Object.entries(given.rules.animation.formats).map(([format, label]) => {
    const button = makeButton(`take-${format}`, () => take(format), "pill", label);
    button.translate = false;
    return button;
  });
  /** @type {Map<string, Touch>} */
  let numbers = new Map();
  let offersTraining = false;
  let isDrawing = false;

  /** @type {(format: string) => Promise<void>} */
  async function take(format) {
    if (isDrawing) return;
    isDrawing = true;
    const number = numbers.get(select.value);
    const moves = number ? { sweep: sweepOf(select.value, number) } : trainedScene();
    onsaid({ key: "take_drawing" });
    const answer = await ask("take_animation", {
      ...{ scene: toPlain(state.scene, lang()), ...moves, format },
      ...{ lang: lang(), axes: state.axes },
    });
    isDrawing = false;
    if (!answer.error) saveFile(answer);
    onsaid(answer.error ?? null);
  }

  // What is chosen stays chosen as long as it is there.
  function offer() {
    offersTraining = trainingRun() !== null;
    const touched = touchedHere().filter(({ name }) => SWEPT.includes(name));
    numbers = new Map([...touched, ...numbersOf(state.row)].map((one) => [writtenTouch(one), one]));
    const options = [...numbers].map(([value, one]) => make("option", { value }, touchName(one)));
    if (offersTraining) options.unshift(make("option", { value: TRAINING }, text("take_training")));
    const chosen = select.value;
    select.replaceChildren(...options);
    if ([...select.options].some(({ value }) => value === chosen)) select.value = chosen;
  }

  function update() {
    showText(caption, text("take_moves"));
    node.setAttribute("aria-label", text("take_moves"));
    offer();
  }

  const node = make("div", { class: "group", role: "group" }, what, ...buttons);
  listen({
    ...{ language: update, shape: offer, renamed: offer, selected: offer },
    opened() {
      select.replaceChildren(); // another lesson has its own to begin with
      offer();
    },
    frame: () => offersTraining !== (trainingRun() !== null) && offer(),
  });
  return node;
}

/** @type {(touch: Touch) => string} */
const writtenTouch = ({ name, at }) => [name, ...at].join(".");

/** As far as its slider goes, or the number itself.
 * @type {(of: string, number: Touch) => { of: string, low: number, high: number }} */
function sweepOf(of, number) {
  const [value, [low, high]] = [valueOf(number), rangeOfTouch(number)];
  const [coldest] = given.rules.temperature;
  const least = Math.min(low, value);
  return {
    of,
    low: number.name === "temperature" ? Math.max(least, coldest) : least,
    high: Math.max(high, value),
  };
}

/** The steps from where it began, the first ones closer together: there it moves most.
 * @type {() => Record<string, any>} */
function trainedScene() {
  const run = trainingRun();
  if (!run) return {};
  const { objective } = run.scene;
  const { points } = descend(run.scene, objective, Math.min(run.steps, MOST_RETAKEN));
  const [last, most] = [points.length - 1, given.rules.animation.pictures - 1];
  const numbers = Array.from({ length: most + 1 }, (_, i) => Math.round(last * (i / most) ** 2));
  const steps = [...new Set(numbers)].map((number) => ({ number, parts: points[number].numbers }));
  return { scene: toPlain(run.scene, lang()), training: { steps, target: objective.target } };
}
