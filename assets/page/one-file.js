// A page in one file: what Gradio does for the page that is served (gradio.js), by a few lines.

import { openPlayground } from "./playground.js";
import { gradientDescent } from "./descent/descent.js";
import { on } from "./state/events.js";
import { text } from "./state/texts.js";
import { make, showText } from "./ui/dom.js";
import { followSystem } from "./ui/system-colours.js";
import "./handout.css";

/** @typedef {{ note: string, resumed: (opening: string) => string }} Host what is around the page: the text that says so, and the address to go on with in place of the one the file opens with */

/** @type {(host?: Host) => void} */
export function openOneFile(host) {
  followSystem();
  const data = JSON.parse(document.getElementById("given")?.textContent ?? "");
  const isOneLesson = Object.keys(data.lessons).length === 1; // or the course
  document.documentElement.classList.toggle("one-lesson", isOneLesson);
  const descent = gradientDescent();
  openPlayground(/** @type {HTMLElement} */ (document.querySelector(".playground")), data, {
    address: host?.resumed(data.opening),
    underStage: [descent.strip],
    underTable: [descent.panel],
    underFormula: [() => whatItIs(host?.note ?? (isOneLesson ? "offline_note" : "play_note"))],
  });
}

/** Says what one has in hand.
 * @type {(key: string) => HTMLElement} */
function whatItIs(key) {
  const node = make("p", { class: "note handout-note", "data-testid": "handout-note" });
  on("language", () => showText(node, text(key)));
  return node;
}
