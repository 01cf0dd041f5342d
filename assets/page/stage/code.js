// The article's class: its lines, switched on one after another, and what they make of every row. The
// last one meets the outlines that softmax has drawn.

import {
  CLASS_LINES,
  LAST_LINE,
  classCode,
  classFormula,
  classNumbers,
  isLineUsed,
} from "../core/class-lines.js";
import { powerOfTen } from "../core/numbers.js";
import { percent } from "../core/percentages.js";
import { hasTanh, writtenExp, writtenScore } from "../core/softmax-steps.js";
import { listen } from "../state/events.js";
import { currentLesson } from "../state/lessons.js";
import { state } from "../state/store.js";
import { labelText, text } from "../state/texts.js";
import { make, makeButton, makeShape, showText } from "../ui/dom.js";
import { rowColour } from "../ui/rows.js";
import { isAsked } from "./asked.js";
import { stepColumns } from "./step-columns.js";
import "./code.css";

/** @import { ClassLine } from "../core/class-lines.js" */
/** @import { Scene, Trace } from "../core/types.js" */
/** @import { StepPlan } from "./step-columns.js" */
/** @import { View } from "./types.js" */

const LINES_HEAD = 36; // pixels for the lines, where they stand over the columns
const CODE_FOOT = 38; // and for what the chosen row's number becomes
const LINES_BESIDE = 440; // pixels of width from which the lines stand beside the columns
const LINES_SHARE = 0.5; // of the width, then
const CODE_DIFFERS = 1e-5; // more than float32 rounds

/** @type {Record<ClassLine, string>} in little room */
const SHORT_LINES = {
  ...{ dot: "x·W", bias: "+ b", tanh: "tanh", exp: "exp", mask: "mask", share: "÷ Σ" },
};

/** @type {StepPlan<ClassLine>} */
const CLASS_PLAN = {
  name: "code",
  numbers: (line, scene) => classNumbers(line, scene),
  written(line, number, scene) {
    if (!Number.isFinite(number)) return Number.isNaN(number) ? "NaN" : "∞";
    if (line === "share") return percent(number);
    const isExp = line === "exp" || line === "mask";
    return isExp ? writtenExp(number) : writtenScore(number, line === "tanh" ? scene : LINEAR);
  },
  isUntold: isLineUntold,
  showsMask: (line) => line === "mask" || line === "share",
  least: (line, scene) => (line === "share" ? 0.5 : line === "tanh" && hasTanh(scene) ? 1 : 0),
  outlined: (line, _, trace) => (line === "share" ? trace.weights : null),
};
const LINEAR = { kind: "attention", activation: "linear" };

/** @type {() => View} */
export function classCodeView() {
  const svg = makeShape("svg", { class: "code-picture" });
  const [name, own, note] = [make("strong", { dir: "auto" }), make("span"), make("span")];
  const code = make("code", { dir: "ltr", translate: "no" });
  const parts = [name, " ", own, " ", code, " ", note];
  const foot = make("p", { class: "softmax-line", "data-testid": "code-foot" }, ...parts);
  const lines = lineList(show);
  const node = make("div", { class: "code-view" }, lines.node, svg, foot);
  /** @type {ReturnType<typeof stepColumns<ClassLine>>} */
  let columns;
  /** @type {Scene} */
  let scene;
  /** @type {Trace | null} */
  let last = null;
  /** @param {ClassLine} line */
  function show(line) {
    columns?.goTo(line);
    if (last && scene === state.scene) tell(line, last); // or it is built next
  }

  /** @type {(line: ClassLine, trace: Trace) => void} */
  function tell(line, trace) {
    showText(name, labelText(scene.rows[state.row]));
    name.style.color = rowColour(state.row);
    const said = classFootOf(line, scene, trace);
    showText(own, said.own);
    showText(code, said.code);
    showText(note, said.note);
  }

  return {
    node,
    build(given, { width, height }) {
      scene = given;
      const isBeside = width >= LINES_BESIDE;
      const head = isBeside ? 0 : LINES_HEAD;
      const size = {
        width: isBeside ? Math.round(width * (1 - LINES_SHARE)) : width,
        height: height - head - CODE_FOOT,
      };
      node.classList.toggle("beside", isBeside);
      columns = stepColumns(CLASS_PLAN, scene, size, lines.present());
      svg.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
      const share = (/** @type {number} */ part, /** @type {number} */ all) => (100 * part) / all;
      svg.style.cssText = `top: ${share(head, height)}%; height: ${share(size.height, height)}%; width: ${share(size.width, width)}%`;
      svg.replaceChildren(columns.node);
      lines.relabel(scene);
    },
    update(shown, trace) {
      last = trace;
      columns.update(shown, trace);
      tell(lines.present(), trace);
    },
  };
}

