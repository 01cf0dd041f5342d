// A card for teachers: the lesson on the table on paper, with other numbers for every student.

import { given } from "../state/given.js";
import { make } from "../ui/dom.js";
import { addressOf } from "../ui/files.js";
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
  const open = card.lessonButton("worksheet-open", async () => {
    const tab = window.open("", "_blank"); // with the click: once it has to wait, WebKit opens none
    if (!tab) return card.save("make_worksheet", wanted(), "worksheet_no_tab");
    const file = await card.request("make_worksheet", wanted());
    if (file) tab.location.href = addressOf(file);
    else tab.close();
  });
  const save = card.lessonButton("worksheet-save", () => card.save("make_worksheet", wanted()));
  const numbers = [number("count", variants), number("seed", seeds)];
  card.node.append(
    make("div", { class: "controls" }, ...numbers, unvaried),
    card.worded(make("p", { class: "note" }), "worksheet_same"),
    make("div", { class: "group" }, open, save),
    card.said,
  );
  return card.node;
}
