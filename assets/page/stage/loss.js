// Loss: over two of the numbers that learn lies the loss as a map, and the ball stands where they are.
// Training lets it roll down and leaves its path; a hand can drag it.

import { learnersOf, learnerValue } from "../core/loss-map.js";
import { trainingProblem } from "../core/objective.js";
import { listen } from "../state/events.js";
import { text } from "../state/texts.js";
import { make, makeShape, showText } from "../ui/dom.js";
import { lossBall } from "./loss-ball.js";
import { learnerChoice } from "./loss-choice.js";
import { lossGround } from "./loss-ground.js";
import { holdsValues, insideMap, lossPlane, lossScales } from "./loss-plane.js";
import "./loss.css";

/** @import { Learner } from "../core/loss-map.js" */
/** @import { Scene } from "../core/types.js" */
/** @import { Size, View } from "./types.js" */

/** @type {() => View} */
export function lossView() {
  const svg = makeShape("svg", { class: "loss" });
  const said = make("p", { class: "loss-problem", "data-testid": "loss-problem" });
  const choice = learnerChoice(rebuild);
  const ground = lossGround(() => scene && update());
  const node = make("div", {}, ground.node, svg, ...choice.nodes, said);
  const way = ballWay();
  /** @type {ReturnType<typeof lossDrawing> | null} null: there is nothing to draw */
  let drawing = null;
  /** @type {Scene} */
  let scene; // none yet, where nobody has looked at the loss
  /** @type {Size} */
  let size;
  let frame = 0;

  /** @type {View["build"]} */
  function build(...given) {
    [scene, size] = given;
    const learners = /** @type {[Learner, Learner]} */ (choice.update(scene));
    const problem = lossProblem(scene);
    showText(said, problem ? text(problem) : "");
    node.classList.toggle("without", problem !== null);
    drawing = problem ? null : lossDrawing(scene, size, learners, ground);
    svg.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
    svg.replaceChildren(...(drawing?.nodes ?? []));
  }

  function rebuild() {
    way.clear();
    build(scene, size);
    update();
  }

  function update() {
    if (!drawing === !lossProblem(scene)) build(scene, size); // a target has come or gone
    if (drawing && !drawing.holds()) build(scene, size); // a number beyond the map widens it
    if (!drawing) return;
    drawing.update(way);
    frame ||= requestAnimationFrame(draw);
  }

  // What takes longer waits for the next frame.
  function draw() {
    frame = 0;
    drawing?.drawGround();
  }

  listen({
    opened: choice.forget,
    shape: way.clear,
    trained: way.trained,
    edited: way.lifted,
  });
  return { node, build, update };
}

/** Whoever lets nothing turn has a loss all the same.
 * @type {(scene: Scene) => string | null} */
function lossProblem(scene) {
  if (learnersOf(scene).length < 2) return "loss_one";
  return trainingProblem(scene) === "no_target" ? "descent_no_target" : null;
}

/** @param {Scene} scene @param {Size} size @param {[Learner, Learner]} learners
 * @param {ReturnType<typeof lossGround>} ground */
function lossDrawing(scene, size, learners, ground) {
  const plane = lossPlane(scene, size, learners);
  const ball = lossBall(scene, plane);
  const values = () => learners.map((learner) => learnerValue(scene, learner));
  ground.place(plane, size);
  return {
    nodes: [ground.lines, ...lossScales(plane), insideMap(plane, ball.path), ball.node],
    holds: () => holdsValues(plane, values()),
    /** @param {ReturnType<typeof ballWay>} way */
    update: (way) => ball.update(values(), way.follow(values())),
    drawGround: () => ball.tell(ground.draw(scene, plane)),
  };
}

/** What training has come along. */
function ballWay() {
  /** @type {(number[] | null)[]} null: a hand has lifted the ball */
  let places = [];
  /** @type {number[]} */
  let latest = [];
  let isTrained = false;
  const isOpen = () => Boolean(places[places.length - 1]);
  return {
    clear: () => (places = []),
    trained: () => (isTrained = true),
    lifted: () => isOpen() && places.push(null),
    /** @type {(values: number[]) => (number[] | null)[]} */
    follow(values) {
      if (isTrained && !isOpen()) places.push(latest);
      if (isTrained) places.push(values);
      [isTrained, latest] = [false, values];
      return places;
    },
  };
}
