// The title of a text, as a link where it can be read.

import { text } from "../state/texts.js";
import { make } from "../ui/dom.js";

/** Titles and authors are of the text's language, whatever the page speaks.
 * @type {(entry: import("../state/given.js").ReadingEntry) => HTMLElement} */
export function readingTitle({ title, url }) {
  if (!url) return make("cite", { translate: "no", lang: "en" }, title);
  const opens = { target: "_blank", rel: "noopener noreferrer", title: text("reading_opens") };
  return make("a", { href: url, ...opens, translate: "no", lang: "en" }, title);
}
