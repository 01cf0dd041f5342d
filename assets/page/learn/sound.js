// A clip of sound: its waveform, and over it on the same axis of time how much each step counts.

import { text } from "../state/texts.js";
import { make, makeShape, showText } from "../ui/dom.js";
import { measured, mostSeen } from "./measured.js";
import { percentInText } from "./models.js";

const [WAVE_WIDTH, WAVE_HEIGHT] = [1000, 120]; // of the drawing; it is stretched to its place

// example: { steps, sound (WAV in base64), wave (peaks, 0 to 1), tone ([from, to] as shares), … }
export function soundView(testid, { example }) {
  const width = WAVE_WIDTH / example.steps.length;
  const bars = example.steps.map((step, i) => {
    const title = makeShape("title");
    const place = { x: i * width + 1, width: width - 2, "data-testid": `${testid}-${i}` };
    return { title, step, node: makeShape("rect", { class: "share", ...place }, title) };
  });
  const head = makeShape("path", { class: "head", visibility: "hidden" });
  const svg = makeShape(
    "svg",
    {
      viewBox: `0 0 ${WAVE_WIDTH} ${WAVE_HEIGHT}`,
      preserveAspectRatio: "none",
      class: "wave",
      role: "img",
    },
    makeShape("path", { class: "peaks", d: outline(example.wave) }),
    ...bars.map(({ node }) => node),
    toneMark(example.tone),
    head,
  );
  const most = make("p", { class: "note" });
  const note = make("p", { class: "note" }, text("learn_wave"));
  const player = clipPlayer(`${testid}-play`, example.sound, (share) => {
    head.setAttribute("visibility", share === null ? "hidden" : "visible");
    head.setAttribute("d", `M${share * WAVE_WIDTH} 0V${WAVE_HEIGHT}`);
  });
  return {
    node: make("div", { class: "clip" }, player, svg, most, note),
    show({ weights: [weights] }) {
      bars.forEach(({ node, title, step }, i) => {
        const height = weights[i] * WAVE_HEIGHT;
        node.setAttribute("y", WAVE_HEIGHT - height);
        node.setAttribute("height", height);
        node.setAttribute("data-value", weights[i]);
        title.textContent = `${measured(step)}: ${percentInText(weights[i])}`;
      });
      showText(most, mostSeen(weights, example.steps));
      svg.setAttribute("aria-label", most.textContent);
    },
  };
}

// The waveform alone, as large as a word.
export function smallWave({ wave }) {
  const box = { viewBox: `0 0 ${WAVE_WIDTH} ${WAVE_HEIGHT}`, preserveAspectRatio: "none" };
  const peaks = makeShape("path", { class: "peaks", d: outline(wave) });
  return makeShape("svg", { ...box, class: "small-wave", "aria-hidden": "true" }, peaks);
}

// The peaks as one shape around the middle line.
function outline(peaks) {
  const middle = WAVE_HEIGHT / 2;
  const x = (i) => ((i + 0.5) * WAVE_WIDTH) / peaks.length;
  const upper = peaks.map((peak, i) => `${x(i)} ${middle - peak * middle}`);
  const lower = peaks.map((peak, i) => `${x(i)} ${middle + peak * middle}`).reverse();
  return `M${[...upper, ...lower].join("L")}Z`;
}

// Where the tone truly is: a bracket at the upper edge.
function toneMark(tone) {
  if (!tone) return makeShape("g");
  const [from, to] = tone.map((share) => share * WAVE_WIDTH);
  return makeShape("path", { class: "tone", d: `M${from} 12V3H${to}V12` });
}

// onplay(share): how far it is, 0 to 1; null once it is over
function clipPlayer(testid, sound, onplay) {
  const audio = new Audio(`data:audio/wav;base64,${sound}`);
  const button = make("button", {
    ...{ type: "button", class: "pill", "data-testid": testid },
    onclick: () => (audio.paused ? audio.play() : audio.pause()),
  });
  const name = () => showText(button, text(audio.paused ? "learn_play" : "learn_pause"));
  const walk = () => {
    if (!button.isConnected) audio.pause(); // another clip stands there now
    if (audio.paused) return;
    onplay(audio.currentTime / audio.duration);
    requestAnimationFrame(walk);
  };
  audio.onplay = () => {
    name();
    walk();
  };
  audio.onpause = name;
  audio.onended = () => {
    name();
    onplay(null);
  };
  name();
  return button;
}
