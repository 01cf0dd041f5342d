// The code of a class, as somebody types it: the twin of tidy_code in attention/classroom/codes.py.

/** @typedef {{ letters: string, length: number, twins: [string, string] }} ClassRules twins: letters of a Russian keyboard, and what they stand for */

/** -> the code, or null where it is none
 * @type {(typed: string, rules: ClassRules) => string | null} */
export function tidyCode(typed, { letters, length, twins: [cyrillic, latin] }) {
  const code = [...typed.toUpperCase().replace(/[\s-]/gu, "")].map((letter) =>
    cyrillic.includes(letter) ? latin[cyrillic.indexOf(letter)] : letter,
  );
  const isCode = code.length === length && code.every((letter) => letters.includes(letter));
  return isCode ? code.join("") : null;
}
