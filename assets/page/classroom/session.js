// The class that this page is in. It asks how things stand, and sends what its reader does until that has
// arrived: one request at a time, in the order of what was done. Outside of a class nothing is asked.

import { emit, listen } from "../state/events.js";
import { given } from "../state/given.js";
import { currentLesson, isOfLesson } from "../state/lessons.js";
import { chooseLesson, showTab } from "../state/navigation.js";
import { dropNotices, notify } from "../state/notices.js";
import { addCheckedLesson } from "../state/own-lessons.js";
import { settle } from "../state/settle.js";
import { showStep, stepsHere } from "../state/steps.js";
import { state } from "../state/store.js";
import { text } from "../state/texts.js";
import { askClass } from "./asking.js";
import { forgetClass, secretHere, studentHere, teachHere } from "./keys.js";

/** @import { Message } from "../core/types.js" */
/** @import { ClassQuestion, ClassRound } from "../state/store.js" */

/** @typedef {{ version: number, lead: boolean, lesson: string | null, ask: { number: number, round: number, state: ClassQuestion["standing"] } | null, rounds: ClassRound[], mine?: [answer: number, number: number] | null, joined?: number, answered?: number }} Room as the server tells of it */
/** @typedef {{ act: string, isLast?: boolean, request: () => any, done?: (answer: any) => void }} Task isLast: a later one of that kind takes its place */
/** @typedef {{ ask: number, answer: number, number: number }} Answer number: of this student's answers */
/**
 * @typedef {object} ClassHere
 * @property {string} code
 * @property {string} [secret] of the teacher
 * @property {string} [student]
 * @property {Room | null} room
 * @property {string | null} lesson the one that the class is at, by its name on this page
 * @property {Answer | null} sending
 * @property {Task[]} tasks what has yet to arrive
 * @property {number} lost how often in a row nothing came back
 * @property {Message | null} problem why
 * @property {Map<string, string>} names of own lessons: the server's -> this page's
 * @property {string} followed which lesson and ask the page has gone to
 * @property {boolean} isAsking
 * @property {boolean} isNew opened just now, by this page
 * @property {ReturnType<typeof setTimeout>} [timer]
 */

const PAUSE_MS = { teacher: 1_000, student: 2_000 };
const JITTER_MS = 400; // thirty phones do not ask at the same moment
const HIDDEN = 8; // times as long, where nobody looks
const [FIRST_LOST_MS, LONGEST_LOST_MS] = [500, 4_000];
const ABOUT_CLASS = "class";

/** @type {ClassHere | null} */
let currentClass = null;

/** @type {() => ClassHere | null} */
export const classHere = () => currentClass;

/** Why nothing comes back; "": all is well.
 * @type {() => string} */
export function saidProblem() {
  const problem = currentClass?.problem;
  if (!problem) return "";
  return problem.key === "server_silent" ? text("class_lost") : text(problem.key, problem.values);
}

/** @type {() => boolean} */
export const isTeaching = () => currentClass?.secret !== undefined;

export function followClass() {
  listen({
    opened() {
      if (state.classCode !== (currentClass?.code ?? null)) enter(state.classCode);
      else if (isTeaching()) goToLesson();
    },
    answered: giveAnswer,
  });
  const askNow = () => currentClass && !document.hidden && exchange(currentClass);
  document.addEventListener("visibilitychange", askNow);
  addEventListener("online", askNow);
}

/** -> what is wrong, where no class could be opened
 * @type {() => Promise<Message | null>} */
export async function openClass() {
  const { answer, error } = await askClass("open", lessonHere() ?? {});
  if (error) return error;
  teachHere(answer.code, answer.secret);
  goToClass(answer.code, true);
  return null;
}

/** isNew: opened just now
 * @type {(code: string | null, isNew?: boolean) => void} */
export function goToClass(code, isNew = false) {
  state.classCode = code;
  showTab("play");
  enter(code, isNew);
  settle();
}

/** The teacher's page is another from here on.
 * @type {() => void} */
export function teachThisClass() {
  if (!currentClass) return;
  teachHere(currentClass.code);
  enter(currentClass.code);
}

/** @type {(code: string | null, isNew?: boolean) => void} */
function enter(code, isNew = false) {
  clearTimeout(currentClass?.timer);
  currentClass = null;
  dropNotices(ABOUT_CLASS);
  if (code) {
    const secret = secretHere(code);
    const student = secret ? undefined : studentHere(code);
    currentClass = {
      ...{ code, secret, student, room: null, lesson: null, sending: null, tasks: [] },
      ...{ lost: 0, problem: null, names: new Map(), followed: "", isAsking: false, isNew },
    };
    if (student) currentClass.tasks.push({ act: "join", request: () => ({ code, student }) });
    exchange(currentClass);
  }
  tell();
}

/** What the teacher does; it is sent until it has arrived.
 * @type {(act: "at" | "again" | "show" | "tell" | "lead", more: any) => void} */
export function steer(act, more) {
  if (!currentClass) return;
  const { code, secret } = currentClass;
  currentClass.tasks.push({ act: "steer", request: () => ({ code, secret, act, ...more }) });
  exchange(currentClass);
}

/** -> what is wrong, where it has not ended
 * @type {() => Promise<Message | null>} */
export async function endClass() {
  if (!currentClass) return null;
  const { code, secret } = currentClass;
  const { error } = await askClass("close", { code, secret });
  if (error && error.key !== "class_unknown") return error;
  forgetClass(code);
  goToClass(null);
  return null;
}

/** A puzzle is no lesson of a class: there is no question in it to answer together.
 * @type {() => { lesson?: string, source?: string } | null} */
function lessonHere() {
  if (state.home || !isOfLesson()) return null;
  const { source } = currentLesson();
  return source ? { source } : { lesson: state.lesson };
}

