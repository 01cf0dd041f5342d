// What a link can hide from its readers, and how large it shows the rest. No page in here.
//
// hide: names of controls; a control's name is its test id without numbers. view: "projector" or null.

const HIDEABLE = [
  "variations",
  "learn",
  "teach",
  "lang",
  "lesson",
  "predict",
  "challenge",
  "kind",
  "activation",
  "bias",
  "temperature",
  "reset",
  "x",
  "w",
  "b",
  "query",
  "mask",
  "rows",
  "columns",
  "formula",
  "train",
  "keras",
  "take",
];
const ALSO_CALLED = { q: "query" };
const VIEWS = ["projector"];
const VIEW_KEYS = ["hide", "view"];

// read: of address.js -> { hide, view }
function readView(read) {
  const hide = read.known("hide", HIDEABLE, ALSO_CALLED) ?? [];
  return { hide, view: read.choice("view", VIEWS) ?? null };
}

// -> pairs for the address; null where nothing is hidden
function writeView({ hide, view }) {
  return { hide: hide.length ? hide.join(",") : null, view };
}
