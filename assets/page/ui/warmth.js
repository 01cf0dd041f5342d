// TensorFlow takes seconds to load on the server: how far it is, and asking until it is there.

import { inLanguage } from "../core/numbers.js";
import { make, showText } from "./dom.js";

// page: text(), lang()
export function warmthLine(page, testid) {
  const said = make("span", { class: "note" });
  const progress = make("progress", { max: 1, "aria-label": "TensorFlow", "data-testid": testid });
  const node = make("span", { class: "result", hidden: true }, progress, said);
  let present = null;
  function show(warming = present) {
    present = warming;
    node.hidden = !warming;
    if (!warming) return showText(said, "");
    progress.value = warming.share;
    const share = Math.floor(100 * warming.share);
    const seconds = inLanguage(warming.seconds.toFixed(1), page);
    return showText(said, page.text("keras_warming", { share, seconds }));
  }
  return { node, show };
}

// question() asks once; wanted() says whether anybody still waits for the answer.
// -> the answer; null where nobody waits any more
export async function askUntilWarm(question, wanted, onwarming) {
  for (;;) {
    const answer = await question();
    if (!wanted()) return null;
    onwarming(answer.warming ?? null);
    if (!answer.warming) return answer;
    await new Promise((done) => setTimeout(done, 500));
    if (!wanted()) return null;
  }
}
