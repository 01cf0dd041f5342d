// What holds for the whole table: its kind, activation, bias, temperature, and the way back.

import { isDot, switchBias, switchKind } from "../core/scene.js";
import { make } from "../ui/dom.js";
import { numberControl } from "../ui/sliders.js";

// page: text(), rules, reset(), reshape(), turn(), ranges and notice()
export function buildToolbar(scene, page) {
  const { text, rules, ranges } = page;
  const choice = (key, values, pick) => {
    const options = values.map((value) => make("option", { value }, text(`${key}_${value}`)));
    const select = make(
      "select",
      { "data-testid": key, onchange: () => pick(select.value) },
      ...options,
    );
    select.value = scene[key];
    return make("label", { class: "field" }, make("span", { class: "caption" }, text(key)), select);
  };
  const bias = make("input", {
    type: "checkbox",
    "data-testid": "bias",
    onchange: () => page.reshape(() => switchBias(scene, bias.checked), "bias"),
  });
  bias.checked = Boolean(scene.b);
  const temperature = numberControl({
    testid: "temperature",
    role: "t",
    range: ranges.temperature,
    limits: rules.temperature,
    value: scene.temperature,
    onvalue: (value) => {
      scene.temperature = value;
      page.turn();
    },
    onrefuse: page.notice,
  });
  temperature.relabel(text("temperature"), text("typed", { name: text("temperature") }));
  const setActivation = (value) => page.reshape(() => (scene.activation = value), "activation");
  return make(
    "div",
    { class: "toolbar" },
    choice("kind", rules.kinds, (kind) => page.reshape(() => switchKind(scene, kind), "kind")),
    scene.kind === "attention" ? choice("activation", rules.activations, setActivation) : null,
    isDot(scene)
      ? null
      : make("label", { class: "field" }, bias, make("span", {}, text("bias_switch"))),
    make(
      "div",
      { class: "field" },
      make("span", { class: "caption", "aria-hidden": "true" }, text("temperature")),
      ...temperature.nodes,
    ),
    make(
      "button",
      { type: "button", class: "pill reset", "data-testid": "reset", onclick: page.reset },
      make("span", { "aria-hidden": "true" }, "↺ "),
      text("reset"),
    ),
  );
}
