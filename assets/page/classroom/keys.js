// What this browser knows of its classes: the teacher's secrets, and by which name its tab answers.

/** @typedef {{ name: string, storage: () => Storage, unkept: Record<string, string> }} Keys by code; storage() may throw: then they go with the page */

/** @type {(name: string, storage: () => Storage) => Keys} */
const keysIn = (name, storage) => ({ name, storage, unkept: Object.create(null) });

const TEACHING = keysIn("attention-class-teacher", () => sessionStorage);
const OPENED = keysIn("attention-class-opened", () => localStorage);
const ANSWERING = keysIn("attention-class-student", () => sessionStorage);

/** @type {(keys: Keys) => Record<string, string>} */
function kept({ name, storage, unkept }) {
  try {
    return { ...unkept, ...JSON.parse(storage().getItem(name) ?? "{}") };
  } catch {
    return unkept;
  }
}

/** key: undefined forgets it
 * @type {(keys: Keys, code: string, key: string | undefined) => void} */
function keep(keys, code, key) {
  const next = { ...kept(keys), [code]: key };
  keys.unkept = JSON.parse(JSON.stringify(next)); // without what is undefined
  try {
    keys.storage().setItem(keys.name, JSON.stringify(next));
  } catch {
    // It goes with the page.
  }
}

/** -> the teacher's secret, where this tab teaches the class
 * @type {(code: string) => string | undefined} */
export const secretHere = (code) => kept(TEACHING)[code];

/** The classes that were opened in this browser.
 * @type {() => string[]} */
export const classesOpened = () => Object.keys(kept(OPENED));

/** This tab teaches the class; secret: where the browser does not have it yet
 * @type {(code: string, secret?: string) => void} */
export function teachHere(code, secret = kept(OPENED)[code]) {
  keep(TEACHING, code, secret);
  keep(OPENED, code, secret);
}

/** The class has ended.
 * @type {(code: string) => void} */
export function forgetClass(code) {
  for (const keys of [TEACHING, OPENED, ANSWERING]) keep(keys, code, undefined);
}

/** -> by which name this tab answers in a class: another one in each, and none that tells anything
 * @type {(code: string) => string} */
export function studentHere(code) {
  const known = kept(ANSWERING)[code];
  if (known) return known;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const letters = btoa(String.fromCharCode(...bytes)).replace(/=+$/, "");
  const name = letters.replaceAll("+", "-").replaceAll("/", "_");
  keep(ANSWERING, code, name);
  return name;
}
