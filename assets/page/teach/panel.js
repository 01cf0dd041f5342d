// The tab for teachers: what one gives to a class, a card each. A card is built as any part of the
// page is (playground.js), and hears of some of the same things.

import { make } from "../ui/dom.js";
import { embedCard } from "./embed.js";
import { handoutCard } from "./handout.js";
import { hideCard } from "./hide.js";
import { lessonCard } from "./lesson.js";
import { worksheetCard } from "./worksheet.js";
import "./teach.css";

const TEACHING = [hideCard, handoutCard, worksheetCard, lessonCard, embedCard];
const CARD_HOOKS = ["words", "opened", "shown"];

export function teachPanel(page) {
  const cards = TEACHING.map((build) => build(page));
  const tell =
    (hook) =>
    (...values) => {
      for (const card of cards) card[hook]?.(...values);
    };
  return {
    node: make("div", { class: "teaching" }, ...cards.map(({ node }) => node)),
    ...Object.fromEntries(CARD_HOOKS.map((hook) => [hook, tell(hook)])),
  };
}
