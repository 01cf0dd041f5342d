// The head of the page: its title, its tabs and its languages.

// page: text(), languages, nameOfLanguage(code), setLanguage(code), showTab(name)
// panels: what each tab shows, by its name, as Map
function pageHeader(page, panels) {
  const title = make("h1");
  const tagline = make("p");
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
  const languages = make("div", { class: "languages", role: "group" }, ...switches);
  const tabs = tabBar(page, panels);
  return {
    node: make("header", {}, make("div", {}, title, tagline), tabs.node, languages),
    update(lang, tab) {
      showText(title, page.text("title"));
      showText(tagline, page.text("tagline"));
      languages.setAttribute("aria-label", page.text("choose_language"));
      switches.forEach((node, i) => node.setAttribute("aria-pressed", page.languages[i] === lang));
      tabs.update(tab);
    },
  };
}

// One panel is in sight; the arrow keys go from tab to tab.
function tabBar(page, panels) {
  const names = [...panels.keys()];
  const step = { ArrowRight: 1, ArrowLeft: -1 };
  const turn = (event, i) => {
    const next = { Home: 0, End: names.length - 1 }[event.key] ?? i + step[event.key];
    if (Number.isNaN(next)) return;
    event.preventDefault();
    page.showTab(names[(next + names.length) % names.length]);
    tabs[(next + names.length) % names.length].focus();
  };
  const tabs = names.map((name, i) =>
    make("button", {
      type: "button",
      role: "tab",
      id: `tab-${name}`,
      "aria-controls": panels.get(name).id,
      "data-testid": `tab-${name}`,
      onclick: () => page.showTab(name),
      onkeydown: (event) => turn(event, i),
    }),
  );
  return {
    node: make("div", { class: "tabs", role: "tablist" }, ...tabs),
    update(present) {
      tabs.forEach((tab, i) => {
        const here = names[i] === present;
        showText(tab, page.text(`tab_${names[i]}`));
        tab.setAttribute("aria-selected", here);
        tab.tabIndex = here ? 0 : -1;
        panels.get(names[i]).hidden = !here;
      });
    },
  };
}

// name: of the tab that opens it
function tabPanel(name, ...children) {
  return make(
    "div",
    { class: name, role: "tabpanel", id: `panel-${name}`, "aria-labelledby": `tab-${name}` },
    ...children,
  );
}
