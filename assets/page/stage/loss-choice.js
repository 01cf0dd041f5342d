// Which two of the numbers that learn are the axes of the map.

import { descentPoint } from "../core/descent.js";
import { learnersOf, learnerValue } from "../core/loss-map.js";
import { currentLesson, rangeOfField } from "../state/lessons.js";
import { labelText, text } from "../state/texts.js";
import { make } from "../ui/dom.js";

/** @import { Learner } from "../core/loss-map.js" */
/** @import { Range, Scene } from "../core/types.js" */

/** onchoice: others are chosen
 * @param {() => void} onchoice */
export function learnerChoice(onchoice) {
  /** @type {string[]} names of both */
  let chosen = [];
  const axes = ["loss-x", "loss-y"].map((testid, side) => {
    const select = make("select", { "data-testid": testid });
    select.addEventListener("change", () => {
      if (chosen[1 - side] === select.value) chosen.reverse();
      else chosen[side] = select.value;
      onchoice();
    });
    const sign = make("span", { class: "caption", "aria-hidden": "true" }, side ? "↑" : "→");
    const node = make("label", { class: `field axis ${side ? "axis-y" : "axis-x"}` }, sign, select);
    return { node, select };
  });
  return {
    nodes: axes.map(({ node }) => node),
    forget: () => (chosen = []),
    /** -> both, if there are two
     * @type {(scene: Scene) => Learner[]} */
    update(scene) {
      const learners = learnersOf(scene);
      const names = learners.map(keyOf);
      if (!chosen.length || chosen.some((name) => !names.includes(name)))
        chosen = steepest(scene).map(keyOf);
      axes.forEach(({ node, select }, side) => {
        node.hidden = learners.length < 2;
        select.setAttribute("aria-label", text(side ? "loss_up" : "loss_across"));
        select.replaceChildren(
          ...learners.map((one, i) => make("option", { value: names[i] }, learnerName(scene, one))),
        );
        select.value = chosen[side] ?? "";
      });
      return chosen.map((name) => learners[names.indexOf(name)]);
    },
  };
}

/** As a lesson's `touch` calls it: "b.3", "w.0.2".
 * @type {(learner: Learner) => string} */
const keyOf = ({ part, index, to }) => [part, index, ...(to === null ? [] : [to])].join(".");

/** What the lesson lets one touch, then what may turn, then where the loss rises most along its slider.
 * @type {(scene: Scene) => Learner[]} */
function steepest(scene) {
  const { touch } = currentLesson();
  const { turns } = scene.objective;
  const { gradients } = descentPoint(scene, scene.objective);
  /** @type {(learner: Learner) => number} */
  const rise = (learner) => {
    const [low, high] = rangeOfLearner(learner);
    return Math.abs(learnerValue(gradients, learner)) * (high - low);
  };
  const learners = learnersOf(scene);
  const best = learners
    .map((learner) => ({
      learner,
      ranks: [
        Number(touch.includes(keyOf(learner))),
        Number(turns.includes(learner.part)),
        rise(learner),
      ],
    }))
    .sort(({ ranks: one }, { ranks: other }) => {
      const i = one.findIndex((rank, j) => rank !== other[j]);
      return i < 0 ? 0 : other[i] - one[i];
    })
    .slice(0, 2)
    .map(({ learner }) => learner);
  return learners.filter((learner) => best.includes(learner));
}

/** @type {(learner: Learner) => Range} */
export function rangeOfLearner({ part }) {
  return rangeOfField(part);
}

/** @type {(scene: Scene, learner: Learner) => string} */
export function learnerName({ rows, columns }, { part, index, to }) {
  if (part === "b") return `b · ${labelText(rows[index])}`;
  if (part === "wq" || part === "wk")
    return `${part === "wq" ? "W_q" : "W_k"} · ${labelText(columns[index])} → ${part[1]}${Number(to) + 1}`;
  if (to !== null) return `w · ${labelText(rows[index])} → ${labelText(rows[to])}`;
  return `${part === "query" ? "q" : "w"} · ${labelText(columns[index])}`;
}
