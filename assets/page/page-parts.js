// The parts of the page, and where they stand. A part is what openPlayground (playground.js) says.

import { courseBar } from "./course/course-bar.js";
import { predictStrip } from "./course/predict.js";
import { storyPanel } from "./course/story.js";
import { growingLine } from "./table/grow.js";
import { summaryLine } from "./table/summary.js";
import { projectorSwitch } from "./teach/projector.js";
import { tabPanel } from "./ui/header.js";

// around: underTable, underFormula, tabs and actions, as openPlayground is given them
// places: { toolbar, table, formula, strip }: nodes for what is built anew with each table
// -> panels: by tab, as Map; actions: nodes for the head; leave: the way out of the projector's view;
// tell(hook, ...values): to all parts; show(tab): to those in sight, and to the others
export function pageParts(
  page,
  { underTable = [], underFormula = [], tabs = {}, actions = [] },
  places,
) {
  const built = (builds, tab) => builds.map((build) => ({ ...build(page), tab }));
  const nodesOf = (some) => some.map(({ node }) => node);
  const aboveTable = [predictStrip, courseBar, storyPanel]; // the first says what the last may show
  const [telling, [growing], descending, taking] = [
    aboveTable,
    [growingLine],
    underTable,
    [...underFormula, summaryLine],
  ].map((builds) => built(builds, "play"));
  const [predict, course, story] = telling;
  const play = tabPanel(
    "play",
    course.node,
    story.node,
    predict.node,
    places.toolbar,
    places.table,
    growing.node,
    ...nodesOf(descending),
    places.formula,
    ...nodesOf(taking),
    places.strip,
  );
  const more = Object.entries(tabs).map(([tab, builds]) => [tab, built(builds, tab)]);
  const inTabs = [
    ...telling,
    growing,
    ...descending,
    ...taking,
    ...more.flatMap(([, some]) => some),
  ];
  const acting = built(actions, null);
  const projector = projectorSwitch(page);
  const parts = [...inTabs, ...acting, projector];
  return {
    panels: new Map([
      ["play", play],
      ...more.map(([tab, inTab]) => [tab, tabPanel(tab, ...nodesOf(inTab))]),
    ]),
    actions: [...nodesOf(acting), projector.enter],
    leave: projector.leave,
    tell(hook, ...values) {
      for (const part of parts) part[hook]?.(...values);
    },
    // What asks the server does so when it is in sight.
    show(tab) {
      for (const part of parts) part[part.tab === tab ? "shown" : "left"]?.();
    },
  };
}
