// A ribbon from a row to what it goes into, as thick as its weight.

/** Its outline: as thick at each of its ends, and anywhere between, measured from top to bottom.
 * from, to: the middle of its ends.
 * @type {(from: { x: number, y: number }, to: { x: number, y: number }, thickness: number) => string} */
export function ribbonPath(from, to, thickness) {
  const [half, bend] = [thickness / 2, (from.x + to.x) / 2];
  /** @type {(number: number) => number} */
  const round = (number) => Math.round(number * 100) / 100;
  const [top, topEnd] = [round(from.y - half), round(to.y - half)];
  const [foot, footEnd] = [round(from.y + half), round(to.y + half)];
  return (
    `M${from.x} ${top}C${bend} ${top} ${bend} ${topEnd} ${to.x} ${topEnd}` +
    `V${footEnd}C${bend} ${footEnd} ${bend} ${foot} ${from.x} ${foot}Z`
  );
}
