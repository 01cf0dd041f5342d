// The view for a projector: story, challenge and table in large type; the way there and back, and
// from lesson to lesson.

import { lessonBeside } from "../course/course-bar.js";
import { iconButton } from "../ui/icons.js";

const LARGEST_ZOOM = 4;
const BELOW = 8; // pixels under the table, as beside it
const ZOOM_HALVINGS = 4; // of what lies between 1 and as wide as the screen
const PAGES = { PageDown: 1, PageUp: -1 }; // what the thing in a speaker's hand sends
const TAKES_KEYS =
  'input:not([type="checkbox"], [type="range"]), textarea, select, [contenteditable]';

// page: text(), view(), setView(view), hides(name), lesson(), lessons, choose(name)
export function projectorSwitch(page) {
  const enter = iconButton("projector", "projector", () => turn("projector"));
  const leave = iconButton("projector-exit", "close", () => turn(null));
  const turn = (view) => {
    page.setView(view);
    fit();
    (view ? leave : enter).node.focus({ preventScroll: true });
  };
  const isOn = () => leave.node.isConnected && page.view() === "projector";
  const fit = () => isOn() && fillHeight(leave.node.closest(".playground"));
  addEventListener("resize", fit);
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || !isOn()) return;
    if (event.key === "Escape" && !page.hides("projector")) turn(null);
    const next = !event.target.matches?.(TAKES_KEYS) && lessonTurnedTo(page, event.key);
    if (!next) return;
    event.preventDefault(); // the screen stays where it is
    page.choose(next);
  });
  return {
    enter: enter.node,
    leave: leave.node,
    rebuilt: () => requestAnimationFrame(fit), // the numbers are in it by then
    words() {
      enter.say(page.text("projector"), page.text("projector_enter"));
      const pages = page.hides("lesson") ? "" : ` · ${page.text("projector_pages")}`;
      leave.say(page.text("projector_leave"), page.text("projector_leave") + pages);
    },
  };
}

// -> the name of the lesson that a key leads to, if it leads to one
function lessonTurnedTo(page, key) {
  return Object.hasOwn(PAGES, key) && !page.hides("lesson") && lessonBeside(page, PAGES[key]);
}

// The largest type at which the end of the table is still on the screen. Larger type breaks texts into
// more lines, so that it has to be tried.
function fillHeight(root) {
  const fits = (zoom) => {
    root.style.setProperty("--high", zoom);
    return root.getBoundingClientRect().bottom + scrollY <= innerHeight - BELOW;
  };
  if (fits(LARGEST_ZOOM)) return;
  const widest = Number(getComputedStyle(root.querySelector(".frame")).zoom);
  let [low, high] = [1, Math.max(1, widest)];
  for (let i = 0; i < ZOOM_HALVINGS; i += 1) {
    const middle = (low + high) / 2;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  fits(low);
}
