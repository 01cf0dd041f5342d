// Gradio's page is made of JavaScript modules, and of grammar that Safari knows since 16.4. Where they are
// blocked, do not arrive or are not understood, the course in one file plays instead; it needs neither.

(() => {
  const PATIENCE = 30_000; // milliseconds after all that the page names has been loaded
  const isReady = () => document.querySelector("[data-ready]");
  const leave = () => location.replace(`play${location.hash}`);
  /** @type {(node: unknown) => boolean} */
  const isModule = (node) => node instanceof HTMLScriptElement && node.type === "module";
  try {
    if (!("noModule" in HTMLScriptElement.prototype)) return leave();
    new RegExp("(?<=a)b"); // stands in Gradio's
  } catch {
    return leave();
  }
  addEventListener(
    "error",
    (event) => {
      const isForeign = event instanceof ErrorEvent && event.error instanceof SyntaxError;
      if (isModule(event.target) || (isForeign && !isReady())) leave();
    },
    true,
  );
  addEventListener("load", () => setTimeout(() => isReady() || leave(), PATIENCE));
})();
