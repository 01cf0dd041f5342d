// A page in one file: what Gradio does for the page that is served (gradio.js), by a few lines.

import { openPlayground } from "./playground.js";
import { gradientDescent } from "./descent/descent.js";
import { on } from "./state/events.js";
import { text } from "./state/texts.js";
import { make, showText } from "./ui/dom.js";
import "./handout.css";

const dark = matchMedia("(prefers-color-scheme: dark)");
/** @type {(isDark: boolean) => boolean} */
const showDark = (isDark) => document.body.classList.toggle("dark", isDark);
const followSystem = () => showDark(dark.matches);
dark.addEventListener("change", followSystem);
followSystem();

const data = JSON.parse(document.getElementById("given")?.textContent ?? "");
const isOneLesson = Object.keys(data.lessons).length === 1; // or the course
document.documentElement.classList.toggle("one-lesson", isOneLesson);

// Says what one has in hand.
function handoutNote() {
  const node = make("p", { class: "note handout-note", "data-testid": "handout-note" });
  on("language", () => showText(node, text(isOneLesson ? "handout_note" : "play_note")));
  return node;
}

const descent = gradientDescent();
openPlayground(/** @type {HTMLElement} */ (document.querySelector(".playground")), data, {
  underStage: [descent.strip],
  underTable: [descent.panel],
  underFormula: [handoutNote],
});
