// Opens a page in one file: its style and its program stand in it packed, letter by letter as they
// are served, so that all of it is small enough for a mail.

(async () => {
  const unpacked = async (id) => {
    const packed = atob(document.getElementById(id).textContent);
    const bytes = new Blob([Uint8Array.from(packed, (char) => char.charCodeAt(0))]);
    return new Response(bytes.stream().pipeThrough(new DecompressionStream("gzip"))).text();
  };
  for (const tag of ["style", "script"]) {
    const node = document.createElement(tag);
    node.textContent = await unpacked(`packed-${tag}`);
    document.head.append(node);
  }
})();
