// The head of the page: its title, what one does with the whole of it, its languages, its tabs.

import { on } from "./state/events.js";
import { given, languages } from "./state/given.js";
import { hides, setLanguage, showTab } from "./state/navigation.js";
import { lang, text } from "./state/texts.js";
import { make, showText } from "./ui/dom.js";
import "./header.css";

// -> the head, and the place in it for more buttons
export function pageHeader() {
  const skip = make("button", {
    type: "button",
    class: "skip",
    "data-testid": "skip-to-table",
    onclick: goToTable,
  });
  const title = make("h1");
  const tagline = make("p");
  const actions = make("div", { class: "actions" }, languageSwitch());
  on("language", () => {
    showText(skip, text("skip_to_table"));
    showText(title, text("title"));
    showText(tagline, text("tagline"));
  });
  const node = make(
    "header",
    {},
    skip,
    make("div", { class: "title" }, title, tagline),
    actions,
    tabBar(),
  );
  return { node, actions };
}

function goToTable() {
  showTab("play");
  /** @type {NodeListOf<HTMLElement>} */
  const sliders = document.querySelectorAll(".playground table .slider");
  [...sliders].find((one) => one.getClientRects().length)?.focus();
}

function languageSwitch() {
  const switches = languages().map((code) =>
    make(
      "button",
      {
        type: "button",
        lang: code,
        title: given.texts[code].language,
        "data-testid": `lang-${code}`,
        onclick: () => setLanguage(code),
      },
      code.toUpperCase(),
    ),
  );
  const node = make("div", { class: "languages", role: "group" }, ...switches);
  on("language", () => {
    node.setAttribute("aria-label", text("choose_language"));
    for (const one of switches) one.setAttribute("aria-pressed", String(one.lang === lang()));
  });
  return node;
}

// One panel is in sight; the arrow keys go from tab to tab, past those that are hidden.
function tabBar() {
  const shown = () => given.tabs.filter((name) => !hides(name));
  /** @type {(event: KeyboardEvent, name: string) => void} */
  const turn = (event, name) => {
    const names = shown();
    const at = names.indexOf(name);
    /** @type {Record<string, number>} */
    const places = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 };
    if (!Object.hasOwn(places, event.key)) return;
    event.preventDefault();
    const reached = names.at(places[event.key] % names.length) ?? name;
    showTab(reached);
    tabs.get(reached)?.focus();
  };
  /** @type {(name: string) => HTMLElement} */
  const tab = (name) =>
    make("button", {
      type: "button",
      role: "tab",
      id: `tab-${name}`,
      "aria-controls": `panel-${name}`,
      "data-testid": `tab-${name}`,
      onclick: () => showTab(name),
      onkeydown: (event) => turn(event, name),
    });
  const tabs = new Map(given.tabs.map((name) => [name, tab(name)]));
  const node = make("div", { class: "tabs", role: "tablist" }, ...tabs.values());
  let mayBeScrolled = false; // from its start, where the first tab is
  on("tab", (present) => {
    node.hidden = shown().length < 2; // one alone is no choice
    for (const [name, one] of tabs) {
      showText(one, text(`tab_${name}`));
      one.setAttribute("aria-selected", String(name === present));
      one.tabIndex = name === present ? 0 : -1;
      document.getElementById(`panel-${name}`)?.toggleAttribute("hidden", name !== present);
    }
    // All else is in place with the next frame. To ask the bar itself how far it is scrolled would lay
    // out a page that is only half built.
    mayBeScrolled ||= present !== given.tabs[0];
    if (mayBeScrolled) requestAnimationFrame(() => scrollWithin(node, tabs.get(present) ?? node));
  });
  return node;
}

/** So far sideways that the tab is seen whole; the page itself stays where it is.
 * @type {(bar: HTMLElement, tab: HTMLElement) => void} */
function scrollWithin(bar, tab) {
  const [outer, inner] = [bar, tab].map((node) => node.getBoundingClientRect());
  if (inner.left < outer.left) bar.scrollLeft -= outer.left - inner.left;
  if (inner.right > outer.right) bar.scrollLeft += inner.right - outer.right;
}

/** name: of the tab that opens it
 * @type {(name: string, ...children: HTMLElement[]) => HTMLElement} */
export function tabPanel(name, ...children) {
  return make(
    "div",
    { class: name, role: "tabpanel", id: `panel-${name}`, "aria-labelledby": `tab-${name}` },
    ...children,
  );
}
