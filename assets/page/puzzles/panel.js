// The card of a puzzle: what to build, the check, and what came of it.

import { isSelf } from "../core/asking.js";
import { fitTable } from "../core/naming.js";
import { headOf, wrongAt } from "../core/puzzles/grade.js";
import { newLabel } from "../state/codecs.js";
import { reshape } from "../state/editing.js";
import { listen } from "../state/events.js";
import { currentLesson, lessonBeside, startScene } from "../state/lessons.js";
import { choosePuzzle, goOn } from "../state/navigation.js";
import { progress } from "../state/progress.js";
import { puzzlesAfter } from "../state/puzzles.js";
import { settle } from "../state/settle.js";
import { replaceState, state } from "../state/store.js";
import { addTexts, inList, labelText, text } from "../state/texts.js";
import { emphasised, make, makeButton, showText, showTypeset } from "../ui/dom.js";
import { addPuzzles } from "./lessons.js";
import { formulaPart } from "./formula-part.js";
import { puzzleHere, puzzleSession } from "./session.js";
import { verdict } from "./verdict.js";
import "./puzzles.css";

/** @import { Puzzle } from "../core/puzzles/types.js" */
/** @import { Matrix } from "../core/types.js" */
/** @import { Finding } from "./verdict.js" */

const SEEDS = 10_000;

/** @type {() => HTMLElement} */
export function puzzlePanel() {
  addTexts(TEXTS);
  addPuzzles();
  const [asking, said] = [askingPart(otherNumbers), verdict()];
  const session = puzzleSession(update);
  const bar = make("progress", { max: 1, value: 0, "aria-hidden": "true" });
  const toggle = () => (session.share === null ? session.begin() : session.age());
  const check = makeButton("puzzle-check", toggle, "pill onward");
  const formula = formulaPart(session.beginFormula, session.age);
  const show = makeButton("puzzle-show", putSmallest, "pill");
  const next = makeButton("puzzle-next", goFurther, "pill onward");

  function putSmallest() {
    const { found } = session;
    if (found?.smallest) putScene(found, found.smallest);
  }

  function otherNumbers() {
    replaceState({ puzzleSeed: (state.puzzleSeed + 1) % SEEDS });
    session.clear();
    settle();
  }

  function update() {
    if (!state.puzzle) return;
    const { share, found, isOld, broken, problem } = session;
    asking.update(broken);
    formula.update(problem);
    showText(check, text(share === null ? "puzzle_check" : "puzzle_stop"));
    showText(show, text("puzzle_show"));
    showText(next, `${text(puzzleAfter() ? "puzzle_next" : "puzzle_onward")} →`);
    bar.hidden = share === null;
    bar.value = share ?? 0;
    show.hidden = !found?.smallest;
    next.hidden = !found || Boolean(found.smallest) || !(puzzleAfter() || lessonBeside(1));
    said.show(found, isOld);
  }

  function begin() {
    formula.clear();
    session.clear();
  }

  listen({ opened: begin, language: update, progress: update });
  const acts = make("div", { class: "actions" }, check, bar, show, next);
  const attributes = { class: "panel puzzle", "data-testid": "puzzle" };
  return make("section", attributes, ...asking.nodes, acts, said.node, formula.node);
}

/** Its title and seed, what to build, and what may be changed.
 * @param {() => void} onother */
function askingPart(onother) {
  const title = make("h2", { tabindex: "-1", "data-testid": "puzzle-title" });
  const task = make("p", { "data-testid": "puzzle-task" });
  const rule = make("p", { class: "note", role: "status", "data-testid": "puzzle-rule" });
  const other = makeButton("puzzle-other", onother, "quiet");
  const seed = make("span", { class: "note", "data-testid": "puzzle-seed" });
  const head = make("div", { class: "head" }, title, make("span", { class: "seed" }, seed, other));
  listen({ read: () => void (state.puzzle && title.focus({ preventScroll: true })) });
  return {
    nodes: [head, task, rule],
    /** @type {(broken: string | null) => void} */
    update(broken) {
      const { name, puzzle } = puzzleHere();
      const mark = progress.read().done.has(state.lesson) ? " ✓" : "";
      showText(title, `🧩 ${text(`puzzle_${name}_title`)}${mark}`);
      task.replaceChildren(...emphasised(text(`puzzle_${name}_text`, { asked: askedInWords() })));
      const free = inList(puzzle.free.map((part) => text(`puzzle_free_${part}`)));
      const left = broken && text("puzzle_kept", { what: text(`hide_${broken}`) });
      showTypeset(rule, left ?? text("puzzle_rule", { what: free }));
      rule.classList.toggle("broken", left !== null);
      showText(other, text("puzzle_other"));
      showText(seed, text("puzzle_seed", { seed: state.puzzleSeed }));
    },
  };
}

/** @type {() => string | number} */
function askedInWords() {
  const { puzzle, asked } = puzzleHere();
  if (puzzle.asked === "row") return labelText(newLabel("new_row", asked + 1));
  return puzzle.asked === "column" ? labelText(startScene().columns[asked]) : asked;
}

/** One's own table comes back by undo. In self-attention the step asks that gets something wrong.
 * @type {(found: Finding, x: Matrix) => void} */
function putScene({ puzzle, solution, asked }, x) {
  const wrong = wrongAt(puzzle, solution, x, asked);
  reshape(() => {
    const { scene } = state;
    fitTable(scene, x.length, scene.columns.length, newLabel);
    scene.x = structuredClone(x);
    scene.mask = x.map(() => true);
    if (!isSelf(puzzle.start) || !isSelf(scene) || !wrong) return;
    scene.asks = wrong.step;
    scene.head = headOf(scene, wrong.at);
    if (!puzzle.free.includes("pos")) scene.pos = placesOfPuzzle(puzzle, x.length);
  }, "puzzle-show");
}

/** @type {(puzzle: Puzzle, rows: number) => Matrix | null} */
function placesOfPuzzle({ start }, rows) {
  return structuredClone(start.pos?.slice(0, rows) ?? null);
}

function goFurther() {
  const after = puzzleAfter();
  if (after) choosePuzzle(after);
  else goOn();
}

/** -> the next puzzle of the same level
 * @type {() => string | undefined} */
function puzzleAfter() {
  const names = puzzlesAfter(currentLesson().level);
  return names[names.indexOf(String(state.puzzle)) + 1];
}
