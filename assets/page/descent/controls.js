// What one says before training: where the attention should go, and what may turn how fast. aimed() is
// called when something of it has been turned.

import { readNumber, readableNumber, typedNumber } from "../core/numbers.js";
import { PARTS, targetShares } from "../core/objective.js";
import { percent } from "../core/percentages.js";
import { given } from "../state/given.js";
import { notify } from "../state/notices.js";
import { state } from "../state/store.js";
import { labelText, text } from "../state/texts.js";
import { make, showText, showTypeset } from "../ui/dom.js";
import { rowColour, rowStyle } from "../ui/rows.js";
import { term } from "../ui/term.js";
import { numberControl } from "../ui/number-control.js";

/** @import { Part, PartRules } from "../core/types.js" */

const STRENGTHS = [0.001, 0.01, 0.1, 1]; // of a regulariser, to choose from

/** The rows of the table as targets: of each its slider, its number, and its share of all targets.
 * @param {() => void} aimed */
export function targetList(aimed) {
  const title = make("h3");
  const list = make("div", { class: "targets" });
  /** @type {ReturnType<typeof targetLine>[]} */
  let lines = [];
  return {
    node: make("section", {}, title, list),
    build() {
      lines = state.scene.rows.map((_, row) => targetLine(row, aimed));
      list.replaceChildren(...lines.flatMap(({ nodes }) => nodes));
    },
    update() {
      showText(title, text("targets"));
      const shares = targetShares(state.scene);
      lines.forEach((line, row) => line.update(percent(shares[row])));
    },
  };
}

/** @param {number} row @param {() => void} aimed */
function targetLine(row, aimed) {
  const { scene } = state;
  const label = make("span", { class: "target-name", dir: "auto", style: rowStyle(row) });
  const share = make("span", { class: "target-share" });
  const control = numberControl({
    testid: `target-${row}`,
    role: "a",
    range: [0, 1, 0.01],
    limits: given.rules.training.target,
    value: scene.objective.target[row],
    onvalue: (value) => {
      scene.objective.target[row] = value;
      aimed();
    },
    onrefuse: notify,
  });
  control.nodes[0].style.setProperty("--row", rowColour(row));
  return {
    nodes: [label, ...control.nodes, share],
    /** @param {string} ofAll its share of all targets */
    update(ofAll) {
      const name = labelText(scene.rows[row]);
      const long = text("target_of", { name });
      showText(label, name);
      control.relabel(long, text("typed", { name: long }));
      showText(share, ofAll);
    },
  };
}

/** The learning rate: round numbers to choose from, or any typed one.
 * @param {() => void} aimed */
export function rateControl(aimed) {
  const decades = Array.from({ length: 8 }, (_, i) => i - 4);
  const round = decades.flatMap((decade) => [1, 3].map((digit) => Number(`${digit}e${decade}`)));
  const [slowest, fastest] = given.rules.training.rate;
  const choices = round.filter((rate) => rate >= slowest && rate <= fastest);
  const own = make("option", { hidden: true });
  const rateTerm = term("rate");
  const caption = make("span", { class: "caption" }, rateTerm.node);
  const options = choices.map((rate) => make("option", { value: rate }, readableNumber(rate)));
  const select = make("select", { "data-testid": "train-rate" }, ...options, own);
  select.addEventListener("change", () => take(Number(select.value)));
  const typed = make("input", {
    ...{ type: "text", class: "typed", inputmode: "decimal", autocomplete: "off" },
    "data-testid": "train-rate-number",
  });
  typed.addEventListener("change", () => {
    const came = readNumber(typed.value);
    if (came === null) notify("notice_typed", { came: typed.value });
    else take(came);
    update();
  });

  /** @type {(came: number) => void} */
  function take(came) {
    const used = Math.min(Math.max(came, slowest), fastest);
    const key = text("train_rate");
    if (used !== came) notify("notice_range", { key, low: slowest, high: fastest, came, used });
    state.scene.objective.rate = used;
    update();
    aimed();
  }

  function update() {
    const { rate } = state.scene.objective;
    own.value = String(rate);
    showText(own, readableNumber(rate));
    select.value = String(rate);
    typed.value = typedNumber(rate);
    rateTerm.say(text("train_rate"));
    select.setAttribute("aria-label", text("train_rate"));
    typed.setAttribute("aria-label", text("typed", { name: text("train_rate") }));
  }
  return { node: make("div", { class: "field" }, caption, select, typed), update };
}

/** One of w, b and the query: whether it may turn, its regulariser and its constraint.
 * @param {Part} part @param {() => void} aimed */
export function partControl(part, aimed) {
  const { regularizers, constraints } = given.rules.training;
  const own = () => state.scene.objective[part];
  const turn = make("input", { type: "checkbox", "data-testid": `train-turn-${part}` });
  turn.addEventListener("change", () => {
    const { objective } = state.scene;
    const turns = (/** @type {Part} */ one) =>
      one === part ? turn.checked : objective.turns.includes(one);
    objective.turns = PARTS.filter(turns);
    aimed();
  });
  const name = make("span", { class: part === "b" ? null : "role-w" });
  const regularizer = ruleChoice(part, "regularizer", regularizers, aimed);
  const strength = ruleChoice(part, "strength", STRENGTHS, aimed);
  const constraint = ruleChoice(part, "constraint", constraints, aimed);
  const odd = make("option", { hidden: true }); // a strength that a link has brought
  strength.select.append(odd);
  const label = make("label", { class: "turns" }, turn, name);
  const rules = [regularizer.node, strength.node, constraint.node];
  return {
    part,
    node: make("div", { class: "part" }, label, ...rules),
    update() {
      turn.checked = state.scene.objective.turns.includes(part);
      showTypeset(name, text("train_turns", { part: text(`train_${part}`) }));
      regularizer.update((value) => (value === "none" ? text("train_none") : value.toUpperCase()));
      odd.value = String(own().strength);
      showText(odd, readableNumber(own().strength));
      strength.update((value) => readableNumber(Number(value)));
      strength.node.hidden = own().regularizer === "none";
      constraint.update((value) => text(`constraint_${value}`));
    },
  };
}

/** @param {Part} part @param {keyof PartRules} key @param {(string | number)[]} values
 * @param {() => void} aimed */
function ruleChoice(part, key, values, aimed) {
  const options = values.map((value) => make("option", { value }));
  const caption = make("span", { class: "caption" });
  const select = make("select", { "data-testid": `train-${key}-${part}` }, ...options);
  select.addEventListener("change", () => {
    const value = key === "strength" ? Number(select.value) : select.value;
    Object.assign(state.scene.objective[part], { [key]: value });
    aimed();
  });
  return {
    node: make("label", { class: "field" }, caption, select),
    select,
    /** @param {(value: string) => string} write */
    update(write) {
      showText(caption, text(`train_${key}`));
      options.forEach((option) => showText(option, write(option.value)));
      select.value = String(state.scene.objective[part][key]);
    },
  };
}
