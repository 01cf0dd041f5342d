// Inside Gradio: `element`, `props`, `server` and `watch` are what gr.HTML hands to its script, GIVEN is
// what attention/ui/playground.py has written before it.

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
