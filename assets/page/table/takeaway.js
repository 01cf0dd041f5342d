// The scene to take away: as code, as a figure, as numbers. The server writes each of them.

import { toPlain } from "../core/scene.js";
import { listen } from "../state/events.js";
import { given } from "../state/given.js";
import { ask } from "../state/server.js";
import { state } from "../state/store.js";
import { lang, text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { codeView, saveFile, textOf } from "../ui/files.js";
import { animationGroup } from "./animation.js";
import "./takeaway.css";

/** @import { Message } from "../core/types.js" */
/** @import { Format } from "../state/given.js" */
/** @typedef {{ format: Format, program: string, key: string }} Shown the code in sight, and what it was written for */

export function takeawayPanel() {
  const groups = [true, false].map((shown) => formatGroup(shown, take));
  const [title, hint] = [make("h2"), make("p", { class: "note" })];
  const said = make("p", { class: "note", role: "status" });
  const code = codeView("code");
  /** @type {Shown | null} */
  let shown = null;
  let shownStale = false;
  /** @type {Message | null} */
  let problem = null; // or what is going on
  let round = 0; // an answer to an earlier press comes too late

  /** @type {(format: Format) => Promise<void>} */
  async function take(format) {
    if (format === shown?.format && !shownStale) return clear(); // pressed again: put away
    const mine = (round += 1);
    const request = { ...sceneAndLanguage(), format: format.name, axes: state.axes };
    const key = JSON.stringify(sceneAndLanguage());
    const answer = await ask("take_away", request);
    if (!answer.error && !format.shown) saveFile(answer); // each file that was asked for comes
    if (mine !== round) return;
    problem = answer.error ?? null;
    if (!problem && format.shown) shown = { format, program: textOf(answer), key };
    update();
  }

  const isStale = () => shown !== null && shown.key !== JSON.stringify(sceneAndLanguage());

  function update() {
    showText(title, text("take_title"));
    showText(hint, text("take_hint"));
    for (const group of groups) group.update(shown?.format);
    shownStale = isStale();
    code.node.hidden = !shown;
    code.node.classList.toggle("stale", shownStale);
    if (shown) code.show(shown.program, shown.format.label);
    if (problem) showText(said, text(problem.key, problem.values));
    else showText(said, shownStale ? text("code_changed") : "");
  }

  // Also when another scene has been opened: its code has not been asked for.
  function clear() {
    round += 1;
    shown = problem = null;
    update();
  }

  // The table has changed, or has come back to what the code was written for.
  function follow() {
    if (shown && shownStale !== isStale()) update();
  }

  listen({ language: update, opened: clear, frame: follow, renamed: follow });
  const animation = animationGroup((message) => {
    problem = message;
    update();
  });
  const choices = make("div", { class: "groups" }, ...groups.map(({ node }) => node), animation);
  return make("section", { class: "panel takeaway" }, title, hint, choices, said, code.node);
}

const sceneAndLanguage = () => ({ scene: toPlain(state.scene, lang()), lang: lang() });

/** The formats that the page shows as code, or those that it saves as files.
 * @type {(shown: boolean, take: (format: Format) => void) => { node: HTMLElement, update: (present: Format | undefined) => void }} */
function formatGroup(shown, take) {
  const formats = given.formats.filter((format) => format.shown === shown);
  const caption = make("span", { class: "caption" });
  const buttons = formats.map((format) => {
    const button = makeButton(`take-${format.name}`, () => take(format), "pill", format.label);
    button.translate = false;
    return button;
  });
  const node = make("div", { class: "group", role: "group" }, caption, ...buttons);
  return {
    node,
    update(present) {
      const words = text(shown ? "take_code" : "take_file");
      showText(caption, words);
      node.setAttribute("aria-label", words);
      if (!shown) return;
      formats.forEach((format, i) =>
        buttons[i].setAttribute("aria-pressed", String(format === present)),
      );
    },
  };
}
