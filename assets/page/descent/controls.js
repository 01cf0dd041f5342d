// What one says before training: where the attention should go, and what may turn how fast.
// `page` is that of descent.js; aimed() is called when something of it has been turned.

import { readNumber, readableNumber, typedNumber } from "../core/numbers.js";
import { PARTS, targetShares } from "../core/objective.js";
import { percentages } from "../core/percentages.js";
import { given } from "../state/given.js";
import { notify } from "../state/notices.js";
import { state } from "../state/store.js";
import { labelText, text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";
import { numberControl } from "../ui/sliders.js";

const STRENGTHS = [0.001, 0.01, 0.1, 1]; // of a regulariser, to choose from

// A row of the table as a target: its slider, its number, and its share of all targets.
export function targetList(aimed) {
  const title = make("h3");
  const list = make("div", { class: "targets" });
  let lines = [];

  function line(row) {
    const scene = state.scene;
    const name = () => text("target_of", { name: labelText(scene.rows[row]) });
    const label = make("span", { class: "target-name", dir: "auto" });
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
    list.append(label, ...control.nodes, share);
    return { label, share, control, name, row };
  }

  return {
    node: make("section", {}, title, list),
    build() {
      list.replaceChildren();
      lines = state.scene.rows.map((_, row) => line(row));
    },
    update() {
      showText(title, text("targets"));
      const shares = percentages(targetShares(state.scene));
      for (const { label, share, control, name, row } of lines) {
        showText(label, labelText(state.scene.rows[row]));
        control.relabel(name(), text("typed", { name: name() }));
        showText(share, shares[row]);
      }
    },
  };
}

// The learning rate: round numbers to choose from, or any typed one.
export function rateControl(aimed) {
  const decades = Array.from({ length: 8 }, (_, i) => i - 4);
  const round = decades.flatMap((decade) => [1, 3].map((digit) => Number(`${digit}e${decade}`)));
  const [slowest, fastest] = given.rules.training.rate;
  const choices = round.filter((rate) => rate >= slowest && rate <= fastest);
  const own = make("option", { hidden: true });
  const caption = make("span", { class: "caption" });
  const select = make(
    "select",
    { "data-testid": "train-rate", onchange: () => take(Number(select.value)) },
    ...choices.map((rate) => make("option", { value: rate }, readableNumber(rate))),
    own,
  );
  const typed = make("input", {
    type: "text",
    class: "typed",
    inputmode: "decimal",
    autocomplete: "off",
    "data-testid": "train-rate-number",
    onchange: () => {
      const came = readNumber(typed.value);
      if (came === null) notify("notice_typed", { came: typed.value });
      else take(came);
      update();
    },
  });

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
    own.value = rate;
    showText(own, readableNumber(rate));
    select.value = rate;
    typed.value = typedNumber(rate);
    showText(caption, text("train_rate"));
    select.setAttribute("aria-label", text("train_rate"));
    typed.setAttribute("aria-label", text("typed", { name: text("train_rate") }));
  }
  return { node: make("div", { class: "field" }, caption, select, typed), update };
}

// One of w, b and the query: whether it may turn, its regulariser and its constraint.
export function partControl(part, aimed) {
  const { rules } = given;
  const own = () => state.scene.objective[part];
  const turn = make("input", {
    type: "checkbox",
    "data-testid": `train-turn-${part}`,
    onchange: () => {
      const { objective } = state.scene;
      objective.turns = PARTS.filter((one) =>
        one === part ? turn.checked : objective.turns.includes(one),
      );
      aimed();
    },
  });
  const name = make("span", { class: `role-${part === "query" ? "q" : part}` });
  const choice = (key, values) => {
    const options = values.map((value) => make("option", { value }));
    const caption = make("span", { class: "caption" });
    const take = () => {
      own()[key] = key === "strength" ? Number(select.value) : select.value;
      aimed();
    };
    const testid = `train-${key}-${part}`;
    const select = make("select", { "data-testid": testid, onchange: take }, ...options);
    return {
      node: make("label", { class: "field" }, caption, select),
      select,
      update(write) {
        showText(caption, text(`train_${key}`));
        options.forEach((option) => showText(option, write(option.value)));
        select.value = own()[key];
      },
    };
  };
  const regularizer = choice("regularizer", rules.training.regularizers);
  const strength = choice("strength", STRENGTHS);
  const constraint = choice("constraint", rules.training.constraints);
  const odd = make("option", { hidden: true }); // a strength that a link has brought
  strength.select.append(odd);
  return {
    part,
    node: make(
      "div",
      { class: "part" },
      make("label", { class: "turns" }, turn, name),
      regularizer.node,
      strength.node,
      constraint.node,
    ),
    update() {
      turn.checked = state.scene.objective.turns.includes(part);
      showText(name, text("train_turns", { part: text(`train_${part}`) }));
      regularizer.update((value) => (value === "none" ? text("train_none") : value.toUpperCase()));
      odd.value = own().strength;
      showText(odd, readableNumber(own().strength));
      strength.update((value) => readableNumber(Number(value)));
      strength.node.hidden = own().regularizer === "none";
      constraint.update((value) => text(`constraint_${value}`));
    },
  };
}
