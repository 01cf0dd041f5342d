// Through the epochs, by hand or by itself: which training is shown, and at which moment of it.

import { text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { filledSlider } from "../ui/filled-slider.js";
import { lastEpochs, momentsOf, rangeInWords } from "./recording.js";

/** @import { Source, SourceName } from "./types.js" */
/** @typedef {Record<SourceName, Source | null>} Sources */

/** move(moment): an epoch; null is the newest, whatever comes. play(): press of the button that plays and
 * pauses. shown: the source in sight
 * @type {(on: { pick: (name: SourceName) => void, move: (moment: number | null) => void, play: () => void }) => { sources: HTMLElement, said: HTMLElement, node: HTMLElement, show: (shown: Source | null, moment: number, sources: Sources, isPlaying: boolean) => void }} */
export function epochScrubber({ pick, move, play }) {
  let moments = [0];
  const names = /** @type {SourceName[]} */ (["shipped", "own"]);
  const buttons = names.map((name) => makeButton(`learn-source-${name}`, () => pick(name)));
  const group = make("div", { class: "group", role: "group" }, ...buttons);
  const said = make("p", { class: "note", "data-testid": "learn-said" });
  const player = makeButton("learn-epochs-play", play, "pill primary");
  const caption = make("span", { class: "caption" });
  const slider = filledSlider({
    testid: "learn-scrubber",
    onslide: (i) => move(i === moments.length - 1 ? null : moments[i]),
  });
  const output = make("output", { class: "moment", "data-testid": "learn-moment" });
  return {
    sources: group,
    said,
    node: make(
      "div",
      { class: "scrubber" },
      player,
      make("label", {}, caption, slider.node),
      output,
    ),
    show(shown, moment, sources, isPlaying) {
      group.setAttribute("aria-label", text("learn_source"));
      names.forEach((name, i) => {
        showText(buttons[i], text(`learn_source_${name}`));
        buttons[i].setAttribute("aria-pressed", String(shown?.name === name));
        buttons[i].hidden = !sources[name];
      });
      moments = shown ? momentsOf(shown.recording) : [0];
      showText(said, shown ? sourceInWords(shown) : "");
      showText(caption, text("learn_epoch"));
      slider.set(moments.indexOf(moment), [0, moments.length - 1]);
      slider.node.disabled = player.disabled = moments.length < 2;
      showText(player, text(isPlaying ? "learn_epochs_pause" : "learn_epochs_play"));
      output.setAttribute("aria-live", isPlaying ? "off" : "polite");
      const epochs = shown?.recording.options.epochs;
      const after = moment ? text("learn_after", { epoch: moment, epochs }) : text("learn_before");
      showText(output, shown ? after : "");
      slider.node.setAttribute("aria-valuetext", output.textContent);
    },
  };
}

/** @type {(source: Source) => string} */
function sourceInWords({ name, recording }) {
  const { seed, epochs, length } = recording.options;
  const done = rangeInWords(Object.values(lastEpochs(recording)));
  const said = text(`learn_said_${name}`, { seed, epochs, done });
  return length ? `${said} ${text("learn_said_length", { length })}` : said;
}