/** The class goes where the teacher's page is.
 * @type {() => void} */
function goToLesson() {
  const lesson = lessonHere();
  if (!currentClass?.room || !lesson || currentClass.lesson === state.lesson) return;
  const { names } = currentClass;
  const name = state.lesson;
  const { code, secret } = currentClass;
  addLast(currentClass, {
    act: "steer",
    request: () => ({ code, secret, act: "at", ...lesson }),
    done: ({ room }) => void names.set(room.lesson, name),
  });
  exchange(currentClass);
}

/** @type {(answer: number) => void} */
function giveAnswer(answer) {
  const here = currentClass;
  const ask = here?.room?.ask;
  if (!here || !ask || isTeaching()) return;
  const number = Math.max(here.sending?.number ?? 0, here.room?.mine?.[1] ?? 0) + 1;
  const { code, student } = here;
  const sending = { ask: ask.number, answer, number };
  here.sending = sending;
  addLast(here, {
    act: "answer",
    request: () => ({ code, student, ...sending }),
    done({ mine }) {
      if (here.room) here.room = { ...here.room, mine };
      if (here.sending === sending) here.sending = null;
    },
  });
  tell();
  exchange(here);
}

/** @type {(here: ClassHere, task: Task) => void} */
function addLast(here, task) {
  here.tasks = here.tasks.filter(({ act, isLast }) => !isLast || act !== task.act);
  here.tasks.push({ ...task, isLast: true });
}

/** Send what there is to send, or ask how things stand; then again after a while.
 * @type {(here: ClassHere) => Promise<void>} */
async function exchange(here) {
  clearTimeout(here.timer);
  if (here.isAsking) return;
  here.isAsking = true;
  do {
    const task = here.tasks[0] ?? lookTask(here);
    const { answer, error, isLost } = await askClass(task.act, task.request());
    if (here !== currentClass) return;
    here.lost = isLost ? here.lost + 1 : 0;
    here.problem = isLost ? (error ?? null) : null;
    if (isLost) break;
    here.tasks = here.tasks.filter((other) => other !== task);
    if (error) refuseTask(here, task, error);
    else {
      task.done?.(answer);
      if (answer.room) await take(here, answer.room);
    }
    if (here !== currentClass) return;
  } while (here.tasks.length);
  here.isAsking = false;
  tell();
  here.timer = setTimeout(exchange, pauseOf(here), here);
}

/** @type {(here: ClassHere) => Task} */
function lookTask({ code, secret, student, room }) {
  const known = student ? { student, version: room?.version ?? 0 } : { secret };
  return { act: "look", request: () => ({ code, ...known }) };
}

/** @type {(here: ClassHere) => number} */
function pauseOf({ secret, lost }) {
  if (lost) return Math.min(FIRST_LOST_MS * 2 ** lost, LONGEST_LOST_MS);
  const pause = PAUSE_MS[secret ? "teacher" : "student"] + JITTER_MS * Math.random();
  return document.hidden ? HIDDEN * pause : pause;
}

/** @type {(here: ClassHere, task: Task, error: Message) => void} */
function refuseTask(here, task, error) {
  if (task.act === "answer") here.sending = null;
  if (error.key === "class_closed") return; // the next look says what came meanwhile
  if (error.key === "class_unknown") {
    forgetClass(here.code);
    goToClass(null);
  }
  notify(error.key, error.values, { about: ABOUT_CLASS });
}

/** @type {(here: ClassHere, told: Room) => Promise<void>} */
async function take(here, told) {
  here.room = { .../** @type {Room} */ (here.room), ...told }; // unchanged, it is the version alone
  const { lead, lesson, ask } = here.room;
  here.lesson = await nameHere(here, lesson);
  if (here !== currentClass) return;
  state.asksClass = questionHere(here);
  const isHere = !state.home && state.lesson === here.lesson;
  if (isTeaching() && lessonHere() && !isHere) return goToLesson();
  if (isTeaching() && state.puzzle) return; // nor is one taken out of it
  const follows = `${here.lesson} ${ask?.number}`;
  if (!here.lesson || follows === here.followed || !(lead || isTeaching())) return;
  here.followed = follows;
  if (state.tab !== "play") showTab("play");
  if (!isHere) chooseLesson(here.lesson);
  if (stepsHere().includes("predict")) showStep("predict");
}

/** @type {(here: ClassHere) => ClassQuestion | null} */
function questionHere({ room, lesson, sending, secret }) {
  if (!room?.ask || !lesson) return null;
  const { number, state: standing } = room.ask;
  const sent = sending?.ask === number ? sending.answer : null;
  return {
    ...{ lesson, number, standing, isTeacher: secret !== undefined, rounds: room.rounds },
    ...{ mine: sent ?? room.mine?.[0] ?? null, arrived: sent === null },
  };
}

/** A lesson's name on this page; the teacher's own comes to a student's page now.
 * @type {(here: ClassHere, name: string | null) => Promise<string | null>} */
async function nameHere({ code, names }, name) {
  if (name === null || given.lessons.has(name)) return name;
  const known = names.get(name);
  if (known) return known;
  const { answer } = await askClass("lesson", { code });
  if (!answer) return null; // with the next look
  const own = await addCheckedLesson(answer.source, answer.lesson);
  names.set(answer.name, own);
  return answer.name === name ? own : null;
}

let lastTold = "";

/** Say what has changed, and nothing where nothing has.
 * @type {() => void} */
function tell() {
  state.asksClass = currentClass ? questionHere(currentClass) : null;
  const { code, room, problem } = currentClass ?? {};
  const now = JSON.stringify([state.asksClass, code, room, problem]);
  if (now === lastTold) return;
  lastTold = now;
  emit("classroom");
}
