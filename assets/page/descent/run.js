// A run of gradient descent. The server takes the steps, some in advance; here they are played one
// by one. Nothing of a run lives on the server: who does not ask has stopped.

import { askUntilWarm } from "../ui/warmth.js";

const PLAYED = 30; // steps a second
const CHUNK = 25; // steps asked for at once
const ENOUGH = 25; // in store: more is asked for below this, so that a second of a slow network is not seen
const RESTED = 150; // ms after a hand has turned something, it has come to rest
const MOST_LATE = 4; // steps that a slow page takes at once; what is later still is forgotten

// ask(steps, numbers): the next steps from the scene on the table, or with other numbers in it
// onpoints(points): the table has come so far; onend(end): "arrived", "still" or "diverged";
// onerror(error): as server.js has it; onwarming(warming or null)
export function descentRun({ ask, onpoints, onend, onerror, onwarming }) {
  // Readers who asked for less motion see every third step; the run is as fast.
  const together = matchMedia("(prefers-reduced-motion: reduce)").matches ? 3 : 1;
  let playing = false;
  let round = 0; // an answer to an earlier question comes too late
  let asking = false;
  let store = []; // points still to be played
  let end = null; // what comes after the last of them
  let due = 0;
  let stepping = false;
  let resting = null;
  let timer;

  // -> { points, end }, or null where it comes too late or is an error
  async function next(steps, numbers) {
    const mine = round;
    asking = true;
    const answer = await askUntilWarm(
      () => ask(steps, numbers),
      () => mine === round,
      onwarming,
    );
    asking = false;
    if (mine !== round) {
      if (!resting) refill(); // it was asked about a table that somebody has turned since
      return null;
    }
    if (!answer.error) return answer;
    pause();
    onerror(answer.error);
    return null;
  }

  async function refill() {
    if (!playing || asking || end || store.length > ENOUGH) return;
    const last = store.at(-1);
    const got = await next(CHUNK, last?.numbers ?? null);
    if (!got) return;
    // Before the steps comes the point where they begin; it is there, if it was the last in store.
    const [start, ...steps] = got.points;
    store.push(...(last ? [] : [{ ...start, isStart: true }]), ...steps);
    end = got.end;
  }

  // By a timer, and not by the frames of the screen: a slow screen shows what it can.
  function tick() {
    const pace = (1000 * together) / PLAYED;
    const now = performance.now();
    timer = setTimeout(tick, pace / 2);
    if (document.hidden) return; // nobody sees it: nothing moves, nothing is asked
    due = Math.max(due, now - MOST_LATE * pace);
    let count = 0;
    while (now >= due && count < store.length) {
      count = Math.min(count + together, store.length);
      due += pace;
    }
    if (count) onpoints(store.splice(0, count));
    if (!playing) return; // whoever saw the points has ended it
    if (end && !store.length) finish();
    else refill();
  }

  function finish() {
    const why = end;
    pause();
    onend(why);
  }

  function forget() {
    round += 1;
    store = [];
    end = null;
    clearTimeout(resting);
    resting = null;
    onwarming(null);
  }

  function pause() {
    playing = false;
    clearTimeout(timer);
    forget();
  }

  return {
    playing: () => playing,
    play() {
      if (playing) return;
      forget();
      playing = true;
      due = performance.now();
      refill();
      tick();
    },
    pause,
    async step() {
      if (stepping) return;
      stepping = true;
      pause();
      const got = await next(1, null);
      stepping = false;
      if (!got) return;
      const [start, ...steps] = got.points;
      onpoints([{ ...start, isStart: true }, ...steps]);
      if (got.end) onend(got.end);
    },
    // A hand has turned something: the run goes on from there once it rests.
    touched() {
      if (!playing) return;
      forget();
      resting = setTimeout(() => {
        resting = null;
        refill();
      }, RESTED);
    },
  };
}
