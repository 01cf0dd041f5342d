// The stage: a picture of the scene above its table, drawn from the same numbers at the same moment.
// Where there is room, two views stand side by side.

import { isSelf } from "../core/asking.js";
import { outputLabels } from "../core/scene.js";
import { listen } from "../state/events.js";
import { showStage } from "../state/navigation.js";
import { state } from "../state/store.js";
import { text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { classCodeView } from "./code.js";
import { flowView } from "./flow.js";
import { glide } from "./glide.js";
import { headChoice } from "./head-choice.js";
import { lossView } from "./loss.js";
import { planeView } from "./plane.js";
import { softmaxView } from "./softmax.js";
import "./stage.css";

/** @import { Scene, Trace } from "../core/types.js" */
/** @import { View } from "./types.js" */

/** @type {Record<string, () => View>} */
const STAGE_VIEWS = {
  ...{
    flow: flowView,
    plane: planeView,
    softmax: softmaxView,
    loss: lossView,
    code: classCodeView,
  },
};
const TWO_VIEWS = 860; // pixels of width from which there is room for two
const NARROWEST = 60; // pixels: narrower than that it is not in sight

/** @type {() => HTMLElement} */
export function stagePlace() {
  const choice = viewChoice();
  const heads = headChoice();
  const words = make("p", { class: "note stage-words", "data-testid": "stage-words" });
  const head = make("div", { class: "stage-head" }, choice.node, heads.node, words);
  const pictures = viewPanes(() => state.scene && build());
  const node = make("section", { class: "stage", "data-testid": "stage" }, head, pictures.node);
  const gliding = glide(pictures.draw, pictures.rest);

  function build() {
    node.dataset.view = state.stage;
    node.setAttribute("aria-label", text("stage"));
    choice.update();
    heads.update();
    showText(words, text(`stage_says_${wordsFor(state.stage)}`));
    pictures.build();
    gliding.again();
  }

  function measure() {
    pictures.measure();
    gliding.again();
  }

  listen({
    shape: build,
    looked: build,
    renamed: measure,
    computed: gliding.to,
    trained: gliding.atOnce,
    selected: gliding.again,
    pinned: gliding.again,
    result: (hidden) => (hidden ? gliding.again() : gliding.reveal()),
    guess: gliding.again,
    address: pictures.rest,
    opened: gliding.forget,
    challenge: (done) => node.classList.toggle("done", done),
  });
  return node;
}

/** The views that are in sight, one or two. How large the picture is, the browser says when it has laid
 * out the page: to ask it would make it do so at once.
 * @param {() => void} onresize */
function viewPanes(onresize) {
  const node = make("div", { class: "panes" });
  const built = new Map(Object.entries(STAGE_VIEWS).map(([name, build]) => [name, build()]));
  /** @type {View[]} */
  let shown = [];
  let size = { width: 0, height: 0 };
  let isBuilt = false; // out of sight it is not: another scene may have come meanwhile

  function build() {
    const names = namesFor(size.width);
    shown = names.map((name) => /** @type {View} */ (built.get(name)));
    node.style.gridTemplateColumns = sharesOf(names.length)
      .map((share) => `${share}fr`)
      .join(" ");
    node.replaceChildren(
      ...names.map((name, i) => make("div", { class: `pane ${name}` }, shown[i].node)),
    );
    measure();
  }

  function measure() {
    isBuilt = size.width >= NARROWEST;
    if (!isBuilt) return;
    const shares = sharesOf(shown.length);
    const all = shares.reduce((sum, share) => sum + share, 0);
    shown.forEach((view, i) => {
      const width = Math.floor((size.width * shares[i]) / all);
      view.build(state.scene, { width, height: size.height });
    });
  }

  new ResizeObserver(([{ contentRect }]) => {
    size = { width: contentRect.width, height: contentRect.height };
    if (size.height) node.style.setProperty("--shape", String(size.width / size.height)); // on paper
    onresize();
  }).observe(node);
  return {
    ...{ node, build, measure },
    /** @type {(shown: Trace, trace: Trace) => void} */
    draw(...traces) {
      if (isBuilt && isOf(state.scene, traces[1])) shown.forEach((view) => view.update(...traces));
    },
    rest() {
      if (isBuilt) shown.forEach((view) => view.rest?.());
    },
  };
}

/** @type {(count: number) => number[]} */
const sharesOf = (count) => (count === 2 ? [54, 46] : [1]);

/** A trace is of the scene before, until that of another shape is computed.
 * @type {(scene: Scene, trace: Trace) => boolean} */
function isOf(scene, { weights, output }) {
  return weights.length === scene.rows.length && output.length === outputLabels(scene).length;
}

/** The flow stands beside every other view, and the plane beside the flow; beside the lines of the class
 * it would tell what they come to.
 * @type {(width: number) => string[]} */
function namesFor(width) {
  const isThere = Object.hasOwn(STAGE_VIEWS, state.stage) && !isWithoutCode(state.stage);
  const chosen = isThere ? state.stage : "flow";
  if (width < TWO_VIEWS || chosen === "code") return [chosen];
  return ["flow", chosen === "flow" ? "plane" : chosen];
}

/** The article's class is of one kind.
 * @type {(view: string) => boolean} */
const isWithoutCode = (view) => view === "code" && state.scene.kind !== "attention";

/** @type {(view: string) => string} */
const wordsFor = (view) => {
  if (isWithoutCode(view)) return wordsFor("flow");
  if (isSelf(state.scene)) return `${view}_self`;
  return state.scene.kind === "gate" ? `${view}_gate` : view;
};

function viewChoice() {
  const buttons = Object.keys(STAGE_VIEWS).map((name) =>
    makeButton(`stage-${name}`, () => showStage({ stage: name }), "view"),
  );
  const node = make("div", { class: "stage-views", role: "group" }, ...buttons);
  return {
    node,
    update() {
      node.setAttribute("aria-label", text("stage_views"));
      for (const button of buttons) {
        const name = String(button.dataset.testid).replace("stage-", "");
        showText(button, text(`stage_${name}`));
        button.setAttribute("aria-pressed", String(state.stage === name));
        button.hidden = isWithoutCode(name);
      }
    },
  };
}
