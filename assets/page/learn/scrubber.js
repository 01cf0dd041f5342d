// Back through the epochs: which recording is shown, and at which moment of it.

import { text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";
import { filledSlider } from "../ui/filled-slider.js";
import { epochsInWords, lastEpochs, momentsOf } from "./recording.js";

// pick(source): "shipped" or "own"; move(moment): an epoch; null is the newest, whatever comes
export function epochScrubber({ pick, move }) {
  let moments = [0];
  const source = (name) =>
    make("button", {
      ...{ type: "button", class: "pill", "data-testid": `learn-source-${name}` },
      onclick: () => pick(name),
    });
  const sources = { shipped: source("shipped"), own: source("own") };
  const group = make("div", { class: "group", role: "group" }, ...Object.values(sources));
  const said = make("p", { class: "note", "data-testid": "learn-said" });
  const caption = make("span", { class: "caption" });
  const slider = filledSlider({
    testid: "learn-scrubber",
    onslide: (i) => move(i === moments.length - 1 ? null : moments[i]),
  });
  const moment = make("output", { class: "moment", "data-testid": "learn-moment" });
  return {
    sources: group,
    said,
    node: make("label", { class: "scrubber" }, caption, slider.node, moment),
    // shown: { name, recording } or null; at: the present moment; has: { shipped, own }: what there is
    show(shown, at, has) {
      group.setAttribute("aria-label", text("learn_source"));
      for (const [name, button] of Object.entries(sources)) {
        showText(button, text(`learn_source_${name}`));
        button.setAttribute("aria-pressed", shown?.name === name);
        button.hidden = !has[name];
      }
      moments = shown ? momentsOf(shown.recording) : [0];
      const { seed, epochs, length } = shown?.recording.options ?? {};
      const done = shown && epochsInWords(lastEpochs(shown.recording));
      const facts = [
        shown && text(`learn_said_${shown.name}`, { seed, epochs, done }),
        length && text("learn_said_length", { length }),
      ];
      showText(said, facts.filter(Boolean).join(" "));
      showText(caption, text("learn_epoch"));
      slider.set(moments.indexOf(at), [0, moments.length - 1]);
      slider.node.disabled = moments.length < 2;
      const present = at === 0 ? text("learn_before") : text("learn_after", { epoch: at, epochs });
      showText(moment, shown ? present : "");
      slider.node.setAttribute("aria-valuetext", moment.textContent);
    },
  };
}
