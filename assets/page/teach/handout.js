// A card for teachers: the lesson on the table as one file, for a class without a network.

import { make } from "../ui/dom.js";
import { fileCard } from "./file-card.js";

/** @type {() => HTMLElement} */
export function handoutCard() {
  const card = fileCard("handout");
  const save = card.lessonButton("handout-save", () => card.save("make_handout"));
  card.node.append(make("div", { class: "group" }, save), card.said);
  return card.node;
}
