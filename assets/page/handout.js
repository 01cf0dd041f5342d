// A page in one file: what Gradio does for the page that is served (gradio.js), by a few lines.

import { openPlayground } from "./playground.js";
import { descentPanel } from "./descent/panel.js";
import { make, showText } from "./ui/dom.js";
import "./handout.css";

const dark = matchMedia("(prefers-color-scheme: dark)");
const showDark = (isDark) => document.body.classList.toggle("dark", isDark);
const followSystem = () => showDark(dark.matches);
dark.addEventListener("change", followSystem);
addEventListener("beforeprint", () => showDark(false)); // paper is white
addEventListener("afterprint", followSystem);
followSystem();

const given = JSON.parse(document.getElementById("given").textContent);
const isOneLesson = Object.keys(given.lessons).length === 1; // or the course
document.documentElement.classList.toggle("one-lesson", isOneLesson);

// Says what one has in hand.
function handoutNote(page) {
  const node = make("p", { class: "note handout-note", "data-testid": "handout-note" });
  const words = () => showText(node, page.text(isOneLesson ? "handout_note" : "play_note"));
  return { node, words };
}

openPlayground(document.querySelector(".playground"), given, {
  underTable: [descentPanel],
  underFormula: [handoutNote],
});
