// The view for a projector: story, challenge and table in large type; the way there and back, and
// from lesson to lesson.

import { listen } from "../state/events.js";
import { lessonBeside } from "../state/lessons.js";
import { chooseLesson, hides, setView } from "../state/navigation.js";
import { state } from "../state/store.js";
import { text } from "../state/texts.js";
import { iconButton } from "../ui/icons.js";
import "./projector.css";

const PICTURES = [0.46, 0.36, 0.26]; // of the screen's height
const [SMALLEST_ZOOM, LARGEST_ZOOM] = [0.7, 4];
const SCREEN_MARGIN = 8; // pixels on both sides of the table, and under it
const ZOOM_HALVINGS = 5; // of what lies between the smallest and as wide as the screen
/** @type {Record<string, number>} */
const PAGES = { PageDown: 1, PageUp: -1 }; // what the thing in a speaker's hand sends
const TAKES_KEYS =
  'input:not([type="checkbox"], [type="range"]), textarea, select, [contenteditable]';

export function projectorSwitch() {
  const enter = iconButton("projector", "projector", () => turn("projector"));
  const leave = iconButton("projector-exit", "close", () => turn(null));
  /** @type {(view: string | null) => void} */
  const turn = (view) => {
    setView(view);
    fit();
    (view ? leave : enter).node.focus({ preventScroll: true });
  };
  const whole = () => /** @type {HTMLElement | null} */ (leave.node.closest(".playground"));
  const isOn = () => leave.node.isConnected && state.view === "projector";
  const fit = () => {
    const root = whole();
    const table = root?.querySelector("table.layer"); // comes a moment after the switch
    if (root && table && isOn()) fillScreen(root, table);
  };
  const fitIfCut = () => {
    const root = isOn() ? whole() : null;
    if (root && footOf(root) > innerHeight) fit();
  };
  addEventListener("resize", fit);
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || !isOn()) return;
    if (event.key === "Escape" && !hides("projector")) turn(null);
    const isTyping = event.target instanceof Element && event.target.matches(TAKES_KEYS);
    const next = isTyping ? undefined : lessonTurnedTo(event.key);
    if (!next) return;
    event.preventDefault(); // the screen stays where it is
    chooseLesson(next);
  });
  let standing = ""; // of the class' question, whose answers take room
  listen({
    shape: () => void requestAnimationFrame(fit), // the numbers are in it by then
    view: () => void requestAnimationFrame(fit),
    step: fit,
    progress: () => void requestAnimationFrame(fitIfCut), // an answer is told in a line more
    looked: () => void requestAnimationFrame(fit), // the flow says what the table's foot does
    classroom() {
      const { number, standing: now } = state.asksClass ?? {};
      if (standing !== `${number} ${now}`) requestAnimationFrame(fit);
      standing = `${number} ${now}`;
    },
    language() {
      enter.say(text("projector"), text("projector_enter"));
      const pages = hides("lesson") ? "" : ` · ${text("projector_pages")}`;
      leave.say(text("projector_leave"), text("projector_leave") + pages);
    },
  });
  return { enter: enter.node, leave: leave.node };
}

/** -> the name of the lesson that a key leads to, if it leads to one
 * @type {(key: string) => string | undefined} */
function lessonTurnedTo(key) {
  return Object.hasOwn(PAGES, key) && !hides("lesson") ? lessonBeside(PAGES[key]) : undefined;
}

/** The picture takes half of the screen, or less where the table needs it; what is left over is the picture's.
 * @type {(root: HTMLElement, table: Element) => void} */
function fillScreen(root, table) {
  const widest = (innerWidth - 2 * SCREEN_MARGIN) / leastWidth(table);
  root.style.setProperty("--wide", String(widest));
  let picture = 0; // in pixels: what zoom makes of the screen's own units differs between the engines
  for (const share of PICTURES) {
    picture = share * innerHeight;
    root.style.setProperty("--picture", `${picture}px`);
    if (largestType(root, widest) >= 1) break;
  }
  const left = innerHeight - SCREEN_MARGIN - footOf(root);
  if (left > 0) root.style.setProperty("--picture", `${picture + left}px`);
}

/** What it needs at least, before it is enlarged. No style divides one length by another in every engine.
 * @type {(table: Element) => number} */
function leastWidth(table) {
  return parseFloat(getComputedStyle(table).minWidth) || innerWidth;
}

/** The largest type at which the end of the table is still on the screen. Larger type breaks texts into
 * more lines, so that it has to be tried. widest: as wide as the screen
 * @type {(root: HTMLElement, widest: number) => number} */
function largestType(root, widest) {
  /** @type {(zoom: number) => boolean} */
  const fits = (zoom) => {
    root.style.setProperty("--high", String(zoom));
    return footOf(root) <= innerHeight - SCREEN_MARGIN;
  };
  if (fits(LARGEST_ZOOM)) return LARGEST_ZOOM;
  let [low, high] = [SMALLEST_ZOOM, Math.max(SMALLEST_ZOOM, widest)];
  for (let i = 0; i < ZOOM_HALVINGS; i += 1) {
    const middle = (low + high) / 2;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  fits(low);
  return low;
}

/** @type {(root: HTMLElement) => number} */
const footOf = (root) => root.getBoundingClientRect().bottom + scrollY;
