// Gradio's page is made of JavaScript modules. Where they are blocked or do not arrive, the course in
// one file plays instead; it needs none.

(() => {
  const PATIENCE = 30_000; // milliseconds after all that the page names has been loaded
  const leave = () => location.replace(`play${location.hash}`);
  /** @type {(node: unknown) => boolean} */
  const isModule = (node) => node instanceof HTMLScriptElement && node.type === "module";
  if (!("noModule" in HTMLScriptElement.prototype)) return leave();
  addEventListener("error", ({ target }) => isModule(target) && leave(), true);
  addEventListener("load", () =>
    setTimeout(() => document.querySelector("[data-ready]") || leave(), PATIENCE),
  );
})();
