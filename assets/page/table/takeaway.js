// The scene to take away: as code, as a figure, as numbers. The server writes each of them.

import { toPlain } from "../core/scene.js";
import { listen } from "../state/events.js";
import { given } from "../state/given.js";
import { ask } from "../state/server.js";
import { state } from "../state/store.js";
import { lang, text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";
import { codeView, saveFile, textOf } from "../ui/files.js";

export function takeawayPanel() {
  const buttons = given.formats.map((format) => [
    format,
    make("button", {
      type: "button",
      class: "pill",
      translate: "no",
      "data-testid": `take-${format.name}`,
      onclick: () => take(format),
    }),
  ]);
  const group = (wanted) =>
    make(
      "div",
      { class: "group", role: "group" },
      make("span", { class: "caption" }),
      ...buttons.filter(([format]) => format.shown === wanted).map(([, button]) => button),
    );
  const [codes, files] = [group(true), group(false)];
  const title = make("h2");
  const hint = make("p", { class: "note" });
  const said = make("p", { class: "note", role: "status" });
  const code = codeView("code");
  code.node.hidden = true;
  const node = make(
    "section",
    { class: "panel takeaway" },
    title,
    hint,
    make("div", { class: "groups" }, codes, files),
    said,
    code.node,
  );

  let shown = null; // { format, content, key } of the code in sight
  let shownStale = false;
  let problem = null;
  let round = 0; // an answer to an earlier press comes too late
  const now = () => ({ scene: toPlain(state.scene, lang()), lang: lang() });

  async function take(format) {
    if (format === shown?.format && !shownStale) return clear(); // pressed again: put away
    const mine = (round += 1);
    const request = { ...now(), format: format.name };
    const key = JSON.stringify(now());
    const answer = await ask("take_away", request);
    if (!answer.error && !format.shown) saveFile(answer); // each file that was asked for comes
    if (mine !== round) return;
    problem = answer.error ?? null;
    if (!problem && format.shown) shown = { format, content: textOf(answer), key };
    update();
  }

  function update() {
    showText(title, text("take_title"));
    showText(hint, text("take_hint"));
    [codes, files].forEach((part, i) => {
      const caption = text(["take_code", "take_file"][i]);
      showText(part.firstChild, caption);
      part.setAttribute("aria-label", caption);
    });
    for (const [format, button] of buttons) {
      showText(button, format.label);
      if (format.shown) button.setAttribute("aria-pressed", shown?.format === format);
    }
    shownStale = shown !== null && shown.key !== JSON.stringify(now());
    code.node.hidden = !shown;
    code.node.classList.toggle("stale", shownStale);
    if (shown) code.show(shown.content, shown.format.label);
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
    if (shown && shownStale !== (shown.key !== JSON.stringify(now()))) update();
  }

  listen({ language: update, opened: clear, frame: follow, renamed: follow });
  return node;
}
