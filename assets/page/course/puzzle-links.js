// From the last lesson of a level, and from the end of the course, to the puzzles that go with it.

import { listen } from "../state/events.js";
import { given } from "../state/given.js";
import { currentLesson } from "../state/lessons.js";
import { choosePuzzle } from "../state/navigation.js";
import { progress } from "../state/progress.js";
import { puzzleLesson, puzzlesAfter } from "../state/puzzles.js";
import { state } from "../state/store.js";
import { text } from "../state/texts.js";
import { make, makeButton, showText } from "../ui/dom.js";

/** levels(): those whose puzzles are meant; testid: how its buttons begin
 * @type {(testid: string, levels: () => number[]) => { node: HTMLElement, tell: () => void }} */
export function puzzleLinks(testid, levels) {
  const caption = make("span", { class: "note" });
  const node = make("p", { class: "doors" }, caption);
  function tell() {
    const names = levels().flatMap(puzzlesAfter);
    const { done } = progress.read();
    const links = names.map((name) => {
      const mark = done.has(puzzleLesson(name)) ? "✓ " : "";
      const said = mark + text(`puzzle_${name}_title`);
      return makeButton(`${testid}-${name}`, () => choosePuzzle(name), "pill", said);
    });
    node.hidden = !links.length;
    showText(caption, text("course_puzzles"));
    node.replaceChildren(caption, ...links);
  }
  listen({ progress: tell });
  return { node, tell };
}

/** -> the level that the present lesson is the last of, if it is
 * @type {() => number[]} */
export function levelEndedHere() {
  const { level, own } = currentLesson();
  const ofLevel = [...given.lessons].filter(
    ([, lesson]) => lesson.level === level && !lesson.own && !lesson.puzzle,
  );
  return !own && ofLevel.at(-1)?.[0] === state.lesson ? [level] : [];
}
