// What the page has to say about what came from outside: each notice can be dismissed. A notice is
// { key, values, kind, about }: a text of the page and what to fill in; kind "done" tells that
// something went well; the notices `about` one matter can go together.

import { shortName } from "../core/scene.js";
import { make } from "./dom.js";

const MOST_NOTICES = 8;

// page: text()
export function noticeList(page) {
  let notices = [];
  const list = make("ul", { class: "notices" });
  const node = make("div", { "data-testid": "notices", role: "status" }, list);

  // What came from outside is kept short.
  const inShort = (value) => (typeof value === "string" ? shortName(value, 200) : value);
  const item = (notice) => {
    const values = Object.entries(notice.values).map(([name, value]) => [name, inShort(value)]);
    const dismiss = () => update(notices.filter((other) => other !== notice));
    const label = page.text("dismiss");
    return make(
      "li",
      { "data-kind": notice.kind ?? null },
      make("span", { dir: "auto" }, page.text(notice.key, Object.fromEntries(values))),
      make(
        "button",
        { type: "button", class: "quiet", "aria-label": label, title: label, onclick: dismiss },
        "×",
      ),
    );
  };
  function update(present = notices) {
    notices = present;
    list.replaceChildren(...notices.slice(-MOST_NOTICES).map(item));
  }
  return {
    node,
    update,
    drop: (about) => update(notices.filter((notice) => notice.about !== about)),
    add(notice) {
      const said = JSON.stringify(notice);
      if (!notices.some((other) => JSON.stringify(other) === said)) update([...notices, notice]);
    },
  };
}
