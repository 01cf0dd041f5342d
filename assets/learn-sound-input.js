// A sound of one's own: a file, or the microphone.

const [SOUND_RATE, SOUND_SECONDS] = [8000, 10]; // what the server takes: samples a second, seconds

function soundInput(page, task, { send, say }) {
  const { text } = page;
  const file = make("input", {
    ...{ type: "file", accept: "audio/*,video/*", class: "unseen", "data-testid": "learn-file" },
    onchange: async () => {
      if (file.files.length) await take(file.files[0]);
      file.value = ""; // the same file can be chosen again
    },
  });
  const caption = make("span");
  const recording = { recorder: null, timer: null };
  const button = make("button", {
    ...{ type: "button", class: "pill", "data-testid": "learn-record" },
    onclick: () => (recording.recorder ? recording.recorder.stop() : record()),
  });

  async function take(blob) {
    const sound = await decodeSound(blob);
    if (sound) send(sound);
    else say("learn_no_sound");
  }

  async function record() {
    const stream = await openMicrophone();
    if (typeof stream === "string") return say(stream);
    const recorder = new MediaRecorder(stream);
    const parts = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.onstop = () => {
      stream.getTracks().forEach((track) => track.stop());
      clearTimeout(recording.timer);
      recording.recorder = null;
      name();
      take(new Blob(parts, { type: recorder.mimeType }));
    };
    recording.recorder = recorder;
    recording.timer = setTimeout(() => recorder.stop(), 1000 * SOUND_SECONDS);
    recorder.start();
    return name();
  }

  function name() {
    showText(button, text(recording.recorder ? "learn_record_stop" : "learn_record"));
    button.setAttribute("aria-pressed", Boolean(recording.recorder));
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
      button.disabled = asking && !recording.recorder;
      name();
    },
  };
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

// -> { samples, rate } as attention/training/tasks/own_sound.py takes them: one channel, no longer
// than it may be; null where the browser cannot read it
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
    return { samples: inBase64(new Uint8Array(bytes.buffer)), rate: SOUND_RATE };
  } catch {
    return null;
  }
}

function inBase64(bytes) {
  const part = 8192; // as many arguments as a function may safely have
  let text = "";
  for (let i = 0; i < bytes.length; i += part)
    text += String.fromCharCode(...bytes.subarray(i, i + part));
  return btoa(text);
}
