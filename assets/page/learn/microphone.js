// The microphone, from the press of a button to what was recorded.

/** @typedef {{ onclip: (clip: Blob) => void, onproblem: (key: string) => void, onchange: () => void }} OnMicrophone onproblem: the key of a text; onchange: it records, or no more */

export class Microphone {
  /** @type {MediaRecorder | null} */
  recorder = null; // it runs
  isBusy = false; // from the press of the button until the microphone is closed
  seconds = 0; // that a recording may last
  departures = 0; // of the visitor: what was begun before the last one is not wanted

  /** @param {OnMicrophone} on */
  constructor(on) {
    this.on = on;
  }

  /** Begin to record, or end it. */
  press() {
    if (this.recorder) this.stop();
    else if (!this.isBusy) this.record();
  }

  leave() {
    this.departures += 1;
    this.stop();
  }

  stop() {
    if (this.recorder?.state === "recording") this.recorder.stop();
  }

  async record() {
    this.isBusy = true;
    const before = this.departures;
    const stream = await openMicrophone();
    if (typeof stream === "string") this.on.onproblem(stream);
    else {
      const clip = before === this.departures ? await this.recordFrom(stream) : null;
      stream.getTracks().forEach((track) => track.stop());
      if (clip && before === this.departures) this.on.onclip(clip);
    }
    this.isBusy = false;
  }

  /** What comes until the press of "Stop", or as long as it may be; null where it failed.
   * @param {MediaStream} stream */
  async recordFrom(stream) {
    /** @type {number | undefined} */
    let timer;
    try {
      this.recorder = new MediaRecorder(stream);
      const clip = wholeRecording(this.recorder);
      this.recorder.start();
      timer = setTimeout(() => this.stop(), 1000 * this.seconds);
      this.on.onchange();
      return await clip;
    } catch {
      this.on.onproblem("learn_mic_failed");
      return null;
    } finally {
      clearTimeout(timer);
      this.recorder = null;
      this.on.onchange();
    }
  }
}

/** All that a recorder hears until it stops.
 * @type {(recorder: MediaRecorder) => Promise<Blob>} */
function wholeRecording(recorder) {
  /** @type {Blob[]} */
  const parts = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  return new Promise((done, fail) => {
    recorder.onstop = () => done(new Blob(parts, { type: recorder.mimeType }));
    recorder.onerror = fail;
  });
}

/** -> a stream, or the key of the text that says why there is none
 * @type {() => Promise<MediaStream | string>} */
async function openMicrophone() {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch (error) {
    // A page that is not served safely has no `mediaDevices` at all: a TypeError.
    const isDenied = error instanceof Error && error.name === "NotAllowedError";
    return isDenied ? "learn_mic_denied" : "learn_mic_missing";
  }
}
