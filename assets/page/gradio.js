// Inside Gradio: `element`, `props`, `server` and `watch` are what gr.HTML hands to its script, GIVEN is
// what attention/ui/playground.py has written before it.

import { openPlayground } from "./playground.js";
import "./ui/panels.css";
import { descentPanel } from "./descent/panel.js";
import { learnPanel } from "./learn/panel.js";
import { readingLine, readingPanel } from "./reading/panel.js";
import { tellOuterPage } from "./state/outer-page.js";
import { agreementPanel } from "./table/agreement.js";
import { takeawayPanel } from "./table/takeaway.js";
import { teachPanel } from "./teach/panel.js";
import { sharePanel } from "./teach/share.js";
import { variationsPanel } from "./variations/panel.js";

let own = null; // the scene that this page itself has reported last
const report = (scene) => {
  own = JSON.stringify(scene);
  props.value = scene;
};
const playground = openPlayground(element.querySelector(".playground"), GIVEN, {
  server,
  onscene: report,
  onaddress: tellOuterPage,
  actions: [sharePanel],
  underTable: [descentPanel],
  underFormula: [agreementPanel, takeawayPanel, readingLine],
  tabs: {
    variations: [variationsPanel],
    learn: [learnPanel],
    reading: [readingPanel],
    teach: [teachPanel],
  },
});
watch("value", () => {
  if (props.value && JSON.stringify(props.value) !== own) playground.show(props.value);
});
