// A card for teachers: the lesson on the table on paper, with other numbers for every student.

import { given } from "../state/given.js";
import { make } from "../ui/dom.js";
import { bytesOf, saveFile } from "../ui/files.js";
import { wholeNumberField } from "../ui/whole-number.js";
import { fileCard } from "./handout.js";

const FIRST_COUNT = 10;
const FIRST_SEED = 1;

export function worksheetCard() {
  const card = fileCard("worksheet");
  const { variants, seed: seeds } = given.rules.worksheet;
  const chosen = { count: FIRST_COUNT, seed: FIRST_SEED };
  const number = (name, limits) => {
    const field = wholeNumberField({
      testid: `worksheet-${name}`,
      key: name,
      limits,
      read: () => chosen[name],
      write: (value) => {
        chosen[name] = field.value = value;
      },
    });
    field.value = chosen[name];
    const caption = card.worded(make("span", { class: "caption" }), `worksheet_${name}`);
    return make("label", { class: "field" }, caption, field);
  };
  const zero = make("input", { type: "checkbox", "data-testid": "worksheet-zero" });
  const asked = () => card.request("make_worksheet", { ...chosen, unvaried: zero.checked });
  const open = card.button("worksheet-open", async () => {
    const file = await asked();
    if (file && !openFile(file)) saveFile(file); // no new tabs here
  });
  const save = card.button("worksheet-save", async () => {
    const file = await asked();
    if (!file) return;
    saveFile(file);
    card.say("handout_saved", { file: file.name });
  });
  const same = card.worded(make("p", { class: "note" }), "worksheet_same");
  card.node.append(
    make(
      "div",
      { class: "controls" },
      number("count", variants),
      number("seed", seeds),
      make("label", {}, zero, card.worded(make("span"), "worksheet_zero")),
    ),
    same,
    make("div", { class: "group" }, open, save),
    card.said,
  );
  return card.node;
}

// -> the new tab, or null where the browser opens none
function openFile(file) {
  const address = URL.createObjectURL(new Blob([bytesOf(file)], { type: file.type }));
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return window.open(address, "_blank");
}
