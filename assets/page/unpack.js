// Opens a page in one file: its data, its style and its program stand in it packed, so that all of it
// is small enough for a mail.

(async () => {
  /** @type {(id: string) => Promise<string>} */
  const unpacked = async (id) => {
    const packed = atob(document.getElementById(id)?.textContent ?? "");
    const bytes = new Blob([Uint8Array.from(packed, (char) => char.charCodeAt(0))]);
    return new Response(bytes.stream().pipeThrough(new DecompressionStream("gzip"))).text();
  };
  const tags = { given: "script", style: "style", script: "script" };
  for (const [id, tag] of Object.entries(tags)) {
    const node = document.createElement(tag);
    if (node instanceof HTMLScriptElement && id === "given") node.type = "application/json"; // which no browser executes
    node.id = id;
    node.textContent = await unpacked(`packed-${id}`);
    document.head.append(node);
  }
})();
