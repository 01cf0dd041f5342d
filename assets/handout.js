// A page in one file: what Gradio does for the page that is served (gradio.js), by a few lines.

const dark = matchMedia("(prefers-color-scheme: dark)");
const showDark = (isDark) => document.body.classList.toggle("dark", isDark);
const followSystem = () => showDark(dark.matches);
dark.addEventListener("change", followSystem);
addEventListener("beforeprint", () => showDark(false)); // paper is white
addEventListener("afterprint", followSystem);
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
