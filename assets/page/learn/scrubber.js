// Back through the epochs: which recording is shown, and at which moment of it.

import { text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { filledSlider } from "../ui/filled-slider.js";
import { epochsInWords, lastEpochs, momentsOf } from "./recording.js";

/** @import { Source, SourceName } from "./types.js" */
/** @typedef {Record<SourceName, Source | null>} Sources */

/** move(moment): an epoch; null is the newest, whatever comes. shown: the source in sight
 * @type {(on: { pick: (name: SourceName) => void, move: (moment: number | null) => void }) => { sources: HTMLElement, said: HTMLElement, node: HTMLElement, show: (shown: Source | null, moment: number, sources: Sources) => void }} */
export function epochScrubber({ pick, move }) {
  let moments = [0];
  const names = /** @type {SourceName[]} */ (["shipped", "own"]);
  const buttons = names.map((name) => makeButton(`learn-source-${name}`, () => pick(name)));
  const group = make("div", { class: "group", role: "group" }, ...buttons);
  const said = make("p", { class: "note", "data-testid": "learn-said" });
  const caption = make("span", { class: "caption" });
  const slider = filledSlider({
    testid: "learn-scrubber",
    onslide: (i) => move(i === moments.length - 1 ? null : moments[i]),
  });
  const output = make("output", { class: "moment", "data-testid": "learn-moment" });
  return {
    sources: group,
    said,
    node: make("label", { class: "scrubber" }, caption, slider.node, output),
    show(shown, moment, sources) {
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
      slider.node.disabled = moments.length < 2;
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
  const done = epochsInWords(lastEpochs(recording));
  const said = text(`learn_said_${name}`, { seed, epochs, done });
  return length ? `${said} ${text("learn_said_length", { length })}` : said;
}
