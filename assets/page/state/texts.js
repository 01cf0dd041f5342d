// The page's texts in each language, with their blanks filled in.

import { inLanguage, readableNumber } from "../core/numbers.js";

// texts: by language and key -> lang -> (key, values) -> string
export function textsIn(texts) {
  const textIn =
    (lang) =>
    (key, values = {}) =>
      texts[lang][key].replace(/\{(\w+)\}/g, (_, name) => inWords(values[name], lang));
  // A value may be a text of the page itself, or a list: of texts, a line each, or of words.
  const inWords = (value, lang) => {
    if (Array.isArray(value))
      return value
        .map((one) => inWords(one, lang))
        .join(value.some((one) => one?.key) ? "\n" : ", ");
    if (value?.key) return textIn(lang)(value.key, value.values);
    return typeof value === "number"
      ? inLanguage(readableNumber(value), { text: textIn(lang) })
      : inOwnDirection(String(value));
  };
  return textIn;
}

// A name from right to left, or with signs that turn the direction, must not turn its sentence too.
function inOwnDirection(text) {
  return /[\u0590-\u08FF\u200E\u200F\u202A-\u202E\u2066-\u2069\uFB1D-\uFEFC]/.test(text)
    ? `\u2068${text}\u2069`
    : text;
}

// -> of the languages that the page speaks, the one that the browser likes best
export function preferredLanguage(languages) {
  const liked = (navigator.languages ?? []).map((tag) => tag.slice(0, 2));
  return liked.find((code) => languages.includes(code)) ?? languages[0];
}
