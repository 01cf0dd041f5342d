// Under the question of a class: whether one's answer has arrived, and what the class has answered.

import { choicesOf, predictedAnswer, predictedNumbers } from "../core/prediction.js";
import { listen } from "../state/events.js";
import { currentLesson, startScene } from "../state/lessons.js";
import { classAsked } from "../state/question.js";
import { lang, text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";
import { answersPicture } from "./answers.js";
import { classHere } from "./session.js";
import { followTelling } from "./telling.js";

/** @import { ClassQuestion } from "../state/store.js" */

/** @type {() => HTMLElement} */
export function classQuestion() {
  const said = make("p", { class: "class-said", role: "status", "data-testid": "class-standing" });
  const picture = answersPicture();
  const node = make("div", { class: "class-question" }, said, picture.node);
  function update() {
    const asked = classAsked();
    node.hidden = !asked;
    if (!asked) return;
    node.dataset.standing = asked.standing;
    node.dataset.arrived = String(asked.mine !== null && asked.arrived);
    showText(said, sayStanding(asked));
    picture.node.hidden = asked.standing === "open";
    picture.node.dataset.shown = String(asked.standing !== "open");
    if (asked.standing !== "open") picture.update(pictured(asked));
  }
  followTelling();
  listen({ classroom: update, language: update });
  return node;
}

/** @type {(asked: ClassQuestion) => string} */
function sayStanding({ standing, isTeacher, mine, arrived }) {
  const { room, lost = 0 } = classHere() ?? {};
  const round = room?.ask?.round === 2 ? `${text("class_second")} ` : "";
  if (isTeacher) {
    if (standing !== "open") return "";
    return round + text("class_so_far", { answered: room?.answered, joined: room?.joined });
  }
  if (standing === "shown") return text("class_shown");
  if (standing === "told") return mine === null ? text("class_not_answered") : "";
  if (mine === null) return round + text(lost ? "class_lost" : "class_choose");
  if (!arrived) return text(lost ? "class_answer_waits" : "class_sending");
  return `✓ ${text("class_arrived")}`;
}

/** @type {(asked: ClassQuestion) => Parameters<ReturnType<typeof answersPicture>["update"]>[0]} */
function pictured({ standing, rounds, mine }) {
  const lesson = currentLesson();
  const predict = /** @type {import("../core/types.js").Prediction} */ (lesson.predict);
  const isTold = standing === "told";
  if (predict.draw) {
    const truth = 100 * predictedNumbers(predict, startScene())[0];
    return { labels: null, rounds, truth: isTold ? truth : null, mine };
  }
  const labels = choicesOf(lesson).map((label) => label[lang()]);
  const truth = predictedAnswer(predict, startScene());
  const areRows = !predict.choices.length;
  return { labels, areRows, rounds, truth: isTold ? truth : null, mine };
}
