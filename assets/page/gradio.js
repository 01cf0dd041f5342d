// Inside Gradio: `element` and `server` are what gr.HTML hands to its script, GIVEN is what
// attention/ui/playground.py knows; attention/ui/page_script.py puts all three around it.

import { openPlayground } from "./playground.js";
import { classBar } from "./classroom/bar.js";
import { classCard } from "./classroom/card.js";
import { joinButton } from "./classroom/join.js";
import { classQuestion } from "./classroom/question.js";
import { followClass } from "./classroom/session.js";
import { gradientDescent } from "./descent/descent.js";
import { lateTab } from "./late-tab.js";
import { puzzlePlace } from "./puzzle-place.js";
import { readingLine, taskReadingLine } from "./reading/line.js";
import { on } from "./state/events.js";
import { tellOuterPage } from "./state/outer-page.js";
import { bringLessonsBy } from "./state/own.js";
import { bringOwnLesson } from "./state/own-lessons.js";
import { connect } from "./state/server.js";
import { agreementPanel } from "./table/agreement.js";
import { takeawayPanel } from "./table/takeaway.js";
import { acceptLessonFiles } from "./teach/lesson-files.js";
import { sharePanel } from "./teach/share.js";

connect(server);
bringLessonsBy(bringOwnLesson);
on("address", tellOuterPage);
followClass();
const descent = gradientDescent();
openPlayground(/** @type {HTMLElement} */ (element.querySelector(".playground")), GIVEN, {
  actions: [sharePanel],
  aboveLesson: [classBar],
  atStart: [joinButton],
  underQuestion: [classQuestion],
  underLesson: [puzzlePlace(async () => (await import("./puzzles/panel.js")).puzzlePanel)],
  underStage: [descent.strip],
  underTable: [descent.panel],
  underFormula: [agreementPanel, takeawayPanel, readingLine],
  // What only a tab needs comes when it is opened.
  tabs: {
    variations: lateTab(async () => [(await import("./variations/panel.js")).variationsPanel]),
    learn: lateTab(async () => [(await import("./learn/panel.js")).learnPanel, taskReadingLine]),
    reading: lateTab(async () => [(await import("./reading/panel.js")).readingPanel]),
    teach: lateTab(async () => {
      const { teachPanel } = await import("./teach/panel.js");
      return [() => teachPanel(classCard())];
    }),
  },
});
acceptLessonFiles();
