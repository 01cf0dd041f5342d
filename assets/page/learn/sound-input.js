// A sound of one's own: a file, or the microphone.

import { given } from "../state/given.js";
import { text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { Microphone } from "./microphone.js";

/** @import { Input, OnInput } from "./own.js" */
/** @import { Task } from "./types.js" */

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
  const microphone = new Microphone({
    // What was recorded here ended when it had to: the moment that it took to stop is not missed.
    onclip: (clip) => sendSound(clip, true),
    onproblem: say,
    onchange: nameButton,
  });
  const button = makeButton("learn-record", () => microphone.press());

  /** @type {(blob: Blob, isOwnClip?: boolean) => Promise<void>} */
  async function sendSound(blob, isOwnClip = false) {
    const sound = await decodeSound(blob);
    if (!sound) return say("learn_no_sound");
    return send(
      { samples: sound.samples, rate: given.rules.sound.rate },
      sound.isCut && !isOwnClip,
    );
  }

  function nameButton() {
    showText(button, text(microphone.recorder ? "learn_record_stop" : "learn_record"));
    button.setAttribute("aria-pressed", String(Boolean(microphone.recorder)));
  }

  const label = make("label", { class: "pill" }, file, caption);
  return {
    node: make("div", { class: "controls" }, label, button),
    update(asking) {
      showText(caption, text("learn_file"));
      file.disabled = asking;
      button.disabled = asking && !microphone.recorder;
      nameButton();
    },
    leave: () => microphone.leave(),
  };
}

/** -> samples as attention/training/tasks/own_sound.py takes them: one channel, no longer than it may
 * be; and whether it was longer. null where the browser cannot read it
 * @type {(blob: Blob) => Promise<{ samples: string, isCut: boolean } | null>} */
async function decodeSound(blob) {
  const { rate, seconds } = given.rules.sound;
  try {
    const context = new OfflineAudioContext(1, 1, rate); // brings what it decodes to its rate
    const sound = await context.decodeAudioData(await blob.arrayBuffer());
    const channels = Array.from({ length: sound.numberOfChannels }, (_, i) =>
      sound.getChannelData(i),
    );
    const length = Math.min(sound.length, rate * seconds);
    const bytes = new DataView(new ArrayBuffer(2 * length));
    for (let i = 0; i < length; i += 1) {
      const mean = channels.reduce((sum, channel) => sum + channel[i], 0) / channels.length;
      bytes.setInt16(2 * i, Math.round(32767 * Math.min(Math.max(mean, -1), 1)), true);
    }
    const samples = inBase64(new Uint8Array(bytes.buffer));
    return { samples, isCut: sound.length > length };
  } catch {
    return null;
  }
}

/** @type {(bytes: Uint8Array) => string} */
function inBase64(bytes) {
  const part = 8192; // as many arguments as a function may safely have
  let text = "";
  for (let i = 0; i < bytes.length; i += part)
    text += String.fromCharCode(...bytes.subarray(i, i + part));
  return btoa(text);
}
