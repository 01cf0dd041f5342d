// A clip of sound: its waveform, and over it on the same axis of time how much each step counts.

import { text } from "../state/texts.js";
import { make, makeButton, makeShape, showText } from "../ui/dom.js";
import { largestWeightInText, percentInText, stepInText } from "./learn-texts.js";

/** @import { Example } from "./types.js" */

const [WAVE_WIDTH, WAVE_HEIGHT] = [1000, 120]; // of the drawing; it is stretched to its place
const WAVE_BOX = { viewBox: `0 0 ${WAVE_WIDTH} ${WAVE_HEIGHT}`, preserveAspectRatio: "none" };

/** @type {import("./types.js").ViewBuilder} */
export function soundView(testid, { steps, sound, wave, tone }) {
  const width = WAVE_WIDTH / steps.length;
  const bars = steps.map((step, i) => {
    const title = makeShape("title");
    const place = { x: i * width + 1, width: width - 2, "data-testid": `${testid}-${i}` };
    return { title, step, node: makeShape("rect", { class: "share", ...place }, title) };
  });
  const playhead = makeShape("path", { class: "head", visibility: "hidden" });
  const svg = makeShape(
    "svg",
    { ...WAVE_BOX, class: "wave", role: "img" },
    makeShape("path", { class: "peaks", d: outline(wave) }),
    ...bars.map(({ node }) => node),
    toneMark(tone),
    playhead,
  );
  const most = make("p", { class: "note" });
  const note = make("p", { class: "note" }, text("learn_wave"));
  const player = clipPlayer(`${testid}-play`, sound, (share) => {
    playhead.setAttribute("visibility", share === null ? "hidden" : "visible");
    playhead.setAttribute("d", `M${(share ?? 0) * WAVE_WIDTH} 0V${WAVE_HEIGHT}`);
  });
  return {
    node: make("div", { class: "clip" }, player, svg, most, note),
    show({ weights: [weights] }) {
      bars.forEach(({ node, title, step }, i) => {
        const height = weights[i] * WAVE_HEIGHT;
        node.setAttribute("y", String(WAVE_HEIGHT - height));
        node.setAttribute("height", String(height));
        node.setAttribute("data-value", String(weights[i]));
        title.textContent = `${stepInText(step)}: ${percentInText(weights[i])}`;
      });
      showText(most, largestWeightInText(weights, steps));
      svg.setAttribute("aria-label", most.textContent);
    },
  };
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
