// "Why it learns": the network does what the hand did. Say where the attention should go, press play,
// and gradient descent turns the sliders: the same steps that real Keras layers take.

import { PARTS, partsOf, targetShares, trainingProblem } from "../core/objective.js";
import { emit, listen } from "../state/events.js";
import { settle } from "../state/settle.js";
import { state } from "../state/store.js";
import { text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { partControl, rateControl, targetList } from "./controls.js";
import { lossFigures } from "./figures.js";
import { DescentTrainer } from "./trainer.js";
import "./descent.css";

/** @type {() => HTMLElement} */
export function descentPanel() {
  const trainer = new DescentTrainer({ onstep: show, onchange: update });
  const figures = lossFigures(trainer.log);
  const controls = descentControls(trainer, aimed);
  const node = panelNode(controls, figures.node);
  node.addEventListener("toggle", () => {
    if (!node.open) trainer.pause();
    mark();
  });

  // The numbers of the present point, wherever they stand.
  function show() {
    const point = trainer.log.point();
    const { turns } = state.scene.objective;
    if (point) emit("gradients", point.gradients, trainer.log.largest(), turns);
    figures.update(trainer.isPlaying);
  }

  // Something of what is asked for has been turned.
  function aimed() {
    trainer.touched();
    update();
    mark();
    settle();
  }

  // What the table shows of it.
  function mark() {
    emit("lanes", node.open);
    emit("targets", node.open ? targetShares(state.scene) : null);
  }

  function update() {
    controls.update();
    figures.words();
  }

  listen({
    opened({ learns }) {
      trainer.forget();
      node.open = learns;
    },
    shape() {
      controls.targets.build();
      update();
      figures.draw();
      mark();
      show();
    },
    renamed: controls.targets.update,
    edited() {
      trainer.touched();
      controls.targets.update();
      mark();
    },
    tab: (tab) => tab !== "play" && trainer.pause(),
    reshaping: () => trainer.reshaping(),
  });
  return node;
}

/** What one presses and chooses, and the line that says how it stands.
 * @param {DescentTrainer} trainer
 * @param {() => void} aimed */
function descentControls(trainer, aimed) {
  const play = makeButton("train-play", () =>
    trainer.isPlaying ? trainer.pause() : trainer.play(),
  );
  const step = makeButton("train-step", () => trainer.step());
  const reset = makeButton("train-reset", () => trainer.reset());
  const rate = rateControl(aimed);
  const targets = targetList(aimed);
  const parts = PARTS.map((part) => partControl(part, aimed));
  const [summary, intro, rules] = [make("summary"), make("p", { class: "note" }), make("summary")];
  // Read aloud only when it changes: what is running says nothing.
  const status = make("p", { class: "status", role: "status", "data-testid": "train-status" });

  function update() {
    const { isPlaying } = trainer;
    showText(summary, text("descent_title"));
    showText(intro, text("descent_intro"));
    showText(play, `${isPlaying ? "❚❚" : "▶"} ${text(isPlaying ? "train_pause" : "train_play")}`);
    showText(step, text("train_step"));
    showText(reset, `↺ ${text("train_reset")}`);
    showText(rules, text("train_rules"));
    const problem = trainingProblem(state.scene);
    const said = problem ?? trainer.status;
    play.disabled = step.disabled = problem !== null;
    reset.disabled = !trainer.canReset;
    showText(status, said ? text(`descent_${said}`) : "");
    status.dataset.state = said ?? "";
    rate.update();
    targets.update();
    const present = partsOf(state.scene);
    for (const part of parts) {
      part.node.hidden = !present.includes(part.part);
      part.update();
    }
  }
  return { play, step, reset, rate, targets, parts, summary, intro, rules, status, update };
}

/** @type {(controls: ReturnType<typeof descentControls>, figures: HTMLElement) => HTMLDetailsElement} */
function panelNode({ play, step, reset, rate, targets, parts, ...words }, figures) {
  const rules = parts.map(({ node }) => node);
  const column = make(
    "div",
    {},
    targets.node,
    make("details", { class: "parts" }, words.rules, ...rules),
  );
  return make(
    "details",
    { class: "panel descent", "data-testid": "descent" },
    words.summary,
    words.intro,
    make("div", { class: "controls" }, play, step, reset, rate.node),
    words.status,
    make("div", { class: "descent-columns" }, column, figures),
  );
}
