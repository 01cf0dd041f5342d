// How one comes into the class: code, link and QR code in large, and how many are there.

import { pageAddress } from "../state/settle.js";
import { state } from "../state/store.js";
import { text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { linkField } from "../ui/link.js";
import { qrCode } from "../ui/qr-code.js";
import { classHere } from "./session.js";

/** onbegin: called when the teacher begins
 * @param {() => void} onbegin */
export function lobby(onbegin) {
  const how = make("p");
  const code = make("p", { class: "class-large", translate: "no" });
  const joined = make("p", { class: "class-joined" });
  const link = linkField("class");
  const qr = qrCode("class");
  const begin = makeButton("class-begin", onbegin, "pill onward");
  begin.dataset.lit = "true";
  link.buttons.append(begin);
  const words = make("div", { class: "lobby-words" }, how, code, joined, link.field, link.buttons);
  const node = make("div", { class: "class-lobby", "data-testid": "class-lobby" }, words, qr.node);
  let isOpen = false;
  let shown = ""; // the address
  return {
    node,
    isOpen: () => isOpen,
    /** @type {(open: boolean) => void} */
    toggle(open) {
      isOpen = open;
    },
    update() {
      node.hidden = !isOpen;
      const here = classHere();
      if (!isOpen || !here) return;
      const address = classAddress(here.code);
      showText(how, text("class_how", { host: new URL(address).host }));
      showText(code, here.code);
      showText(joined, text("class_joined_count", { count: here.room?.joined ?? 0 }));
      showText(begin, `${text("class_begin")} →`);
      link.show(address);
      if (shown !== address) void qr.show(address);
      shown = address;
    },
  };
}

/** -> the link for students: the class alone, and nothing that the teacher has in the address
 * @type {(code: string) => string} */
function classAddress(code) {
  const address = new URL(pageAddress());
  address.hash = [...(state.lang ? [`lang=${state.lang}`] : []), `class=${code}`].join("&");
  return address.href;
}
