// "Why it learns": the network does what the hand did. Say where the attention should go, press play,
// and gradient descent turns the sliders, by steps that real Keras layers take on the server.

import { inLanguage, smallNumber } from "../core/numbers.js";
import { PARTS, moveTo, partsOf, targetShares, verdictOn } from "../core/objective.js";
import { ask } from "../state/server.js";
import { axisUpTo, lineChart, seriesSign } from "../ui/chart.js";
import { make, showNoValue, showText, showValue } from "../ui/dom.js";
import { warmthLine } from "../ui/warmth.js";
import { partControl, rateControl, targetList } from "./controls.js";
import { descentRun } from "./run.js";
import "./descent.css";

// page: text(), label(), rules, server, notice(), lang(); scene(), plain(), and what to do with them:
// moved(), when training has moved the scene; restore(scene); settled(), when it rests; table()
export function descentPanel(page) {
  const { text } = page;
  const button = (testid, onclick) =>
    make("button", { type: "button", class: "pill", "data-testid": testid, onclick });
  const play = button("train-play", () => (training.playing() ? stop("paused") : start()));
  const step = button("train-step", () => {
    remember();
    said = null;
    training.step();
    update();
  });
  const reset = button("train-reset", () => {
    const { objective } = page.scene();
    const same = objective.target.length === before.rows.length;
    const scene = { ...before, objective: same ? objective : before.objective };
    forget();
    page.restore(scene);
  });
  const rate = rateControl(page, aimed);
  const targets = targetList(page, aimed);
  const parts = PARTS.map((part) => partControl(page, part, aimed));
  const warmth = warmthLine(page, "train-progress");
  // Read aloud only when it changes: what is running says nothing.
  const status = make("p", { class: "status", role: "status", "data-testid": "train-status" });
  const loss = make("strong", { "data-testid": "train-loss" });
  const penalty = make("span", { "data-testid": "train-penalty" });
  const steps = make("span", { "data-testid": "train-steps" });
  const [lossName, penaltyName, stepsName] = [0, 1, 2].map(() =>
    make("span", { class: "caption" }),
  );
  const lossSign = seriesSign(0);
  const penaltyPair = make("span", {}, seriesSign(1), penaltyName, penalty);
  const chart = lineChart("train-curve");
  const summary = make("summary");
  const intro = make("p", { class: "note" });
  const rulesTitle = make("summary");
  const node = make(
    "details",
    { class: "panel descent", "data-testid": "descent" },
    summary,
    intro,
    make("div", { class: "controls" }, play, step, reset, rate.node, warmth.node),
    status,
    make(
      "div",
      { class: "descent-columns" },
      make(
        "div",
        {},
        targets.node,
        make("details", { class: "parts" }, rulesTitle, ...parts.map((part) => part.node)),
      ),
      make(
        "section",
        {},
        make(
          "p",
          { class: "figures" },
          make("span", {}, lossSign, lossName, loss),
          penaltyPair,
          make("span", {}, stepsName, steps),
        ),
        chart.node,
      ),
    ),
  );
  node.addEventListener("toggle", () => {
    if (!node.open && training.playing()) stop("paused");
    mark();
  });

  let before = null; // the scene as it was before training began
  let losses = []; // one a step
  let penalties = [];
  let since = 0; // the run is judged by its losses from here on
  let point = null; // where it stands
  let largest = {}; // size of the largest gradient so far, by part
  let said = null; // { key, values }: what the status says
  let drawnAt = 0;

  const training = descentRun({
    ask: next,
    onpoints,
    onend: stop,
    onerror,
    onwarming: warmth.show,
  });

  function next(count, numbers) {
    const scene = { ...page.plain(), ...numbers };
    return ask(page.server, "descend", { scene, objective: page.scene().objective, steps: count });
  }

  function start() {
    remember();
    said = null;
    training.play();
    update();
  }

  function remember() {
    before ??= structuredClone(page.scene());
  }

  function onpoints(points) {
    for (const one of points) {
      // Where steps begin, no step was taken: what stood there before gives way.
      const at = one.isStart ? Math.max(losses.length - 1, 0) : losses.length;
      losses[at] = one.loss;
      penalties[at] = one.penalty;
      if (one.isStart) since = at;
      for (const [part, gradients] of Object.entries(one.gradients))
        largest[part] = gradients
          .flat()
          .reduce((a, b) => Math.max(a, Math.abs(b)), largest[part] ?? 0);
    }
    point = points.at(-1);
    moveTo(page.scene(), point.numbers);
    page.moved();
    show();
    if (losses.length % 10 < points.length) judge();
  }

  function judge() {
    const wholes = losses.map((one, i) => one + penalties[i]).slice(since);
    const verdict = verdictOn(wholes, page.scene().objective.rate);
    if (verdict === "level") return stop("arrived");
    const key = verdict === "swings" ? "descent_swings" : null;
    if (key === (said?.key ?? null)) return undefined;
    said = key && { key };
    return update();
  }

  // why: "paused", or how a run has ended
  function stop(why) {
    training.pause();
    said = { key: `descent_${why}` };
    update();
    draw();
    page.settled();
  }

  function onerror({ key, values }) {
    said = { key, values };
    update();
    page.settled();
  }

  // The numbers of the present point, wherever they stand.
  function show() {
    if (!point) return;
    page.table().learning.show(point.gradients, largest, page.scene().objective.turns);
    showValue(loss, point.loss, smallNumber);
    showValue(penalty, point.penalty, smallNumber);
    showPenalty(penalties.some(Boolean));
    showValue(steps, losses.length - 1, String);
    if (!training.playing() || performance.now() - drawnAt > 90) draw();
  }

  function draw() {
    drawnAt = performance.now();
    const series = [losses, ...(penalties.some(Boolean) ? [penalties] : [])];
    const most = series.flat().reduce((a, b) => Math.max(a, b), 0);
    const last = Math.max(losses.length - 1, 1);
    const stride = Math.ceil(losses.length / 300); // more points than the picture has room for
    const kept = (values) =>
      values
        .map((value, i) => [i, value])
        .filter(([i]) => i % stride === 0 || i === values.length - 1);
    const written = (value) => inLanguage(smallNumber(value), page);
    chart.show({
      series: series.map(kept),
      x: { range: [0, last], ticks: losses.length > 1 ? [0, last] : [0], write: String },
      y: axisUpTo(most, smallNumber),
      at: Math.max(losses.length - 1, 0),
      label: losses.length
        ? text("train_curve", { first: written(losses[0]), last: written(losses.at(-1)) })
        : text("train_curve_empty"),
    });
  }

  // Something of what is asked for has been turned: a run goes on from here.
  function aimed() {
    training.touched();
    since = losses.length;
    update();
    mark();
    page.settled();
  }

  // What the table shows of it.
  function mark() {
    const table = page.table();
    table.learning.open(node.open);
    table.learning.aim(node.open ? targetShares(page.scene()) : null);
  }

  function update() {
    const playing = training.playing();
    const scene = page.scene();
    showText(summary, text("descent_title"));
    showText(intro, text("descent_intro"));
    showText(play, `${playing ? "❚❚" : "▶"} ${text(playing ? "train_pause" : "train_play")}`);
    showText(step, text("train_step"));
    showText(reset, `↺ ${text("train_reset")}`);
    showText(lossName, text("train_loss"));
    showText(penaltyName, text("train_penalty"));
    showText(stepsName, text("train_steps"));
    showText(rulesTitle, text("train_rules"));
    const present = partsOf(scene);
    const moves = present.some((part) => scene.objective.turns.includes(part));
    const aims = targetShares(scene).some(Boolean);
    play.disabled = step.disabled = !moves || !aims;
    reset.disabled = !before;
    const problem = moves ? (aims ? null : "descent_no_target") : "descent_no_part";
    showText(status, problem ? text(problem) : said ? text(said.key, said.values) : "");
    status.dataset.state = said?.key ?? "";
    warmth.show();
    rate.update();
    targets.update();
    for (const part of parts) {
      part.node.hidden = !present.includes(part.part);
      part.update();
    }
  }

  // What was learned is another scene's; what says so on the page is `rebuilt`.
  function forget() {
    training.pause();
    [before, losses, penalties, since, point, largest, said] = [null, [], [], 0, null, {}, null];
    [loss, penalty, steps].forEach(showNoValue);
    showPenalty(false);
  }

  // Two lines have their signs; one needs none.
  function showPenalty(on) {
    penaltyPair.hidden = !on;
    lossSign.toggleAttribute("hidden", !on);
  }

  function pause() {
    if (training.playing()) stop("paused");
  }

  return {
    node,
    replaced: forget,
    // A lesson about learning opens the panel.
    opened({ learns }) {
      forget();
      node.open = learns;
    },
    rebuilt() {
      targets.build();
      update();
      draw();
      mark();
      show();
    },
    relabelled: targets.update,
    touched() {
      training.touched();
      since = losses.length;
      targets.update();
      mark();
    },
    left: pause,
    // The table is about to have another kind or shape: what was said of it holds no more.
    reshaping() {
      pause();
      [point, largest] = [null, {}];
    },
  };
}
