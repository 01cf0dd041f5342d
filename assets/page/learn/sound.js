// A clip of sound: its waveform, and below it on the same axis of time a ribbon from each step into the
// answer, as thick as the step counts.

import { percent } from "../core/percentages.js";
import { text } from "../state/texts.js";
import { make, makeButton, makeShape, showText } from "../ui/dom.js";
import { ribbonPath } from "../ui/ribbons.js";
import { rowStyle } from "../ui/rows.js";
import { largestWeightInText, stepInText } from "./learn-texts.js";

/** @import { Example } from "./types.js" */

const [WAVE_WIDTH, WAVE_HEIGHT] = [1000, 120]; // of the drawing; it is stretched to its place
const WAVE_BOX = { viewBox: `0 0 ${WAVE_WIDTH} ${WAVE_HEIGHT}`, preserveAspectRatio: "none" };
const FLOW_BOX = { ...WAVE_BOX, viewBox: `0 0 ${WAVE_WIDTH} ${2 * WAVE_HEIGHT}` };
const WHOLE = 240; // how thick a weight of 1 is

/** @type {import("./types.js").ViewBuilder} */
export function soundView(testid, { steps, sound, wave, tone }) {
  const width = WAVE_WIDTH / steps.length;
  const flows = steps.map((step, i) => stepFlow(`${testid}-${i}`, step, i, width));
  const playhead = makeShape("path", { class: "head", visibility: "hidden" });
  const end = { x: (WAVE_WIDTH - WHOLE) / 2, y: 2 * WAVE_HEIGHT - 6, width: WHOLE, height: 6 };
  const svg = makeShape(
    "svg",
    { ...FLOW_BOX, class: "sound-flow", role: "img" },
    makeShape("path", { class: "peaks", d: outline(wave) }),
    ...flows.map(({ node }) => node),
    toneMark(tone),
    playhead,
    makeShape("rect", { class: "pool", ...end }),
  );
  const [said, most, note] = ["strong", "span", "span"].map((tag) =>
    make(/** @type {"span"} */ (tag)),
  );
  showText(note, text("learn_wave"));
  const player = clipPlayer(`${testid}-play`, sound, (share) => {
    playhead.setAttribute("visibility", share === null ? "hidden" : "visible");
    playhead.setAttribute("d", `M${(share ?? 0) * WAVE_WIDTH} 0V${WAVE_HEIGHT}`);
  });
  said.classList.add("into");
  note.classList.add("note");
  return {
    node: make(
      "div",
      { class: "clip" },
      make("div", { class: "group note" }, player, most),
      svg,
      said,
      note,
    ),
    show({ weights: [weights], answer }) {
      let to = end.x;
      flows.forEach(({ band, ribbon, title, step }, i) => {
        const thickness = weights[i] * WHOLE;
        const middle = insideOf((i + 0.5) * width, thickness);
        ribbon.setAttribute("d", downwards(middle, to + thickness / 2, end.y, thickness));
        ribbon.setAttribute("data-weight", String(weights[i]));
        band.setAttribute("fill-opacity", String(0.75 * weights[i]));
        title.textContent = `${stepInText(step)}: ${percent(weights[i])}`;
        to += thickness;
      });
      showText(said, answer);
      showText(most, largestWeightInText(weights, steps));
      svg.setAttribute("aria-label", most.textContent);
    },
  };
}

/** What shows a step: its band over the wave, and its ribbon.
 * @type {(testid: string, step: string, i: number, width: number) => { step: string, title: SVGTitleElement, band: SVGRectElement, ribbon: SVGPathElement, node: SVGGElement }} */
function stepFlow(testid, step, i, width) {
  const title = makeShape("title");
  const place = { x: i * width, y: 0, width, height: WAVE_HEIGHT };
  const band = makeShape("rect", { class: "band", ...place });
  const turned = { transform: "matrix(0 1 1 0 0 0)", "data-testid": testid }; // x and y change places
  const ribbon = makeShape("path", { class: "ribbon", ...turned });
  return {
    step,
    title,
    band,
    ribbon,
    node: makeShape("g", { style: rowStyle(i) }, title, band, ribbon),
  };
}

/** A ribbon at the edge keeps its thickness, and comes from a little further in.
 * @type {(middle: number, thickness: number) => number} */
function insideOf(middle, thickness) {
  return Math.min(Math.max(middle, thickness / 2), WAVE_WIDTH - thickness / 2);
}

/** From below the wave to what it flows into: a ribbon that lies, with x and y changed for each other.
 * @type {(from: number, to: number, end: number, thickness: number) => string} */
function downwards(from, to, end, thickness) {
  return ribbonPath({ x: WAVE_HEIGHT, y: from }, { x: end, y: to }, thickness);
}

/** The waveform alone, as large as a word.
 * @type {(example: Example) => SVGElement} */
export function smallWave({ wave }) {
  const peaks = makeShape("path", { class: "peaks", d: outline(wave) });
  return makeShape("svg", { ...WAVE_BOX, class: "small-wave", "aria-hidden": "true" }, peaks);
}

/** The peaks as one shape around the middle line.
 * @type {(peaks: number[]) => string} */
function outline(peaks) {
  const middle = WAVE_HEIGHT / 2;
  /** @type {(i: number) => number} */
  const x = (i) => ((i + 0.5) * WAVE_WIDTH) / peaks.length;
  const upper = peaks.map((peak, i) => `${x(i)} ${middle - peak * middle}`);
  const lower = peaks.map((peak, i) => `${x(i)} ${middle + peak * middle}`).reverse();
  return `M${[...upper, ...lower].join("L")}Z`;
}

/** Where the tone truly is: a bracket at the upper edge.
 * @type {(tone: Example["tone"]) => SVGElement} */
function toneMark(tone) {
  if (!tone) return makeShape("g");
  const [from, to] = tone.map((share) => share * WAVE_WIDTH);
  return makeShape("path", { class: "tone", d: `M${from} 12V3H${to}V12` });
}

/** onplay(share): how far it is, 0 to 1; null once it is over
 * @type {(testid: string, sound: string, onplay: (share: number | null) => void) => HTMLElement} */
function clipPlayer(testid, sound, onplay) {
  const audio = new Audio(`data:audio/wav;base64,${sound}`);
  const button = makeButton(testid, () => (audio.paused ? audio.play() : audio.pause()));
  const update = () => showText(button, text(audio.paused ? "learn_play" : "learn_pause"));
  const movePlayhead = () => {
    if (!button.isConnected) audio.pause(); // another clip stands there now
    if (audio.paused) return;
    onplay(audio.currentTime / audio.duration);
    requestAnimationFrame(movePlayhead);
  };
  audio.onplay = () => {
    update();
    movePlayhead();
  };
  audio.onpause = update;
  audio.onended = () => {
    update();
    onplay(null);
  };
  update();
  return button;
}
