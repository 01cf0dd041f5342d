// A page in one file: what Gradio does for the page that is served (gradio.js), by a few lines.

const dark = matchMedia("(prefers-color-scheme: dark)");
const followSystem = () => document.body.classList.toggle("dark", dark.matches);
dark.addEventListener("change", followSystem);
followSystem();

// Says what one has in hand.
function handoutNote(page) {
  const node = make("p", { class: "note handout-note", "data-testid": "handout-note" });
  return { node, words: () => showText(node, page.text("handout_note")) };
}

openPlayground(
  document.querySelector(".playground"),
  JSON.parse(document.getElementById("given").textContent),
  { underFormula: [handoutNote] },
);
