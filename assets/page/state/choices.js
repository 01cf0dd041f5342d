// What is chosen in the tabs of variations and of trainings.

import { emit } from "./events.js";
import { settle } from "./settle.js";
import { state } from "./store.js";
import { OPTION_KEYS } from "./training-options.js";

/** @type {(choices: Partial<import("./store.js").GalleryChoices>) => void} */
export function chooseInGallery(choices) {
  Object.assign(state.gallery, choices);
  emit("tab", state.tab);
  settle();
}

/** @type {(choices: Partial<import("./store.js").TrainingChoices>) => void} */
export function chooseTraining(choices) {
  Object.assign(state.training, choices);
  emit("tab", state.tab);
  settle();
}

/** The same for another task, whose options are its own.
 * @type {(task: string | null) => void} */
export function chooseTask(task) {
  chooseTraining({ ...Object.fromEntries(OPTION_KEYS.map((key) => [key, null])), task });
}
