// A sound of one's own: a file, or the microphone.

import { text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { Microphone } from "./microphone.js";

/** @import { Input, OnInput } from "./own.js" */
/** @import { Reader, Task } from "./types.js" */

/** @type {(task: Task, on: OnInput) => Input} */
export function soundInput(_, { send, say }) {
  const file = make("input", {
    ...{ type: "file", accept: "audio/*,video/*", class: "unseen", "data-testid": "learn-file" },
    onchange: async () => {
      if (file.files?.length) await sendSound(file.files[0]);
      file.value = ""; // the same file can be chosen again
    },
  });
  const caption = make("span");
  /** @type {Reader | undefined} */
  let reader;
  const microphone = new Microphone({
    // What was recorded here ended when it had to: the moment that it took to stop is not missed.
    onclip: (clip) => sendSound(clip, true),
    onproblem: say,
    onchange: nameButton,
  });
  const button = makeButton("learn-record", () => microphone.press());

  /** @type {(blob: Blob, isOwnClip?: boolean) => Promise<void>} */
  async function sendSound(blob, isOwnClip = false) {
    if (!reader) return;
    const sound = await decodeSound(blob, reader);
    if (sound) send({ samples: sound.samples }, sound.isCut && !isOwnClip);
    else say("learn_no_sound");
  }

  function nameButton() {
    showText(button, text(microphone.recorder ? "learn_record_stop" : "learn_record"));
    button.setAttribute("aria-pressed", String(Boolean(microphone.recorder)));
  }

  const label = make("label", { class: "pill" }, file, caption);
  return {
    node: make("div", { class: "controls" }, label, button),
    update(present) {
      reader = present;
      microphone.seconds = present?.seconds ?? 0;
      showText(caption, text("learn_file"));
      file.disabled = button.disabled = !present;
      nameButton();
    },
    leave: () => microphone.leave(),
  };
}

/** -> samples of one channel at the reader's rate, no longer than they may be; and whether there were more.
 * null where the browser cannot read them
 * @type {(blob: Blob, reader: Reader) => Promise<{ samples: Float32Array, isCut: boolean } | null>} */
async function decodeSound(blob, { rate, seconds }) {
  try {
    const context = new OfflineAudioContext(1, 1, rate); // brings what it decodes to its rate
    const sound = await context.decodeAudioData(await blob.arrayBuffer());
    const channels = Array.from({ length: sound.numberOfChannels }, (_, i) =>
      sound.getChannelData(i),
    );
    const samples = new Float32Array(Math.min(sound.length, rate * seconds));
    for (let i = 0; i < samples.length; i += 1)
      samples[i] = channels.reduce((sum, channel) => sum + channel[i], 0) / channels.length;
    return { samples, isCut: sound.length > samples.length };
  } catch {
    return null;
  }
}
