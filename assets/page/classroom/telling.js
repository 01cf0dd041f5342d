// When the teacher tells what is true, the table shows it: the teacher's always, a student's as if the
// question had been answered alone. So the answer is kept, too.

import { withChange } from "../core/prediction.js";
import { demonstrate } from "../state/editing.js";
import { emit, on } from "../state/events.js";
import { currentLesson, isAsOpened, sceneOf, startScene } from "../state/lessons.js";
import { progress } from "../state/progress.js";
import { classAsked } from "../state/question.js";
import { state } from "../state/store.js";

export function followTelling() {
  let open = ""; // what is asked and not yet told
  on("classroom", () => {
    const asked = classAsked();
    const name = asked ? `${asked.lesson} ${asked.number}` : "";
    const isNews = asked?.standing === "told" && open === name;
    open = asked?.standing === "told" ? "" : name;
    if (!asked || !isNews) return;
    if (asked.isTeacher || (currentLesson().predict?.draw && isAsOpened())) showTruth();
    if (asked.isTeacher || asked.mine === null) return;
    progress.predicted(state.lesson, asked.mine);
    emit("progress");
  });
}

/** The table as the question has it, with what it changes.
 * @type {() => void} */
function showTruth() {
  const { change } = currentLesson().predict ?? { change: {} };
  const isChanged = Object.keys(change).length > 0;
  demonstrate(() =>
    Object.assign(state.scene, isChanged ? withChange(startScene(), change) : sceneOf()),
  );
}
