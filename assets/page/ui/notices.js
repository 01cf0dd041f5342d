// What the page has to say about what came from outside; each notice can be dismissed.

import { shortName } from "../core/names.js";
import { listen } from "../state/events.js";
import { notices, setNotices } from "../state/notices.js";
import { text } from "../state/texts.js";
import { make } from "./dom.js";

/** @import { Notice } from "../state/notices.js" */

const MOST_NOTICES = 8;

export function noticeList() {
  const list = make("ul", { class: "notices" });
  const show = () => list.replaceChildren(...notices().slice(-MOST_NOTICES).map(noticeLine));
  listen({ notices: show, language: show });
  return make("div", { "data-testid": "notices", role: "status" }, list);
}

/** @type {(notice: Notice) => HTMLElement} */
function noticeLine(notice) {
  const values = Object.entries(notice.values ?? {}).map(([name, value]) => [name, inShort(value)]);
  const label = text("dismiss");
  const dismiss = make(
    "button",
    {
      ...{ type: "button", class: "quiet", "aria-label": label, title: label },
      onclick: () => setNotices(notices().filter((other) => other !== notice)),
    },
    "×",
  );
  return make(
    "li",
    { "data-kind": notice.kind ?? null },
    make("span", { dir: "auto" }, text(notice.key, Object.fromEntries(values))),
    dismiss,
  );
}

/** What came from outside is kept short.
 * @type {(value: unknown) => unknown} */
function inShort(value) {
  return typeof value === "string" ? shortName(value, 200) : value;
}
