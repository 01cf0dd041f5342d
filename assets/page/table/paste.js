// Paste a table or a sentence: a sheet to paste into, or straight onto the page. What cannot be used is
// said, and stays where it was pasted; the table too.

import { fitTable, nameAxis } from "../core/naming.js";
import { readPasted } from "../core/paste.js";
import { newLabel } from "../state/codecs.js";
import { reshape } from "../state/editing.js";
import { on } from "../state/events.js";
import { given, languages } from "../state/given.js";
import { startScene } from "../state/lessons.js";
import { hides } from "../state/navigation.js";
import { state } from "../state/store.js";
import { text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";
import "../ui/dialog.css";
import "./paste.css";

/** @import { Pasted } from "../core/paste.js" */

const PASTED_INTO = "input, textarea, select, [contenteditable]";

/** -> the button under the table, with its sheet
 * @type {() => HTMLElement} */
export function pasteButton() {
  const open = makeButton("paste", () => show(""));
  const title = make("h2", { id: "paste-title" });
  const hint = make("p", { class: "note", id: "paste-hint" });
  const field = make("textarea", {
    ...{ class: "pasted", rows: 8, spellcheck: "false", dir: "auto", translate: "no" },
    ...{ "data-testid": "paste-field", "aria-describedby": "paste-hint" },
  });
  const problem = make("p", { class: "problem", role: "alert", "data-testid": "paste-problem" });
  const use = makeButton("paste-use", take);
  const close = makeButton("paste-close", () => dialog.close());
  const buttons = make("div", { class: "group" }, use, close);
  const dialog = make(
    "dialog",
    { "data-testid": "paste-dialog", "aria-labelledby": "paste-title" },
    make("div", { class: "sheet" }, title, hint, field, problem, buttons),
  );

  /** @type {(pasted: string) => void} */
  function show(pasted) {
    if (pasted) field.value = pasted;
    showText(problem, "");
    dialog.showModal();
    field.focus();
  }

  function take() {
    const { rules } = given;
    const columns = state.scene.kind === "gate" ? 1 : rules.columns;
    const found = readPasted(field.value, { ...pasteLimits(), columns });
    if (found.problem) {
      showText(problem, text(found.problem.key, found.problem.values));
      return field.focus();
    }
    field.value = "";
    dialog.close();
    reshape(() => putOnTable(found.table), "paste");
  }

  addEventListener("paste", (event) => {
    const isFree = !(event.target instanceof Element && event.target.closest(PASTED_INTO));
    const pasted = event.clipboardData?.getData("text/plain");
    if (!pasted || !isFree || dialog.open || state.tab !== "play" || isShut()) return;
    event.preventDefault();
    show(pasted);
  });
  on("language", () => {
    showText(open, text("paste"));
    showText(title, text("paste_title"));
    showText(hint, text("paste_hint", pasteLimits()));
    field.setAttribute("aria-label", text("paste_title"));
    showText(use, text("paste_use"));
    showText(close, text("dialog_close"));
  });
  return make("div", { class: "paste" }, open, dialog);
}

/** A link that hides what would change leaves nothing to paste. */
const isShut = () => ["x", "rows", "columns"].some(hides);

function pasteLimits() {
  const { rows, columns, name, number } = given.rules;
  return { rows, columns, name, number };
}

/** @type {(table: Pasted) => void} */
function putOnTable({ rows, columns, x }) {
  const { scene } = state;
  const start = startScene();
  fitTable(scene, x?.length ?? rows?.length, x?.[0].length, newLabel);
  if (x) scene.x = x;
  const say = () => {};
  nameAxis(scene, "rows", rows ?? undefined, start.rows, languages(), say);
  nameAxis(scene, "columns", columns ?? undefined, start.columns, languages(), say);
}
