// One of the buttons on two sides of a picture: under the pointer, with the keyboard's focus, or held by a
// tap until the next one. The tab key reaches one of them, arrow keys the others.

/** @typedef {{ side: number, at: number }} Pick */

/** onpick: told of every change; null: none is picked. onpair: one has been dragged to one of the other
 * side, or tapped while that was held; by side, which ones
 * @type {(sides: HTMLElement[][], onpick: (pick: Pick | null) => void, onpair?: (pair: number[]) => void) => void} */
export function pickOne(sides, onpick, onpair) {
  /** @type {Pick | null} */
  let held = null;
  /** @type {HTMLElement} the one that the tab key reaches */
  let reached = sides[0][0];
  /** @type {(pick: Pick) => Pick | null} */
  const holdOrRelease = (pick) =>
    held && held.side === pick.side && held.at === pick.at ? null : pick;

  if (onpair) dragTogether(sides, onpick, onpair);
  sides.forEach((buttons, side) =>
    buttons.forEach((button, at) => {
      const pick = { side, at };
      button.tabIndex = button === reached ? 0 : -1;
      button.addEventListener("pointerenter", ({ pointerType }) => {
        if (pointerType === "mouse") onpick(pick);
      });
      button.addEventListener("pointerleave", () => onpick(held));
      button.addEventListener("focus", () => {
        [reached.tabIndex, button.tabIndex, reached] = [-1, 0, button];
        if (button.matches(":focus-visible")) onpick(pick);
      });
      button.addEventListener("blur", () => onpick(held));
      button.addEventListener("click", () => {
        if (onpair && held && held.side !== side) return onpair(pairOf(held, pick));
        held = holdOrRelease(pick);
        sides
          .flat()
          .forEach((one) =>
            one.setAttribute("aria-pressed", String(one === button && held !== null)),
          );
        onpick(held);
      });
      button.addEventListener("keydown", (event) => {
        const next = neighbourPick(sides, pick, event.key);
        if (!next) return;
        next.focus();
        event.preventDefault();
      });
    }),
  );
}

/** @type {(one: Pick, other: Pick) => number[]} */
const pairOf = (one, other) => (one.side ? [other.at, one.at] : [one.at, other.at]);

/** @type {(sides: HTMLElement[][], onpick: (pick: Pick) => void, onpair: (pair: number[]) => void) => void} */
function dragTogether(sides, onpick, onpair) {
  /** @type {Pick | null} */
  let dragged = null;
  sides.forEach((buttons, side) =>
    buttons.forEach((button, at) => {
      const pick = { side, at };
      button.addEventListener("pointerdown", ({ button: key, pointerId, target }) => {
        if (key) return;
        // A finger holds on to where it came down, and would never be over another one.
        const down = /** @type {Element} */ (target);
        if (down.hasPointerCapture(pointerId)) down.releasePointerCapture(pointerId);
        dragged = pick;
        onpick(pick);
        const drop = () => (dragged = null);
        for (const end of ["pointerup", "pointercancel"])
          window.addEventListener(end, drop, { once: true });
      });
      const aims = () => dragged !== null && dragged.side !== side;
      button.addEventListener("pointerover", () => button.classList.toggle("aim", aims()));
      button.addEventListener("pointerout", () => button.classList.remove("aim"));
      button.addEventListener("pointerup", () => {
        button.classList.remove("aim");
        if (dragged && aims()) onpair(pairOf(dragged, pick));
      });
    }),
  );
}

/** @type {(sides: HTMLElement[][], at: Pick, key: string) => HTMLElement | undefined} */
function neighbourPick(sides, { side, at }, key) {
  if (key === "ArrowUp") return sides[side][at - 1];
  if (key === "ArrowDown") return sides[side][at + 1];
  const other = sides[{ ArrowLeft: 0, ArrowRight: 1 }[key] ?? side];
  return other === sides[side] ? undefined : other[Math.min(at, other.length - 1)];
}
