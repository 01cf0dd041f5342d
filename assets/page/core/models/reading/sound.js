// A sound of one's own: which part of it is listened to, and how loud each band of frequency is in each step
// of it; the twin of attention/training/tasks/loud_second.py.

import { Refused } from "../../refused.js";

/** @import { ReadExample } from "../types.js" */
/** @typedef {{ rate: number, seconds: number, steps: number, edges: number[], quietest: number, usual: number, spread: number }} SoundReader seconds: that a sound may last; edges: of the bands, in Hz */

const STEPS_A_SECOND = 10;
const SILENCE = 2 ** -16; // half of the smallest step that 16 bits can tell
const DRAWN = 200; // peaks of a drawing

/** samples: one channel at the reader's rate, −1 to 1
 * @type {(reader: SoundReader, own: { samples: Float32Array }) => ReadExample} */
export function readSound(reader, { samples }) {
  const { rate, seconds, steps } = reader;
  if (!samples.length) throw new Refused("refused_sound_empty");
  const lasts = samples.length / rate;
  if (lasts > seconds)
    throw new Refused("refused_sound_long", { most: seconds, came: Math.round(lasts * 10) / 10 });
  // A microphone may add a constant, which nobody hears.
  const heard = withoutMean(samples);
  const largest = heard.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
  if (largest < SILENCE) throw new Refused("refused_sound_silent", { highest: rate / 2 });
  const length = (steps * rate) / STEPS_A_SECOND;
  const begin = heard.length <= length ? 0 : beginOfLoudest(heard, length, rate / STEPS_A_SECOND);
  const clip = new Float64Array(length); // a short one goes on in silence
  clip.set(heard.subarray(begin, begin + length));
  const isAll = heard.length <= length;
  return {
    x: [bandsOf(clip, reader)],
    steps: Array.from({ length: steps }, (_, i) => `${(i / STEPS_A_SECOND).toFixed(1)} s`),
    truth: null,
    sound: waveFile(clip, rate),
    wave: peaksOf(clip),
    tone: null,
    taken: isAll ? null : [begin / rate, (begin + length) / rate],
  };
}

/** @type {(samples: Float32Array) => Float64Array} */
function withoutMean(samples) {
  const mean = samples.reduce((sum, one) => sum + one, 0) / samples.length;
  return Float64Array.from(samples, (one) => one - mean);
}

/** Where a clip of this length begins that has the loudest tenth of a second in its middle.
 * @type {(samples: Float64Array, length: number, part: number) => number} */
function beginOfLoudest(samples, length, part) {
  let power = 0;
  for (let i = 0; i < part; i += 1) power += samples[i] ** 2;
  let [most, at] = [power, 0];
  for (let i = part; i < samples.length; i += 1) {
    power += samples[i] ** 2 - samples[i - part] ** 2;
    if (power > most) [most, at] = [power, i - part + 1];
  }
  const begin = at + Math.floor(part / 2) - Math.floor(length / 2);
  return Math.min(Math.max(begin, 0), samples.length - length);
}

/** In decibels below the clip's mean power, shifted and scaled so that noise is about 0, and a tone that can
 * be heard in it is 1 or more.
 * @type {(clip: Float64Array, reader: SoundReader) => number[][]} */
export function bandsOf(clip, { rate, steps, edges, quietest, usual, spread }) {
  const size = clip.length / steps;
  const mean = clip.reduce((sum, one) => sum + one, 0) / clip.length;
  const variance = clip.reduce((sum, one) => sum + (one - mean) ** 2, 0) / clip.length;
  const turns = Array.from({ length: size }, (_, i) => (2 * Math.PI * i) / size);
  const [cosines, sines] = [turns.map(Math.cos), turns.map(Math.sin)];
  const hertz = rate / size; // of one turn in a step
  const lowest = Math.ceil(edges[0] / hertz);
  const highest = Math.floor(edges[edges.length - 1] / hertz);
  return Array.from({ length: steps }, (_, step) => {
    const power = Array(edges.length - 1).fill(0);
    for (let k = lowest; k <= highest; k += 1) {
      const band = edges.findLastIndex((edge) => edge <= k * hertz);
      if (band < 0 || band >= power.length) continue;
      let [real, imaginary] = [0, 0];
      for (let i = 0, turn = 0; i < size; i += 1, turn = (turn + k) % size) {
        real += clip[step * size + i] * cosines[turn];
        imaginary += clip[step * size + i] * sines[turn];
      }
      power[band] += (2 * (real ** 2 + imaginary ** 2)) / size ** 2 / variance;
    }
    return power.map((one) => Math.fround((10 * Math.log10(one + quietest) - usual) / spread));
  });
}

/** 200 heights to draw, the highest 1: how far the wave reaches in each part.
 * @type {(clip: Float64Array) => number[]} */
function peaksOf(clip) {
  const part = clip.length / DRAWN;
  const heights = Array.from({ length: DRAWN }, (_, i) =>
    clip.subarray(i * part, (i + 1) * part).reduce((a, b) => Math.max(a, Math.abs(b)), 0),
  );
  const most = Math.max(...heights);
  return heights.map((height) => Math.round((1000 * height) / most) / 1000);
}

/** A WAV file of 8 bits in base64; the loudest sample is as loud as it gets.
 * @type {(clip: Float64Array, rate: number) => string} */
function waveFile(clip, rate) {
  const most = clip.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  const file = new DataView(new ArrayBuffer(44 + clip.length));
  /** @type {(at: number, text: string) => void} */
  const write = (at, text) =>
    [...text].forEach((letter, i) => file.setUint8(at + i, letter.charCodeAt(0)));
  write(0, "RIFF");
  file.setUint32(4, 36 + clip.length, true);
  write(8, "WAVEfmt ");
  file.setUint32(16, 16, true);
  file.setUint16(20, 1, true); // PCM
  file.setUint16(22, 1, true); // one channel
  file.setUint32(24, rate, true);
  file.setUint32(28, rate, true); // bytes a second
  file.setUint16(32, 1, true);
  file.setUint16(34, 8, true);
  write(36, "data");
  file.setUint32(40, clip.length, true);
  clip.forEach((sample, i) => file.setUint8(44 + i, Math.round(128 + (127 * sample) / most)));
  let text = "";
  for (const byte of new Uint8Array(file.buffer)) text += String.fromCharCode(byte);
  return btoa(text);
}
