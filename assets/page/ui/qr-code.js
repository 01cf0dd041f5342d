// An address as a QR code, which the server draws.

import { askWithin } from "../state/server.js";
import { text } from "../state/texts.js";
import { make, makeShape, showText } from "./dom.js";
import "./link.css";

const DENSE = 500; // characters of an address
const QUIET = 4; // modules of white that a reader needs around the code

/** name: begins its test ids
 * @type {(name?: string) => { node: HTMLElement, show: (address: string) => Promise<void> }} */
export function qrCode(name = "share") {
  const place = make("div", { class: "qr" });
  const said = make("p", { class: "note", role: "status", "data-testid": `${name}-said` });
  let asked = ""; // the address that is shown, or will be
  return {
    node: make("div", { class: "code-place" }, place, said),
    /** @param {string} address */
    async show(address) {
      asked = address;
      place.classList.toggle("dense", address.length > DENSE);
      place.replaceChildren();
      place.hidden = false; // its room
      showText(said, text("share_drawing"));
      const { error, rows } = await askWithin(10_000, "qr_code", { address });
      if (asked !== address) return;
      showText(said, error ? text(error.key, error.values) : text("share_scan"));
      place.hidden = !rows;
      if (rows) place.replaceChildren(qrShape(rows, text("share_code"), `${name}-qr`));
    },
  };
}

/** rows: strings of "0" and "1". Dark on white in any theme: many readers know no other.
 * @type {(rows: string[], label: string, testid: string) => SVGElement} */
function qrShape(rows, label, testid) {
  const side = rows.length + 2 * QUIET;
  const dark = rows.flatMap((row, y) =>
    [...row.matchAll(/1+/g)].map(
      ({ 0: run, index }) => `M${index + QUIET} ${y + QUIET}h${run.length}v1h-${run.length}z`,
    ),
  );
  return makeShape(
    "svg",
    {
      ...{ viewBox: `0 0 ${side} ${side}`, role: "img", "shape-rendering": "crispEdges" },
      ...{ "aria-label": label, "data-testid": testid },
    },
    makeShape("rect", { width: side, height: side, fill: "white" }),
    makeShape("path", { d: dark.join(""), fill: "black" }),
  );
}
