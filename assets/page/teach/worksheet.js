// A card for teachers: the lesson on the table on paper, with other numbers for every student.

import { given } from "../state/given.js";
import { make } from "../ui/dom.js";
import { bytesOf, saveFile } from "../ui/files.js";
import { wholeNumberField } from "../ui/whole-number.js";
import { fileCard } from "./file-card.js";

const FIRST_COUNT = 10;
const FIRST_SEED = 1;

/** @type {() => HTMLElement} */
export function worksheetCard() {
  const card = fileCard("worksheet");
  const { variants, seed: seeds } = given.rules.worksheet;
  const chosen = { count: FIRST_COUNT, seed: FIRST_SEED };
  /** @type {(name: keyof typeof chosen, limits: [number, number]) => HTMLElement} */
  const number = (name, limits) => {
    const field = wholeNumberField({
      testid: `worksheet-${name}`,
      key: name,
      limits,
      read: () => chosen[name],
      write: (value) => {
        chosen[name] = value;
        field.value = String(value);
      },
    });
    field.value = String(chosen[name]);
    const caption = card.worded(make("span", { class: "caption" }), `worksheet_${name}`);
    return make("label", { class: "field" }, caption, field);
  };
  const zero = make("input", { type: "checkbox", "data-testid": "worksheet-zero" });
  const unvaried = make("label", {}, zero, card.worded(make("span"), "worksheet_zero"));
  const wanted = () => ({ ...chosen, unvaried: zero.checked });
  const open = card.button("worksheet-open", async () => {
    const file = await card.request("make_worksheet", wanted());
    if (file && !openFile(file)) saveFile(file); // no new tabs here
  });
  const save = card.button("worksheet-save", () => card.save("make_worksheet", wanted()));
  const numbers = [number("count", variants), number("seed", seeds)];
  card.node.append(
    make("div", { class: "controls" }, ...numbers, unvaried),
    card.worded(make("p", { class: "note" }), "worksheet_same"),
    make("div", { class: "group" }, open, save),
    card.said,
  );
  return card.node;
}

/** -> the new tab, or null where the browser opens none
 * @type {(file: any) => Window | null} */
function openFile(file) {
  const address = URL.createObjectURL(new Blob([bytesOf(file)], { type: file.type }));
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return window.open(address, "_blank");
}
