// A card for teachers: a link to the present page without what comes later.

import { listen } from "../state/events.js";
import { given } from "../state/given.js";
import { pageAddress } from "../state/settle.js";
import { text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";
import { linkField } from "../ui/link.js";

/** @type {() => HTMLElement} */
export function hideCard() {
  const title = make("h2");
  const hint = make("p", { class: "note" });
  // The tab for teachers goes by itself as soon as anything does.
  const offered = given.hide.filter(({ name }) => name !== "teach");
  const groups = [...new Set(offered.map(({ group }) => group))].map((group) => {
    const names = offered.filter((one) => one.group === group).map(({ name }) => name);
    return hideGroup(group, names, update);
  });
  const projector = checkLine("hide-view", update);
  const link = linkField("hide");
  const attributes = { class: "pill", target: "_blank", rel: "noopener" };
  const open = make("a", { ...attributes, "data-testid": "hide-open" });
  link.buttons.prepend(open);
  const node = make(
    "section",
    { class: "panel card hide-card", "data-testid": "hide-card" },
    title,
    hint,
    make("div", { class: "checks" }, ...groups.map(({ node }) => node)),
    projector.node,
    link.field,
    link.buttons,
  );

  function update() {
    showText(title, text("hide_title"));
    showText(hint, text("hide_hint"));
    groups.forEach((group) => group.words());
    showText(projector.label, text("hide_view"));
    showText(open, text("hide_open"));
    const hide = groups.flatMap((group) => group.checked());
    const view = projector.box.checked ? "projector" : null;
    open.href = pageAddress({ hide, view, tab: "play" });
    link.show(open.href);
  }

  listen({ language: update, tab: update });
  return node;
}

/** @param {string} group @param {string[]} names @param {() => void} onchange */
function hideGroup(group, names, onchange) {
  const legend = make("legend");
  const lines = names.map((name) => ({ name, ...checkLine(`hide-${name}`, onchange) }));
  return {
    node: make("fieldset", { "data-group": group }, legend, ...lines.map(({ node }) => node)),
    checked: () => lines.filter(({ box }) => box.checked).map(({ name }) => name),
    words() {
      showText(legend, text(`hide_group_${group}`));
      for (const { name, label } of lines) showText(label, text(`hide_${name}`));
    },
  };
}

/** @param {string} testid @param {() => void} onchange */
export function checkLine(testid, onchange) {
  const box = make("input", { type: "checkbox", "data-testid": testid, onchange });
  const label = make("span");
  return { node: make("label", { class: "check" }, box, label), box, label };
}
