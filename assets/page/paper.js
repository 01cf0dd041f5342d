// Paper is white: what is printed is the light page, also where the screen is dark.

import "./paper.css";

let isDark = false;
addEventListener("beforeprint", () => {
  isDark = document.body.classList.contains("dark");
  document.body.classList.remove("dark");
});
addEventListener("afterprint", () => document.body.classList.toggle("dark", isDark));
