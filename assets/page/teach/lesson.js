// A teacher's own lesson: the table as a lesson's file, and such a file as a lesson on this page.

import { emit } from "../state/events.js";
import { given } from "../state/given.js";
import { addLesson, isAsOpened } from "../state/lessons.js";
import { chooseLesson, hides, showTab } from "../state/navigation.js";
import { dropNotices, notify } from "../state/notices.js";
import { ask } from "../state/server.js";
import { lang, text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";
import { saveFile } from "../ui/files.js";
import { fileCard } from "./handout.js";

const OWN_LESSONS_KEY = "attention-own-lessons"; // what this tab keeps, for when it is loaded again
const ABOUT_FILES = "lesson-files";

export function lessonCard() {
  const card = fileCard("own");
  const opener = lessonOpener();
  const fields = ["title", "story", "challenge"].map((name) => wordsField(card, name));
  const save = card.button("own-save", async () => {
    const typed = Object.fromEntries(fields.map(({ name, input }) => [name, input.value]));
    const file = await card.request("save_lesson", typed);
    if (!file) return;
    saveFile(file);
    card.say(keepsGoals(typed) ? "own_saved_kept" : "handout_saved", { file: file.name });
  });
  const picker = make("input", {
    type: "file",
    accept: ".toml,.txt",
    hidden: true,
    "data-testid": "own-file",
    onchange: () => {
      opener.open([...picker.files]);
      picker.value = "";
    },
  });
  const open = card.button("own-open", () => picker.click());
  card.node.append(
    ...fields.map(({ node }) => node),
    card.worded(make("p", { class: "note" }), "own_bold"),
    make("div", { class: "group" }, save, open, picker),
    card.said,
  );
  card.said.classList.add("lines");
  dropTarget(opener);
  opener.reopen();
  return card.node;
}

// An unchanged table keeps its lesson's file in full: new words alone would stand beside the old goals.
function keepsGoals(typed) {
  return isAsOpened() && Object.values(typed).some((words) => words.trim());
}

function wordsField(card, name) {
  const caption = card.worded(make("span", { class: "caption" }), `own_field_${name}`);
  const input = make(name === "title" ? "input" : "textarea", {
    "data-testid": `own-${name}`,
    maxlength: given.rules.lesson.words,
    dir: "auto",
    rows: name === "story" ? "4" : name === "challenge" ? "2" : null,
  });
  return { name, input, node: make("label", { class: "own-field" }, caption, input) };
}

// What makes lessons of files. Each file's notice stands until the next files come; what is wrong
// with one leaves the table as it is.
function lessonOpener() {
  const { largest } = given.rules.lesson;

  // -> its text; or an error, as the server gives one
  async function read(file) {
    const { name, size } = file;
    if (size > largest) return wrong("own_large", { name, most: largest, came: size });
    try {
      return {
        source: new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer()),
      };
    } catch {
      return wrong("rule_utf");
    }
  }

  // -> the lesson's name here, or an error
  async function add(source) {
    const { lesson, error } = await ask("open_lesson", { source });
    return error ? { error } : { lesson: addLesson({ ...lesson, source }) };
  }

  async function take(file) {
    const { source, error } = await read(file);
    if (error) return { error };
    const added = await add(source);
    if (added.lesson) keepOwnLesson({ name: file.name, source });
    return added;
  }

  async function open(files) {
    const taken = [];
    for (const file of files) taken.push({ name: file.name, ...(await take(file)) });
    const last = taken.findLast(({ lesson }) => lesson);
    if (last) show(last.lesson);
    dropNotices(ABOUT_FILES);
    taken.forEach(tell);
    if (!last)
      document.querySelector('[data-testid="notices"]').scrollIntoView({ block: "center" });
  }

  function show(lesson) {
    showTab("play");
    chooseLesson(lesson);
    emit("read", "lesson");
  }

  function tell({ name, lesson, error }) {
    if (error) return refuse(name, error);
    const { title } = given.lessons.get(lesson);
    notify("own_opened", { title: title[lang()] }, { kind: "done", about: ABOUT_FILES });
  }

  function refuse(name, error) {
    const isRule = error.key.startsWith("rule_");
    const [key, values] = isRule
      ? ["own_broken", { name, faults: error }]
      : [error.key, error.values];
    notify(key, values, { about: ABOUT_FILES });
  }

  return {
    open,
    async reopen() {
      for (const { name, source } of keptOwnLessons()) {
        const { error } = await add(source);
        if (error) refuse(name, error);
      }
    },
  };
}

function wrong(key, values = {}) {
  return { error: { key, values } };
}

// -> { name, source } of each file; a frame may be allowed to keep nothing: then they go with it
function keptOwnLessons() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(OWN_LESSONS_KEY));
    return kept.filter(({ source }) => typeof source === "string");
  } catch {
    return [];
  }
}

function keepOwnLesson(file) {
  const others = keptOwnLessons().filter(({ source }) => source !== file.source);
  try {
    sessionStorage.setItem(OWN_LESSONS_KEY, JSON.stringify([...others, file]));
  } catch {
    // Kept while the page is open.
  }
}

// The whole page takes a lesson's file, and tells of any other what is wrong with it: to open it, the
// browser would leave the page and all that stands on it.
function dropTarget(opener) {
  const label = make("strong");
  const node = make(
    "div",
    { class: "drop-target", "data-testid": "own-drop", hidden: true },
    label,
  );
  const isFile = (event) =>
    event.dataTransfer?.types.includes("Files") && !event.target.closest?.('input[type="file"]');
  const isShut = () => hides("teach"); // as is the card that opens files
  const show = (visible) => {
    showText(label, text("own_drop"));
    if (!node.isConnected) document.querySelector(".playground").append(node);
    node.hidden = !visible;
  };
  addEventListener("dragover", (event) => {
    if (!isFile(event)) return;
    event.preventDefault(); // or else nothing could be dropped
    if (isShut()) event.dataTransfer.dropEffect = "none";
    else if (node.hidden) show(true);
  });
  addEventListener("dragleave", (event) => event.relatedTarget === null && show(false));
  addEventListener("drop", (event) => {
    show(false);
    if (!isFile(event)) return;
    event.preventDefault();
    const files = [...event.dataTransfer.files];
    if (files.length && !isShut()) opener.open(files);
  });
}
