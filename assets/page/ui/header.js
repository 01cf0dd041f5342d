// The head of the page: its title, what one does with the whole of it, its languages, its tabs.

import { make, showText } from "./dom.js";

// page: text(), languages, nameOfLanguage(code), setLanguage(code), showTab(name), hides(name), goToTable()
// panels: what each tab shows, by its name, as Map; actions: nodes of more buttons
export function pageHeader(page, panels, actions) {
  const skip = make("button", {
    type: "button",
    class: "skip",
    "data-testid": "skip-to-table",
    onclick: () => page.goToTable(),
  });
  const title = make("h1");
  const tagline = make("p");
  const languages = languageSwitch(page);
  const tabs = tabBar(page, panels);
  return {
    node: make(
      "header",
      {},
      skip,
      make("div", { class: "title" }, title, tagline),
      make("div", { class: "actions" }, ...actions, languages.node),
      tabs.node,
    ),
    update(lang, tab) {
      showText(skip, page.text("skip_to_table"));
      showText(title, page.text("title"));
      showText(tagline, page.text("tagline"));
      languages.update(lang);
      tabs.update(tab);
    },
  };
}

function languageSwitch(page) {
  const switches = page.languages.map((code) =>
    make(
      "button",
      {
        type: "button",
        lang: code,
        title: page.nameOfLanguage(code),
        "data-testid": `lang-${code}`,
        onclick: () => page.setLanguage(code),
      },
      code.toUpperCase(),
    ),
  );
  const node = make("div", { class: "languages", role: "group" }, ...switches);
  return {
    node,
    update(lang) {
      node.setAttribute("aria-label", page.text("choose_language"));
      switches.forEach((one, i) => one.setAttribute("aria-pressed", page.languages[i] === lang));
    },
  };
}

// One panel is in sight; the arrow keys go from tab to tab, past those that are hidden.
function tabBar(page, panels) {
  const tabs = new Map();
  const shown = () => [...tabs.keys()].filter((name) => !page.hides(name));
  const turn = (event, name) => {
    const names = shown();
    const at = names.indexOf(name);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const reached = names.at(next % names.length);
    page.showTab(reached);
    tabs.get(reached).focus();
  };
  for (const [name, panel] of panels)
    tabs.set(
      name,
      make("button", {
        type: "button",
        role: "tab",
        id: `tab-${name}`,
        "aria-controls": panel.id,
        "data-testid": `tab-${name}`,
        onclick: () => page.showTab(name),
        onkeydown: (event) => turn(event, name),
      }),
    );
  const node = make("div", { class: "tabs", role: "tablist" }, ...tabs.values());
  return {
    node,
    update(present) {
      node.hidden = shown().length < 2; // one alone is no choice
      for (const [name, tab] of tabs) {
        showText(tab, page.text(`tab_${name}`));
        tab.setAttribute("aria-selected", name === present);
        tab.tabIndex = name === present ? 0 : -1;
        panels.get(name).hidden = name !== present;
      }
      requestAnimationFrame(() => scrollWithin(node, tabs.get(present))); // all else is in place then
    },
  };
}

// So far sideways that the tab is seen whole; the page itself stays where it is.
function scrollWithin(bar, tab) {
  const [outer, inner] = [bar, tab].map((node) => node.getBoundingClientRect());
  if (inner.left < outer.left) bar.scrollLeft -= outer.left - inner.left;
  if (inner.right > outer.right) bar.scrollLeft += inner.right - outer.right;
}

// name: of the tab that opens it
export function tabPanel(name, ...children) {
  return make(
    "div",
    { class: name, role: "tabpanel", id: `panel-${name}`, "aria-labelledby": `tab-${name}` },
    ...children,
  );
}
