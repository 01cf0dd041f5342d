// How every head of every layer looks back from the last character: a row of bars a head, with a button
// that takes the head out, and the characters below.

import { text } from "../state/texts.js";
import { make, makeButton, makeShape, showText } from "../ui/dom.js";
import { largestWeightInText } from "./learn-texts.js";
import "./writer.css";

const SHOWN_AS = /** @type {Record<string, string>} */ ({ "\n": "↵" });

/** rows: "1·2" is layer 1, head 2; weights: (rows, steps), each 0 to 1; out: rows that are taken out;
 * onflip(row): one is taken out, or put in again
 * @type {(testid: string, onflip: (row: number) => void) => { node: HTMLElement, show: (steps: string[], rows: string[], weights: number[][], out: number[]) => void }} */
export function headBars(testid, onflip) {
  const heads = make("div", { class: "all-heads" });
  const letters = make("div", { class: "heads-letters", "aria-hidden": "true", translate: "no" });
  const note = make("p", { class: "note" }, text("learn_heads_note"));
  const node = make("div", { class: "head-bars", "data-testid": testid }, heads, letters, note);
  /** @type {ReturnType<typeof oneHead>[]} */
  let built = [];
  /** @type {HTMLElement[]} */
  let cells = [];
  return {
    node,
    show(steps, rows, weights, out) {
      showText(note, text("learn_heads_note"));
      if (built.length !== rows.length) {
        built = rows.map((row, i) =>
          oneHead(`${testid}-${row.replace("·", "-")}`, row, () => onflip(i)),
        );
        heads.replaceChildren(...built.map((row) => row.node));
      }
      if (cells.length !== steps.length) {
        cells = steps.map(() => make("span"));
        letters.replaceChildren(...cells);
        letters.style.setProperty("--steps", String(steps.length));
      }
      steps.forEach((step, i) => showText(cells[i], SHOWN_AS[step] ?? step));
      built.forEach((row, i) => row.show(steps, weights[i], out.includes(i)));
    },
  };
}

/** @type {(testid: string, name: string, onflip: () => void) => { node: HTMLElement, show: (steps: string[], weights: number[], isOut: boolean) => void }} */
function oneHead(testid, name, onflip) {
  const bars = makeShape("path");
  const picture = makeShape(
    "svg",
    { role: "img", preserveAspectRatio: "none", "data-testid": testid },
    bars,
  );
  const [layer, head] = name.split("·");
  const button = makeButton(`${testid}-out`, onflip, "pill", make("span", {}, name));
  const node = make("div", { class: "one-head" }, button, picture);
  return {
    node,
    show(steps, weights, isOut) {
      node.classList.toggle("is-out", isOut);
      button.setAttribute("aria-pressed", String(isOut));
      button.setAttribute("aria-label", text("learn_out_head", { layer, head }));
      picture.setAttribute("viewBox", `0 0 ${weights.length} 1`);
      const written = weights.map(String); // of many, what takes longest
      bars.setAttribute("d", written.map((one, i) => `M${i}.1 1v-${one}h.8v${one}z`).join(""));
      picture.setAttribute("data-weights", written.join(" "));
      const where = largestWeightInText(weights, steps);
      picture.setAttribute("aria-label", `${text("learn_head", { layer, head })}: ${where}`);
    },
  };
}
