// Loss: over two of the numbers that learn lies the loss as a map, and the ball stands where they are.
// Training lets it roll down and leaves its path; a hand can drag it.

import { roundTicks } from "../core/geometry.js";
import { learnersOf, learnerValue } from "../core/loss-map.js";
import { readableNumber } from "../core/numbers.js";
import { trainingProblem } from "../core/objective.js";
import { listen } from "../state/events.js";
import { text } from "../state/texts.js";
import { make, makeShape, showText } from "../ui/dom.js";
import { lossBall } from "./loss-ball.js";
import { learnerChoice, rangeOfLearner } from "./loss-choice.js";
import { lossGround } from "./loss-ground.js";
import "./loss.css";

/** @import { Learner } from "../core/loss-map.js" */
/** @import { Scene } from "../core/types.js" */
/** @import { Domain } from "./axes.js" */
/** @import { Size, View } from "./types.js" */

/**
 * @typedef {object} LossPlane
 * @property {[Learner, Learner]} learners
 * @property {Record<"left" | "right" | "top" | "foot", number>} box in pixels
 * @property {[Domain, Domain]} domains
 * @property {(values: number[]) => import("../core/geometry.js").Place} place
 * @property {(place: import("../core/geometry.js").Place) => number[]} numbers
 */

const LOSS_MARGIN = { left: 52, right: 16, top: 32, foot: 44 };
// Of a slider's way, so much farther goes the map, and where the ball has left it.
const [EDGE_ROOM, BEYOND] = [0.04, 0.25];

/** @type {() => View} */
export function lossView() {
  const svg = makeShape("svg", { class: "loss" });
  const said = make("p", { class: "loss-problem", "data-testid": "loss-problem" });
  const choice = learnerChoice(rebuild);
  const ground = lossGround(update);
  const node = make("div", {}, ground.node, svg, ...choice.nodes, said);
  /** @type {string | null} why there is nothing to draw */
  let problem = "loss_one";
  /** @type {ReturnType<typeof lossBall>} */
  let ball;
  /** @type {LossPlane} */
  let plane;
  /** @type {Scene} */
  let scene;
  /** @type {Size} */
  let size;
  let frame = 0;
  let isTrained = false;
  /** @type {number[]} where the ball was before */
  let latest = [];
  /** @type {(number[] | null)[]} null: a hand has lifted the ball */
  let path = [];

  /** @type {View["build"]} */
  function build(...given) {
    [scene, size] = given;
    const learners = choice.update(scene);
    problem = lossProblem(scene);
    showText(said, problem ? text(problem) : "");
    node.classList.toggle("without", problem !== null);
    svg.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
    svg.replaceChildren();
    if (problem) return;
    plane = lossPlane(scene, size, /** @type {[Learner, Learner]} */ (learners));
    ball = lossBall(scene, plane);
    ground.place(plane);
    svg.replaceChildren(ground.lines, ...lossScales(plane), ball.path, ball.node);
  }

  function rebuild() {
    path = [];
    build(scene, size);
    update();
  }

  function update() {
    if (problem !== lossProblem(scene)) build(scene, size); // a target has come or gone
    if (problem) return;
    const values = plane.learners.map((learner) => learnerValue(scene, learner));
    if (!holdsValues(plane, values)) build(scene, size);
    if (isTrained && !path[path.length - 1]) path.push(latest);
    if (isTrained) path.push(values);
    [isTrained, latest] = [false, values];
    ball.update(values, path);
    frame ||= requestAnimationFrame(draw);
  }

  // What takes longer waits for the next frame.
  function draw() {
    frame = 0;
    if (!problem) ball.tell(ground.draw(scene, plane));
  }

  listen({
    opened() {
      choice.forget();
      path = [];
    },
    shape: () => (path = []),
    trained: () => (isTrained = true),
    edited: () => path.length && path[path.length - 1] && path.push(null),
  });
  return { node, build, update };
}

/** Whoever lets nothing turn has a loss all the same.
 * @type {(scene: Scene) => string | null} */
function lossProblem(scene) {
  if (learnersOf(scene).length < 2) return "loss_one";
  return trainingProblem(scene) === "no_target" ? "descent_no_target" : null;
}

/** @type {(scene: Scene, size: Size, learners: [Learner, Learner]) => LossPlane} */
function lossPlane(scene, { width, height }, learners) {
  const { left, right, top, foot } = LOSS_MARGIN;
  const box = { left, right: width - right, top, foot: height - foot };
  const [domainX, domainY] = learners.map((one) => domainOfLearner(one, learnerValue(scene, one)));
  const unitX = (domainX[1] - domainX[0]) / (box.right - box.left);
  const unitY = (domainY[1] - domainY[0]) / (box.foot - box.top);
  return {
    learners,
    box,
    domains: [domainX, domainY],
    place: ([a, b]) => ({
      x: box.left + (a - domainX[0]) / unitX,
      y: box.foot - (b - domainY[0]) / unitY,
    }),
    numbers: ({ x, y }) => [
      domainX[0] + (x - box.left) * unitX,
      domainY[0] + (box.foot - y) * unitY,
    ],
  };
}

/** As far as its slider goes, with some room, and farther where the number is.
 * @type {(learner: Learner, value: number) => Domain} */
function domainOfLearner(learner, value) {
  const [low, high] = rangeOfLearner(learner);
  const [room, more] = [EDGE_ROOM * (high - low), BEYOND * (high - low)];
  return [value < low ? value - more : low - room, value > high ? value + more : high + room];
}

/** @type {(plane: LossPlane, values: number[]) => boolean} */
const holdsValues = ({ domains }, values) =>
  values.every((value, i) => value >= domains[i][0] && value <= domains[i][1]);

/** @type {(plane: LossPlane) => SVGElement[]} */
function lossScales({ box, domains, place }) {
  const [domainX, domainY] = domains;
  const across = roundTicks(...domainX, 5).map((value) => {
    const { x } = place([value, 0]);
    const at = { class: "tick", x, y: box.foot + 15, "text-anchor": "middle" };
    return makeShape("text", at, readableNumber(value));
  });
  const up = roundTicks(...domainY, 5).map((value) => {
    const { y } = place([0, value]);
    const at = { class: "tick", x: box.left - 6, y: y + 4, "text-anchor": "end" };
    return makeShape("text", at, readableNumber(value));
  });
  return [...across, ...up];
}
