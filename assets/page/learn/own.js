// Something of one's own for the trained models to answer.

import { inLanguage, lang, text } from "../state/texts.js";
import { make, showText } from "../ui/dom.js";
import { warmthLine } from "../ui/warmth.js";
import { epochsInWords } from "./recording.js";
import { SOUND_SECONDS, soundInput } from "./sound-input.js";
import { problemInLearn } from "./trainer.js";

// send(input): what the task's `read` takes
export function ownPanel(task, send) {
  const title = make("h2");
  let local = null; // what went wrong before anything was sent
  let cut = false; // of what was sent, the end had to be left out
  const input = (task.input === "sound" ? soundInput : textInput)(task, {
    send: (own, isCut = false) => {
      [local, cut] = [null, isCut];
      send(own);
    },
    say: (key, values) => {
      local = { key, values };
      told();
    },
  });
  const warmth = warmthLine("learn-own-warming");
  const status = make("p", { class: "status", role: "status", "data-testid": "learn-own-status" });
  // Numbers as the language writes them.
  const written = (values) =>
    Object.fromEntries(
      Object.entries(values ?? {}).map(([name, value]) => [
        name,
        typeof value === "number" ? value.toLocaleString(lang()) : value,
      ]),
    );
  let shown = {}; // { asking, problem, answer }

  // How the answer came about.
  function about({ epochs, example: { taken } }) {
    const inSeconds = (value) => inLanguage(value.toFixed(1));
    const [from, to] = taken?.map(inSeconds) ?? [];
    const words = [
      text("learn_own_after", { epoch: epochsInWords(epochs) }),
      cut && text("learn_cut", { seconds: SOUND_SECONDS }),
      taken && text("learn_taken", { from, to }),
    ];
    return words.filter(Boolean).join(" ");
  }

  function told() {
    const { asking, problem, answer } = shown;
    const wrong = local ?? problem;
    status.classList.toggle("wrong", Boolean(wrong));
    if (wrong) showText(status, problemInLearn({ key: wrong.key, values: written(wrong.values) }));
    else if (asking) showText(status, text("learn_answering"));
    else showText(status, answer ? about(answer) : "");
  }
  return {
    node: make("section", { class: "panel own" }, title, input.node, warmth.node, status),
    // question: of learn-question.js; answer: the one in sight, or null
    show({ asking, warming, problem }, answer) {
      shown = { asking, problem, answer };
      showText(title, text(`task_${task.name}_own`));
      input.update(asking);
      warmth.show(warming);
      told();
    },
    leave: input.leave ?? (() => {}),
  };
}

function textInput(task, { send }) {
  const field = make("input", {
    ...{ type: "text", class: "sentence", dir: "auto", autocomplete: "off", spellcheck: "false" },
    "data-testid": "learn-own",
  });
  const button = make("button", { class: "pill", "data-testid": "learn-ask" });
  const form = make(
    "form",
    {
      class: "controls",
      onsubmit: (event) => {
        event.preventDefault();
        send({ text: field.value });
      },
    },
    make("label", { class: "field wide" }, field),
    button,
  );
  return {
    node: form,
    update(asking) {
      field.setAttribute("aria-label", text(`task_${task.name}_own`));
      field.placeholder = text(`task_${task.name}_try`);
      showText(button, text("learn_ask"));
      button.disabled = asking;
    },
  };
}
