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

/** @type {() => HTMLElement} */
export function teachPanel() {
  return make("div", { class: "teaching" }, ...CARDS.map((build) => build()));
}
