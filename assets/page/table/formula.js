// The chosen row's numbers, put into the formula line by line.

import { exponentials } from "../core/attention.js";
import { fixedNumber, powerOfTen, readableNumber, threeDigits } from "../core/numbers.js";
import { isDot, run } from "../core/scene.js";
import { listen } from "../state/events.js";
import { state } from "../state/store.js";
import { labelText, text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";

// -> what to show: lines of [name, parts, result] and notes; parts are texts or [role, text]
function formulaLines(scene, trace, row) {
  const { kind, x, w, b, query, mask, activation, temperature } = scene;
  const n = readableNumber;
  const inBrackets = (value) => (value < 0 ? `(${n(value)})` : n(value));
  const isGate = kind === "gate";
  const factors = isGate ? w.map((weights) => weights[row]) : isDot(scene) ? query : w;
  const vector = isGate ? x.map(([number], step) => (mask[step] ? number : 0)) : x[row];

  const product = vector.flatMap((number, i) => [
    i ? " + " : "",
    ["x", inBrackets(number)],
    " · ",
    ["w", inBrackets(factors[i])],
  ]);
  if (b && !isDot(scene)) product.push(b[row] < 0 ? " − " : " + ", ["b", n(Math.abs(b[row]))]);
  const lines = [[text("formula_logit"), product, fixedNumber(trace.logits[row], 2)]];

  const logit = fixedNumber(trace.logits[row], 2);
  if (kind === "attention" && activation === "tanh")
    lines.push([text("formula_score"), [`tanh(${logit})`], fixedNumber(trace.scores[row], 4)]);
  if (kind === "scaled_dot_product")
    lines.push([
      text("formula_score"),
      [`${logit} ÷ √${vector.length}`],
      fixedNumber(trace.scores[row], 2),
    ]);
  if (!mask.some(Boolean)) return { lines, notes: [text("formula_nobody")] };
  if (!mask[row]) return { lines, notes: [text("formula_hidden")] };

  // exp of the score itself, as one would write it, as long as it is a number one can read.
  const highest = Math.max(...trace.scores.filter((_, step) => mask[step]));
  const plain = trace.scores.every(
    (score, step) => !mask[step] || Math.abs(score / temperature) < 12,
  );
  const decimals = kind === "attention" && activation === "tanh" ? 4 : 2;
  const shown = fixedNumber(trace.scores[row], decimals);
  const top = fixedNumber(highest, decimals);
  const power = plain
    ? trace.scores[row] < 0 && temperature === 1
      ? `(${shown})`
      : shown
    : `(${shown} − ${highest < 0 ? `(${top})` : top})`;
  const exps = plain
    ? trace.scores.map((score, step) => (mask[step] ? Math.exp(score / temperature) : 0))
    : exponentials(trace.scores, mask, temperature);
  const size = (exp) => (exp >= 0.001 || exp === 0 ? fixedNumber(exp, 3) : powerOfTen(exp));
  lines.push([
    text("formula_exp"),
    [temperature === 1 ? `e^${power}` : `e^(${power} / ${n(temperature)})`],
    size(exps[row]),
  ]);

  const visible = exps.map((exp, step) => [exp, step]).filter(([, step]) => mask[step]);
  const sum = visible.flatMap(([exp, step], i) => [
    i ? " + " : "",
    step === row ? ["a", size(exp)] : size(exp),
  ]);
  lines.push([
    text("formula_weight"),
    [["a", size(exps[row])], " ÷ (", ...sum, ")"],
    threeDigits(trace.weights[row]),
  ]);

  const weight = ["a", threeDigits(trace.weights[row])];
  if (isGate)
    lines.push([
      text("formula_output_gate"),
      [["x", inBrackets(x[row][0])], " · ", weight],
      fixedNumber(trace.output[row], 2),
    ]);
  else {
    const shares = x[row].map((number) => fixedNumber(trace.weights[row] * number, 2));
    lines.push([
      text("formula_output"),
      [weight, " · (", ["x", x[row].map(n).join("; ")], ")"],
      `(${shares.join("; ")})`,
    ]);
  }
  const notes = plain ? [] : [text("formula_shift", { highest: top })];
  const single = kind === "attention" ? inFloat32(scene, trace, row) : null;
  if (single) notes.push(text("formula_float32", single));
  return { lines, notes };
}

// A row's weight as the article's class computes it, with exp of the score itself and in float32,
// whose numbers end sooner; null where they suffice.
function inFloat32({ mask, temperature }, trace, row) {
  const { exp, fround } = Math;
  const exps = trace.scores.map((score, step) =>
    fround(fround(exp(fround(score / temperature))) * Number(mask[step])),
  );
  const sum = exps.reduce((a, b) => fround(a + b), 0);
  if (Number.isFinite(sum)) return null;
  const [own, all, weight] = [exps[row], sum, fround(exps[row] / sum)].map(singleNumber);
  return { exp: own, sum: all, weight };
}

// "1.65e38", "∞", "NaN"
function singleNumber(number) {
  if (!Number.isFinite(number)) return Number.isNaN(number) ? "NaN" : "∞";
  return number === 0 ? "0" : threeDigits(number).replace("e+", "e");
}

export function formulaPlace() {
  const node = make("div", { class: "formula-place" });
  let panel;
  const update = () => {
    const { scene, row } = state;
    panel.update(scene, run(scene), row, labelText(scene.rows[row]));
  };
  listen({
    language() {
      panel = formulaPanel();
      node.replaceChildren(panel.node);
    },
    frame: update,
    selected: update,
  });
  return node;
}

function formulaPanel() {
  const title = make("h3", { dir: "auto" });
  const list = make("dl");
  const notes = make("p", { class: "note said" });
  const later = make("p", { class: "note later-on" }, text("formula_later"));
  const node = make(
    "section",
    { class: "panel formula", "data-testid": "formula" },
    title,
    later,
    list,
    notes,
  );
  let shape = ""; // while the lines keep their shape, their nodes stay and only the texts change
  let nodes = [];
  return {
    node,
    update(scene, trace, row, name) {
      const { lines, notes: said } = formulaLines(scene, trace, row);
      const parts = lines.map(([, parts, result]) =>
        ["= ", ...parts, " = ", ["result", result]].map((part) =>
          Array.isArray(part) ? part : ["plain", part],
        ),
      );
      const needed = parts
        .map((line, i) => [lines[i][0], ...line.map(([role]) => role)].join())
        .join(";");
      if (needed !== shape) {
        nodes = parts.map((line) =>
          line.map(([role]) =>
            make(role === "result" ? "strong" : "span", { class: `role-${role}` }),
          ),
        );
        list.replaceChildren(
          ...nodes.flatMap((line, i) => [make("dt", {}, lines[i][0]), make("dd", {}, ...line)]),
        );
        shape = needed;
      }
      parts.forEach((line, i) => line.forEach(([, words], j) => showText(nodes[i][j], words)));
      showText(title, text("formula_title", { name }));
      showText(notes, said.join(" "));
    },
  };
}
