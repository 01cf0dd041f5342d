// The teacher's line: the code, how many are there and have answered, and what comes next.

import { emit, on } from "../state/events.js";
import { lessonBeside } from "../state/lessons.js";
import { beginLesson, setView } from "../state/navigation.js";
import { state } from "../state/store.js";
import { text } from "../state/texts.js";
import { make, makeButton, showText, showValue } from "../ui/dom.js";
import { endingDialog } from "./ending.js";
import { lobby } from "./lobby.js";
import { classHere, saidProblem, steer } from "./session.js";

/** @import { Room } from "./session.js" */

export function teacherPart() {
  const place = lobby(() => {
    showLobby(false);
    beginAsking();
  });
  const code = makeButton("class-code", () => showLobby(!place.isOpen()), "class-code-sign");
  const [joined, answered] = [count("joined"), count("answered")];
  const lost = make("span", { class: "lost", role: "status" });
  const apart = make("span", { role: "status", "data-testid": "class-apart" });
  const lead = leadBox();
  const again = makeButton("class-again", () => steerAsk("again"));
  const onward = makeButton("class-onward", goOnward, "pill onward");
  onward.dataset.lit = "true";
  const ending = endingDialog();
  const counts = make("span", { class: "class-counts" }, joined.node, answered.node, apart, lost);
  const doing = make("div", { class: "class-acts" }, lead.node, again, onward, ending.open);

  /** @type {(isOpen: boolean) => void} */
  function showLobby(isOpen) {
    place.toggle(isOpen);
    emit("classroom");
    dispatchEvent(new Event("resize")); // the projector measures its screen anew
  }

  on("language", () => {
    showText(again, text("class_again"));
    code.title = text("class_code_title");
    ending.words();
  });
  return {
    node: make(
      "div",
      { class: "class-teacher" },
      make("div", { class: "class-line" }, code, counts, doing),
      place.node,
      ending.node,
    ),
    isOpen: place.isOpen,
    update() {
      const here = classHere();
      if (!here) return;
      if (here.isNew) place.toggle(true);
      here.isNew = false;
      const { room } = here;
      const ask = room?.ask ?? null;
      showText(code, here.code);
      code.setAttribute("aria-expanded", String(place.isOpen()));
      joined.show(room?.joined ?? 0);
      answered.show(room?.answered ?? 0);
      answered.node.hidden = !ask;
      showText(lost, saidProblem());
      showText(apart, state.puzzle ? text("class_puzzle_apart") : "");
      lead.show(room?.lead ?? true);
      again.hidden = !ask || ask.round === 2 || ask.state === "told";
      showText(onward, onwardWords(room));
      onward.hidden = !room || ((!ask || ask.state === "told") && !lessonBeside(1));
      place.update();
    },
  };
}

/** From the lobby to the first question. */
function beginAsking() {
  if (state.home) beginLesson(/** @type {string} */ (lessonBeside(1)));
  setView("projector");
}

/** Whether the students' pages follow. */
function leadBox() {
  const box = make("input", { type: "checkbox", "data-testid": "class-lead" });
  box.addEventListener("change", () => steer("lead", { lead: box.checked }));
  const words = make("span");
  return {
    node: make("label", { class: "check" }, box, words),
    /** @type {(leads: boolean) => void} */
    show(leads) {
      box.checked = leads;
      showText(words, text("class_lead"));
    },
  };
}

function goOnward() {
  const standing = classHere()?.room?.ask?.state ?? "told";
  if (standing === "open") steerAsk("show");
  else if (standing === "shown") steerAsk("tell");
  else if (lessonBeside(1)) beginLesson(/** @type {string} */ (lessonBeside(1)));
}

/** @type {(act: "again" | "show" | "tell") => void} */
function steerAsk(act) {
  steer(act, { ask: classHere()?.room?.ask?.number });
}

/** @type {(room: Room | null) => string} */
function onwardWords(room) {
  const key = { open: "class_show", shown: "class_tell", told: "lesson_on" };
  const standing = room?.ask?.state ?? "told";
  return text(key[standing]) + (standing === "told" ? " →" : "");
}

/** @param {string} name */
function count(name) {
  const number = make("b", { "data-testid": `class-${name}` });
  const words = make("span");
  return {
    node: make("span", {}, number, " ", words),
    /** @type {(value: number) => void} */
    show(value) {
      showValue(number, value, String);
      showText(words, text(`class_${name}`));
    },
  };
}
