// A tab whose scripts come when it is opened: the table waits for none of them.

import { tabPanel } from "./header.js";
import { buildLate, emit, listen } from "./state/events.js";
import { tellBuilt } from "./state/late.js";
import { state } from "./state/store.js";
import { text } from "./state/texts.js";
import { make, makeButton, showText } from "./ui/dom.js";

/** @typedef {() => Promise<(() => HTMLElement)[]>} Bring fetches what builds the parts of a tab */

/** @type {(bring: Bring) => (tab: string) => HTMLElement} */
export const lateTab = (bring) => (tab) => latePanel(tab, bring);

/** @type {(tab: string, bring: Bring) => HTMLElement} */
function latePanel(tab, bring) {
  /** @type {"away" | "coming" | "missing" | "built"} */
  let standing = "away";
  const said = make("p", { class: "note", role: "status", "data-testid": `late-${tab}` });
  const again = makeButton(`late-again-${tab}`, fetchAgain, "pill again");
  const panel = tabPanel(tab, said, again);

  function update() {
    if (standing === "built") return;
    again.hidden = standing !== "missing";
    showText(again, text("late_again"));
    const key = standing === "missing" ? "late_missing" : "late_coming";
    showText(said, standing === "away" ? "" : text(key));
  }

  async function fetchIt() {
    standing = "coming";
    update();
    const builds = await bring().catch(() => null); // the browser has said why
    if (builds) return build(builds);
    standing = "missing";
    update();
  }

  function fetchAgain() {
    document.getElementById(`tab-${tab}`)?.focus(); // the button goes
    fetchIt();
  }

  /** @type {(builds: (() => HTMLElement)[]) => void} */
  function build(builds) {
    standing = "built";
    panel.replaceChildren(...buildLate(() => builds.map((one) => one())));
    if (state.tab === tab) emit("tab", tab); // which it has not heard of
    tellBuilt(tab);
  }

  listen({
    language: update,
    tab: (present) => present === tab && standing === "away" && void fetchIt(),
  });
  return panel;
}
