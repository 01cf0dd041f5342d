// The task as one file, which answers where there is no server.

import { ask } from "../state/server.js";
import { lang, text } from "../state/texts.js";
import { optionsOf } from "../state/training-options.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { saveFile } from "../ui/files.js";
import { problemInLearn } from "./learn-texts.js";

/** @import { Message } from "../core/types.js" */
/** @import { Task } from "./types.js" */

/** show(canSave): whether there is a recording
 * @type {(task: Task) => { node: HTMLElement, show: (canSave: boolean) => void }} */
export function taskFilePanel(task) {
  const button = makeButton("learn-save", save, "pill");
  const about = make("p", { class: "note" });
  const said = make("p", { class: "note", role: "status", "data-testid": "learn-save-said" });
  /** @type {Message | null} */
  let told = null;

  async function save() {
    button.disabled = true;
    say(null);
    const request = { task: task.name, options: optionsOf(task, lang()), lang: lang() };
    const answer = await ask("make_task_file", request);
    button.disabled = false;
    if (answer.error) return say(answer.error);
    saveFile(answer);
    say({ key: "handout_saved", values: { file: answer.name } });
  }

  /** @type {(message: Message | null) => void} */
  function say(message) {
    told = message;
    showText(said, told ? problemInLearn(told) : "");
  }

  const node = make("section", { class: "panel task-file" }, button, about, said);
  return {
    node,
    show(canSave) {
      node.hidden = !canSave;
      showText(button, text("learn_save"));
      showText(about, text("learn_save_about"));
      say(told);
    },
  };
}
