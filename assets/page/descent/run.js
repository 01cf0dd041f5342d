// The clock of a run: so many steps a second, by a timer and not by the frames of the screen, so that
// a slow screen shows what it can.

const FPS = 30; // steps a second
const RESUME_MS = 150; // after a hand has turned something, the run waits until it rests
const MOST_LATE = 4; // steps that a slow page takes at once; what is later still is forgotten

/**
 * @param {(count: number) => void} take called when so many steps are due
 */
export function stepClock(take) {
  // Readers who asked for less motion see every third step; the run is as fast.
  const together = matchMedia("(prefers-reduced-motion: reduce)").matches ? 3 : 1;
  const pace = (1000 * together) / FPS;
  let playing = false;
  let due = 0;
  let timer = 0;

  function tick() {
    timer = setTimeout(tick, pace / 2);
    if (document.hidden) return; // nobody sees it: nothing moves
    const now = performance.now();
    due = Math.max(due, now - MOST_LATE * pace);
    let count = 0;
    for (; now >= due; due += pace) count += together;
    if (count) take(count);
  }

  return {
    playing: () => playing,
    play() {
      if (playing) return;
      playing = true;
      due = performance.now();
      tick();
    },
    pause() {
      playing = false;
      clearTimeout(timer);
    },
    // The next step comes once the hand rests.
    wait() {
      due = performance.now() + RESUME_MS;
    },
  };
}
