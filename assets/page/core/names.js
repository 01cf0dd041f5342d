// Names as somebody types or sends them.

/** A name on one line without control characters, and at most so many characters, none cut in half.
 * @type {(text: string) => string} */
export function tidyName(text) {
  return text
    .replace(/[\p{Cc}\s]+/gu, " ")
    .replace(/\p{Cs}/gu, "\uFFFD") // half a character: no address could hold it
    .trim();
}

/** @type {(text: string, most: number) => string} */
export function shortName(text, most) {
  return [...tidyName(text)].slice(0, most).join("").trim();
}
