// Plays a training again, epoch by epoch. No page in here.

const EPOCH = 150; // milliseconds

export class EpochPlayer {
  /** @type {number | undefined} */
  timer = undefined;

  /** move(moment): to that epoch, which is the last one if isLast @param {(moment: number, isLast: boolean) => void} move */
  constructor(move) {
    this.move = move;
  }

  get isPlaying() {
    return this.timer !== undefined;
  }

  /** moments: the epochs that there are to see. From the last one it begins anew.
   * @param {number[]} moments @param {number} present */
  play(moments, present) {
    this.stop();
    const at = moments.indexOf(present);
    if (at === moments.length - 1) {
      this.wait(moments, 0);
      this.move(moments[0], false);
    } else this.wait(moments, at);
  }

  /** Epochs are equally long, also where only some of them were recorded.
   * @param {number[]} moments @param {number} at */
  wait(moments, at) {
    const next = at + 1;
    const isLast = next === moments.length - 1;
    this.timer = window.setTimeout(
      () => {
        if (isLast) this.stop();
        else this.wait(moments, next);
        this.move(moments[next], isLast);
      },
      EPOCH * (moments[next] - moments[at]),
    );
  }

  stop() {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
