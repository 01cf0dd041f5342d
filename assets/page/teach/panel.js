// The tab for teachers: what one gives to a class, a card each.

import { make } from "../ui/dom.js";
import { embedCard } from "./embed.js";
import { handoutCard } from "./handout.js";
import { hideCard } from "./hide.js";
import { lessonCard } from "./lesson.js";
import { scormCard } from "./scorm.js";
import { worksheetCard } from "./worksheet.js";
import "./teach.css";

const CARDS = [hideCard, handoutCard, scormCard, worksheetCard, lessonCard, embedCard];

/** first: what stands above
 * @type {(first: HTMLElement) => HTMLElement} */
export function teachPanel(first) {
  return make("div", { class: "teaching" }, first, ...CARDS.map((build) => build()));
}
