// A sound of one's own: a file, or the microphone.

import { text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";

const [SOUND_RATE, SOUND_SECONDS] = [8000, 10]; // what the server takes: samples a second, seconds

export function soundInput(task, { send, say }) {
  const file = make("input", {
    ...{ type: "file", accept: "audio/*,video/*", class: "unseen", "data-testid": "learn-file" },
    onchange: async () => {
      if (file.files.length) await take(file.files[0]);
      file.value = ""; // the same file can be chosen again
    },
  });
  const caption = make("span");
  let busy = false; // from the press of the button until the microphone is closed
  let recorder = null; // it runs
  let left = 0; // how often the visitor has gone elsewhere: what was begun before is not wanted
  const button = make("button", {
    ...{ type: "button", class: "pill", "data-testid": "learn-record" },
    onclick: () => (recorder ? stop() : record()),
  });

  async function take(blob, isOwnClip = false) {
    const { samples, cut } = await decodeSound(blob);
    if (!samples) return say("learn_no_sound");
    // What was recorded here ended when it had to: the moment that it took to stop is not missed.
    return send({ samples, rate: SOUND_RATE }, cut && !isOwnClip);
  }

  async function record() {
    if (busy) return;
    busy = true;
    const before = left;
    const stream = await openMicrophone();
    if (typeof stream === "string") say(stream);
    else {
      const clip = before === left ? await listen(stream) : null;
      stream.getTracks().forEach((track) => track.stop());
      if (clip && before === left) take(clip, true);
    }
    busy = false;
  }

  // -> what was recorded until the press of "Stop", or as long as it may be; null where it failed
  async function listen(stream) {
    let timer = null;
    try {
      recorder = new MediaRecorder(stream);
      const recorded = wholeRecording(recorder);
      recorder.start();
      timer = setTimeout(stop, 1000 * SOUND_SECONDS);
      name();
      return await recorded;
    } catch {
      say("learn_mic_failed");
      return null;
    } finally {
      clearTimeout(timer);
      recorder = null;
      name();
    }
  }

  function stop() {
    if (recorder?.state === "recording") recorder.stop();
  }

  function name() {
    showText(button, text(recorder ? "learn_record_stop" : "learn_record"));
    button.setAttribute("aria-pressed", Boolean(recorder));
  }

  return {
    node: make(
      "div",
      { class: "controls" },
      make("label", { class: "pill" }, file, caption),
      button,
    ),
    update(asking) {
      showText(caption, text("learn_file"));
      file.disabled = asking;
      button.disabled = asking && !recorder;
      name();
    },
    leave() {
      left += 1;
      stop();
    },
  };
}

// -> a promise of all that a recorder hears until it stops
function wholeRecording(recorder) {
  const parts = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  return new Promise((done, fail) => {
    recorder.onstop = () => done(new Blob(parts, { type: recorder.mimeType }));
    recorder.onerror = fail;
  });
}

// -> a stream, or the key of the text that says why there is none
async function openMicrophone() {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch (error) {
    // A page that is not served safely has no `mediaDevices` at all: a TypeError.
    return error.name === "NotAllowedError" ? "learn_mic_denied" : "learn_mic_missing";
  }
}

// -> samples as attention/training/tasks/own_sound.py takes them: one channel, no longer than it may
// be; cut: whether it was longer. Neither where the browser cannot read it
async function decodeSound(blob) {
  try {
    const context = new OfflineAudioContext(1, 1, SOUND_RATE); // brings what it decodes to its rate
    const sound = await context.decodeAudioData(await blob.arrayBuffer());
    const channels = Array.from({ length: sound.numberOfChannels }, (_, i) =>
      sound.getChannelData(i),
    );
    const length = Math.min(sound.length, SOUND_RATE * SOUND_SECONDS);
    const bytes = new DataView(new ArrayBuffer(2 * length));
    for (let i = 0; i < length; i += 1) {
      const mean = channels.reduce((sum, channel) => sum + channel[i], 0) / channels.length;
      bytes.setInt16(2 * i, Math.round(32767 * Math.min(Math.max(mean, -1), 1)), true);
    }
    return { samples: inBase64(new Uint8Array(bytes.buffer)), cut: sound.length > length };
  } catch {
    return {};
  }
}

function inBase64(bytes) {
  const part = 8192; // as many arguments as a function may safely have
  let text = "";
  for (let i = 0; i < bytes.length; i += part)
    text += String.fromCharCode(...bytes.subarray(i, i + part));
  return btoa(text);
}
