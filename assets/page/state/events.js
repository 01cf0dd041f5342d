// What happens on the page, told to whoever asked to hear of it. The list below is all there is: a name
// that is not in it is an error.

/** @import { Lesson, Part, Trace } from "../core/types.js" */
/** @import { Step } from "./store.js" */

/**
 * @typedef {object} Events
 * @property {[]} language another language, or the first
 * @property {[lesson: Lesson, again?: boolean]} opened another lesson or address; again: the same one from its start
 * @property {[focus?: string]} shape the table has another shape; the test id that gets the focus
 * @property {[trace: Trace]} computed the numbers have changed
 * @property {[trace: Trace]} frame the same, told once with the next frame of the screen
 * @property {[]} renamed a row or a column has another name
 * @property {[]} edited a hand has changed a number
 * @property {[]} moved so it has, elsewhere than on the table: its controls have to follow
 * @property {[]} looked another view of the stage, or other axes
 * @property {[on: boolean]} running training goes on by itself, or rests
 * @property {[]} history more or fewer steps can be undone or redone
 * @property {[]} pinned other weights and another output are kept to compare with, or none
 * @property {[]} reshaping the table is about to have another shape
 * @property {[]} demonstrated so it is, and by the page itself
 * @property {[]} aimed what training is to reach, or how, is another
 * @property {[]} trained training has moved numbers
 * @property {[row: number]} selected another row's formula is open
 * @property {[]} classroom what the class is asked (state.asksClass), or how far that is, is another
 * @property {[choice: number]} answered an answer for the class
 * @property {[]} progress more or less of the course is done
 * @property {[hidden: boolean]} result the number that the lesson asks for (state.asked) is hidden, or no more
 * @property {[share: number | null]} guess the reader draws a share (state.guess), by slider or on the stage
 * @property {[]} solved the reader has done the challenge
 * @property {[open: boolean]} summary the end of the course is in sight, or no more
 * @property {[step: Step]} step another step of the lesson is in sight
 * @property {[done: boolean]} challenge the challenge is done, or no more
 * @property {[tab: string]} tab a tab is in sight, or what it shows is another
 * @property {[view: string | null]} view the projector's view, or the usual one
 * @property {[]} notices the page has something else to say
 * @property {[code: string]} awaited the lesson of an address is on its way: until another is opened nothing shows; in which language to say so
 * @property {[address: string]} address the hand rests, and the address has followed
 * @property {[place: "lesson" | "story"]} read the reader is to see the lesson or its story from the top
 * @property {[on: boolean]} lanes the gradients under the sliders have a place, or none
 * @property {[shares: number[] | null]} targets where the weights should be
 * @property {[gradients: Partial<Record<Part, any>>, largest: Partial<Record<Part, number>>, turns: Part[]]} gradients
 */

/** @typedef {{ [Name in keyof Events]: ((...values: Events[Name]) => void)[] }} Listeners */
/** @type {Listeners} */
const listeners = {
  ...{ language: [], opened: [], shape: [], computed: [], frame: [], renamed: [], edited: [] },
  ...{ moved: [], looked: [], running: [], history: [], pinned: [] },
  ...{ guess: [], step: [], solved: [], summary: [] },
  ...{ reshaping: [], demonstrated: [], trained: [], selected: [], progress: [], result: [] },
  ...{ challenge: [], tab: [], view: [], notices: [], address: [], read: [] },
  ...{ awaited: [], classroom: [], answered: [] },
  ...{ lanes: [], targets: [], gradients: [], aimed: [] },
};

/** @type {<Name extends keyof Events>(name: Name, listener: (...values: Events[Name]) => void) => void} */
export function on(name, listener) {
  listenersTo(name).push(listener);
}

/** The same for several events: listen({ opened(lesson) {}, language() {} }).
 * @type {(listeners: { [Name in keyof Events]?: (...values: Events[Name]) => void }) => void} */
export function listen(listeners) {
  for (const [name, listener] of Object.entries(listeners))
    on(/** @type {keyof Events} */ (name), /** @type {any} */ (listener));
}

/** @type {<Name extends keyof Events>(name: Name, ...values: Events[Name]) => void} */
export function emit(name, ...values) {
  for (const listener of listenersTo(name)) listener(...values);
}

/** Build a part of the page that comes late: what it would have heard first, the language, it hears now.
 * @type {<Built>(build: () => Built) => Built} */
export function buildLate(build) {
  const heard = listeners.language.length;
  const built = build();
  for (const listener of listeners.language.slice(heard)) listener();
  return built;
}

/** @type {<Name extends keyof Events>(name: Name) => Listeners[Name]} */
function listenersTo(name) {
  if (Object.hasOwn(listeners, name)) return listeners[name];
  throw new Error(`an event must be one of ${Object.keys(listeners).join(", ")}; got ${name}`);
}
