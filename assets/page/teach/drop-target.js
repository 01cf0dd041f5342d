// The whole page takes a lesson's file, and tells of any other what is wrong with it: to open it, the
// browser would leave the page and all that stands on it.

import { hides } from "../state/navigation.js";
import { text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";

/** @type {(take: (files: File[]) => void) => void} */
export function dropTarget(take) {
  const label = make("strong");
  const attributes = { class: "drop-target", "data-testid": "own-drop", hidden: true };
  const node = make("div", attributes, label);
  const isShut = () => hides("teach"); // as is the card that opens files
  /** @type {(visible: boolean) => void} */
  const show = (visible) => {
    showText(label, text("own_drop"));
    if (!node.isConnected) document.querySelector(".playground")?.append(node);
    node.hidden = !visible;
  };
  addEventListener("dragover", (event) => {
    const dragged = draggedFiles(event);
    if (!dragged) return show(false);
    event.preventDefault(); // or else nothing could be dropped
    if (isShut()) dragged.dropEffect = "none";
    else if (node.hidden) show(true);
  });
  addEventListener("dragleave", (event) => event.relatedTarget === null && show(false));
  addEventListener("drop", (event) => {
    show(false);
    const dragged = draggedFiles(event);
    if (!dragged) return;
    event.preventDefault();
    const files = [...dragged.files];
    if (files.length && !isShut()) take(files);
  });
}

/** -> null where no files are dragged, or where a field takes them
 * @type {(event: DragEvent) => DataTransfer | null} */
function draggedFiles({ dataTransfer, target }) {
  const isField = target instanceof Element && target.closest('input[type="file"], .takes-files');
  return dataTransfer?.types.includes("Files") && !isField ? dataTransfer : null;
}
