// One colour and one form for each row, wherever it appears: a disc, a ribbon, a slider, a bar.

const COLOURS = 16; // base.css has them
// Around (0, 0), which is the middle of their height and width; as large as a disc with a radius of 1.
const FORMS = [
  "M-1 0a1 1 0 1 0 2 0a1 1 0 1 0 -2 0z", // disc
  "M-.9 -.9h1.8v1.8h-1.8z", // square
  "M0 -1L1.1 1H-1.1z", // triangle
  "M0 1L1.1 -1H-1.1z", // triangle on its tip
];

/** @type {(row: number) => string} */
export const rowColour = (row) => `var(--row-${row % COLOURS})`;

/** The style that gives a node and what is in it the row's colour, as `var(--row)`.
 * @type {(row: number) => string} */
export const rowStyle = (row) => `--row: ${rowColour(row)}`;

/** The path of the row's form, to be scaled.
 * @type {(row: number) => string} */
export const rowForm = (row) => FORMS[row % FORMS.length];
