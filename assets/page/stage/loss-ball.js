// The ball on the map of the loss: it stands at the two numbers, and a hand can roll it.

import { onRange } from "../core/geometry.js";
import { learnerValue, setLearner } from "../core/loss-map.js";
import { readableNumber, smallNumber } from "../core/numbers.js";
import { moved } from "../state/editing.js";
import { text } from "../state/texts.js";
import { makeShape, showText } from "../ui/dom.js";
import { makeDraggable, sayValue } from "./grip.js";
import { learnerName, rangeOfLearner } from "./loss-choice.js";

/** @import { Scene } from "../core/types.js" */
/** @import { LossPlane } from "./loss-plane.js" */

const BALL = 9; // radius, in pixels
const LONGEST_PATH = 900; // places

/** @type {(scene: Scene, plane: LossPlane) => { node: SVGElement, path: SVGElement, update: (values: number[], way: (number[] | null)[]) => void, tell: (loss: number) => void }} */
export function lossBall(scene, { learners, place, numbers, box }) {
  const ball = makeShape("circle", {
    ...{ class: "ball", r: BALL, role: "slider", "data-testid": "loss-ball" },
    ...{ "aria-valuemin": rangeOfLearner(learners[0])[0] },
    ...{ "aria-valuemax": rangeOfLearner(learners[0])[1] },
  });
  const words = makeShape("text", { class: "ball-loss" });
  const path = makeShape("path", { class: "ball-path" });
  const values = () => learners.map((learner) => learnerValue(scene, learner));
  /** @type {(next: number[]) => void} */
  const take = (next) => {
    learners.forEach((learner, i) =>
      setLearner(scene, learner, onRange(next[i], rangeOfLearner(learner))),
    );
    moved();
  };
  makeDraggable(ball, {
    at: () => place(values()),
    drag: (to) => take(numbers(to)),
    step: (across, up) => {
      const steps = [across, up];
      take(values().map((value, i) => value + steps[i] * rangeOfLearner(learners[i])[2]));
    },
  });
  const names = learners.map((learner) => learnerName(scene, learner));
  let isRight = false;
  return {
    node: makeShape("g", {}, ball, words),
    path,
    update(present, way) {
      const { x, y } = place(present);
      ball.setAttribute("cx", String(x));
      ball.setAttribute("cy", String(y));
      ball.setAttribute("data-x", String(present[0]));
      ball.setAttribute("data-y", String(present[1]));
      isRight = x > box.right - 110;
      words.setAttribute("x", String(isRight ? x - BALL - 6 : x + BALL + 6));
      words.setAttribute("y", String(y < box.top + 20 ? y + 18 : y - 7));
      words.setAttribute("text-anchor", isRight ? "end" : "start");
      path.setAttribute("d", wayPath(way, place));
    },
    tell(loss) {
      ball.setAttribute("data-loss", String(loss));
      const written = `${text("train_loss")} ${smallNumber(loss)}`;
      showText(words, written);
      const told = values().map((value, i) => `${names[i]} ${readableNumber(value)}`);
      sayValue(ball, text("loss_ball"), values()[0], [...told, written].join(", "));
    },
  };
}

/** @type {(way: (number[] | null)[], place: LossPlane["place"]) => string} */
function wayPath(way, place) {
  let isNew = true;
  const parts = way.slice(-LONGEST_PATH).map((values) => {
    const start = isNew;
    isNew = !values;
    if (!values) return "";
    const { x, y } = place(values);
    return `${start ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`;
  });
  return parts.join("");
}
