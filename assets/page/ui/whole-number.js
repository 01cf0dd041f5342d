// A whole number that one types. What is no number leaves the old one; what is beyond the limits is
// brought back to them; both are said.

import { readNumber } from "../core/numbers.js";
import { notify } from "../state/notices.js";
import { make } from "./dom.js";

/** @typedef {{ testid: string, key: string, limits: [low: number, high: number], read: () => number, write: (value: number) => void }} WholeNumberOptions key: as the notice names it */

/** key: as the notice names it; read() gives the present number, write(number) takes another.
 * @type {(options: WholeNumberOptions) => HTMLInputElement} */
export function wholeNumberField({ testid, key, limits: [min, max], read, write }) {
  const field = make("input", {
    ...{ type: "number", min, max, step: 1, class: "typed", "data-testid": testid },
    onchange: () => {
      const came = readNumber(field.value);
      const used = Math.min(Math.max(Math.round(came ?? read()), min), max);
      if (came === null) notify("notice_typed", { came: field.value });
      else if (used !== came) notify("notice_range", { key, low: min, high: max, came, used });
      write(used);
    },
  });
  return field;
}