/** What the lesson asks for, and what it could be read from.
 * @type {(line: ClassLine, row: number) => boolean} */
function isLineUntold(line, row) {
  if (line === "share") return isAsked("weights", row);
  if (line === "exp" || line === "mask") return isAsked("scores") || isAsked("logits");
  const isScore = line === "tanh" || state.scene.activation === "linear";
  return isAsked("logits", row) || (isScore && isAsked("scores", row));
}

/** What the line makes of the chosen row; after the last one, what they all make together.
 * @type {(line: ClassLine, scene: Scene, trace: Trace) => { own: string, code: string, note: string }} */
function classFootOf(line, scene, { weights }) {
  const { row } = state;
  /** @type {(one: ClassLine) => string} */
  const written = (one) =>
    isLineUntold(one, row) ? "?" : CLASS_PLAN.written(one, classNumbers(one, scene)[row], scene);
  const before = CLASS_LINES[CLASS_LINES.indexOf(line) - 1];
  const own = before ? `${written(before)} → ${written(line)}` : written(line);
  if (line !== "share") return { own, code: classCode(line, scene), note: "" };
  const numbers = classNumbers(line, scene);
  if (numbers.some(Number.isNaN)) return { own, code: "", note: text("code_nan") };
  const difference = Math.max(...numbers.map((number, i) => Math.abs(number - weights[i])));
  const key = difference < CODE_DIFFERS ? "code_same" : "code_differs";
  const note = text(key, { difference: powerOfTen(difference) });
  return { own, code: `= ${classFormula(scene)}`, note };
}

/** The lines to switch on: one that is chosen, and all before it. Chosen once more it is switched off.
 * @param {(line: ClassLine) => void} show */
function lineList(show) {
  /** @type {ClassLine} */
  let present = "share";
  const buttons = CLASS_LINES.map((line, i) =>
    makeButton(
      `code-line-${line}`,
      () => choose(line === present && i > 0 ? CLASS_LINES[i - 1] : line),
      "code-line",
      make("span", { class: "short", translate: "no" }, SHORT_LINES[line]),
      make("code", { class: "long", dir: "ltr", translate: "no" }),
    ),
  );
  const end = make("code", { class: "code-line code-end", dir: "ltr", translate: "no" }, LAST_LINE);
  const node = make("div", { class: "code-lines", role: "group" }, ...buttons, end);

  /** @param {ClassLine} line */
  function choose(line) {
    present = line;
    mark();
    show(line);
  }

  function mark() {
    const upto = CLASS_LINES.indexOf(present);
    buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(i <= upto)));
  }

  listen({
    opened() {
      const begins = currentLesson().touch.includes("code") && !state.home;
      present = begins ? CLASS_LINES[0] : "share"; // the view is built anew after that
    },
  });
  return {
    node,
    present: () => present,
    /** @type {(scene: Scene) => void} */
    relabel(scene) {
      node.setAttribute("aria-label", text("code_lines"));
      buttons.forEach((button, i) => {
        const line = CLASS_LINES[i];
        const isOff = !isLineUsed(line, scene);
        button.classList.toggle("unused", isOff);
        button.title = isOff ? text("code_unused") : "";
        showText(/** @type {Element} */ (button.lastElementChild), classCode(line, scene));
      });
      mark();
    },
  };
}
