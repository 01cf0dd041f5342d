// In a Hugging Face Space the page stands in a frame, and what its readers see and share is the
// address of the outer page. That page takes the inner address from a message:
// huggingface.co/docs/hub/spaces-handle-url-parameters

const SPACES = "https://huggingface.co"; // receives; nothing is loaded from there

/** The address as one gives it to others. Only a Space is told, nobody else who has put the page into a
 * frame.
 * @type {(address: string) => void} */
export function tellOuterPage(address) {
  if (window.parent === window || outerOrigin() !== SPACES) return;
  const { hash, search } = new URL(address);
  window.parent.postMessage({ queryString: search.slice(1), hash }, SPACES);
}

/** -> the origin of the page around this one, or null where the browser keeps it secret
 * @type {() => string | null} */
function outerOrigin() {
  if (location.ancestorOrigins) return location.ancestorOrigins[0];
  return URL.canParse(document.referrer) ? new URL(document.referrer).origin : null;
}
