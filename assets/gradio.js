// Inside Gradio: `element`, `props` and `watch` are what gr.HTML hands to its script.

let own = null; // the scene that this page itself has reported last
const playground = openPlayground(element.querySelector(".playground"), props, (scene) => {
  own = JSON.stringify(scene);
  props.value = scene;
});
watch("value", () => {
  if (props.value && JSON.stringify(props.value) !== own) playground.show(props.value);
});
