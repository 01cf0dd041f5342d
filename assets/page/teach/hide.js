// A card for teachers: a link to the present page without what comes later.

import { HIDING } from "../state/hiding.js";
import { make, showText } from "../ui/dom.js";
import { linkField } from "../ui/link.js";

// page: text(), address()
export function hideCard(page) {
  const title = make("h2");
  const hint = make("p", { class: "note" });
  const groups = Object.entries(HIDING).map(([group, names]) => {
    // The tab for teachers goes by itself as soon as anything does.
    const boxes = Object.keys(names).filter((name) => name !== "teach");
    return hideGroup(page, group, boxes, update);
  });
  const projector = checkLine("hide-view", update);
  const link = linkField(page, "hide");
  const open = make("a", {
    class: "pill",
    target: "_blank",
    rel: "noopener",
    "data-testid": "hide-open",
  });
  link.buttons.prepend(open);
  const node = make(
    "section",
    { class: "panel card hide-card", "data-testid": "hide-card" },
    title,
    hint,
    make("div", { class: "checks" }, ...groups.map((group) => group.node)),
    projector.node,
    link.field,
    link.buttons,
  );

  function address() {
    const hide = groups.flatMap((group) => group.checked());
    return page.address({ hide, view: projector.box.checked ? "projector" : null, tab: "play" });
  }

  function update() {
    showText(title, page.text("hide_title"));
    showText(hint, page.text("hide_hint"));
    groups.forEach((group) => group.words());
    showText(projector.label, page.text("hide_view"));
    showText(open, page.text("hide_open"));
    link.show(address());
    open.href = address();
  }

  return { node, words: update, shown: update };
}

function hideGroup(page, group, names, onchange) {
  const legend = make("legend");
  const lines = names.map((name) => ({ name, ...checkLine(`hide-${name}`, onchange) }));
  return {
    node: make("fieldset", { "data-group": group }, legend, ...lines.map(({ node }) => node)),
    checked: () => lines.filter(({ box }) => box.checked).map(({ name }) => name),
    words() {
      showText(legend, page.text(`hide_group_${group}`));
      for (const { name, label } of lines) showText(label, page.text(`hide_${name}`));
    },
  };
}

export function checkLine(testid, onchange) {
  const box = make("input", { type: "checkbox", "data-testid": testid, onchange });
  const label = make("span");
  return { node: make("label", { class: "check" }, box, label), box, label };
}
