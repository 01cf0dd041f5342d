// What one presses to train, in sight with the stage: play, one step, back to the start; how far it has
// come; and how it stands.

import { trainingProblem } from "../core/objective.js";
import { state } from "../state/store.js";
import { text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { lossFigures } from "./figures.js";

/** @import { DescentTrainer } from "./trainer.js" */

/** @param {DescentTrainer} trainer */
export function descentStrip(trainer) {
  const figures = lossFigures(trainer.log);
  const play = signedButton("train-play", () =>
    trainer.isPlaying ? trainer.pause() : trainer.play(),
  );
  const step = signedButton("train-step", () => trainer.step());
  const reset = signedButton("train-reset", () => trainer.reset());
  // Read aloud only when it changes: what is running says nothing.
  const status = make("p", { class: "status", role: "status", "data-testid": "train-status" });
  const buttons = make("div", { class: "train-buttons" }, play.node, step.node, reset.node);
  return {
    node: make(
      "div",
      { class: "train-strip", "data-testid": "train-strip" },
      ...[buttons, figures.numbers, status, figures.curve],
    ),
    /** It has come further. */
    show: () => figures.update(trainer.isPlaying),
    update() {
      const { isPlaying } = trainer;
      play.say(isPlaying ? "❚❚" : "▶", text(isPlaying ? "train_pause" : "train_play"));
      step.say("+1", text("train_step"));
      reset.say("↺", text("train_reset"));
      const problem = trainingProblem(state.scene);
      const said = problem ?? trainer.status;
      play.node.disabled = step.node.disabled = problem !== null;
      reset.node.disabled = !trainer.canReset;
      showText(status, said ? text(`descent_${said}`) : "");
      status.title = status.textContent ?? "";
      status.dataset.state = said ?? "";
      figures.words();
    },
  };
}

/** A button with a sign, and words where there is room for them.
 * @param {string} testid @param {() => void} onclick */
function signedButton(testid, onclick) {
  const [sign, words] = [make("span", { "aria-hidden": "true" }), make("span", { class: "words" })];
  const node = makeButton(testid, onclick, "pill", sign, " ", words);
  return {
    node,
    /** @type {(sign: string, words: string) => void} */
    say(mark, said) {
      showText(sign, mark);
      showText(words, said);
      node.setAttribute("aria-label", said);
    },
  };
}
