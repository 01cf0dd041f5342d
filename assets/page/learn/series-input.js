// A series of one's own: pasted or typed, a number a line, or a file dropped or chosen.

import { text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";
import { taskText } from "./learn-texts.js";

/** @import { Input, OnInput } from "./own.js" */
/** @import { Task } from "./types.js" */

const MOST_BYTES = 100_000; // as many characters as core/models/reading/series.js takes

/** @type {(task: Task, on: OnInput) => Input} */
export function seriesInput(task, { send, say }) {
  const field = make("textarea", {
    ...{ class: "series-field takes-files", rows: 4, spellcheck: "false", autocomplete: "off" },
    ...{ dir: "ltr", translate: "no", "data-testid": "learn-own" },
    oninput: () => answer(),
    ondragover: (event) => event.preventDefault(), // or else nothing could be dropped
    ondrop: (event) => {
      const file = event.dataTransfer?.files[0];
      if (!file) return;
      event.preventDefault();
      take(file);
    },
  });
  const file = make("input", {
    ...{ type: "file", accept: ".csv,.tsv,.txt,text/*", class: "unseen" },
    "data-testid": "learn-file",
    onchange: async () => {
      if (file.files?.length) await take(file.files[0]);
      file.value = ""; // the same file can be chosen again
    },
  });
  const caption = make("span");
  function answer() {
    send(field.value.trim() ? { text: field.value } : null);
  }

  /** @type {(chosen: File) => Promise<void>} */
  async function take(chosen) {
    if (chosen.size > MOST_BYTES) return void say("learn_series_large");
    field.value = await chosen.text();
    answer();
  }

  const choose = make("label", { class: "pill" }, file, caption);
  const buttons = make("div", { class: "group" }, choose);
  return {
    node: make("div", { class: "series-input" }, field, buttons),
    update() {
      field.setAttribute("aria-label", taskText(task.name, "own"));
      field.placeholder = taskText(task.name, "try");
      showText(caption, text("learn_series_file"));
    },
    leave() {},
  };
}
