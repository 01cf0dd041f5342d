// The trained models go on with what they are asked, a character at a time, each as it likes: with the
// probabilities of the next one, and where every head looks for it.

import { weightsIn } from "../core/models/answering.js";
import { withoutSteps } from "../core/models/leaving-out.js";
import { fixedNumber } from "../core/numbers.js";
import { text } from "../state/texts.js";
import { seriesSign } from "../ui/chart.js";
import { make, makeButton, showText } from "../ui/dom.js";
import { rangeSlider } from "../ui/range-slider.js";
import { headBars } from "./head-bars.js";
import { signOf } from "./kinds.js";
import { modelName, visibleCharacter } from "./learn-texts.js";
import { nextBars } from "./next-bars.js";
import { recordAt } from "./recording.js";
import { changesOf, NOTHING_OUT, withHeadFlipped } from "./take-out.js";
import { Writing } from "./writing.js";
import "./writer.css";

/** @import { Range } from "../core/types.js" */
/** @import { TakenOut } from "./take-out.js" */
/** @import { Example, Source, Task } from "./types.js" */
/** @typedef {{ node: HTMLElement, show: (example: Example | undefined, source: Source | null, moment: number, taken: TakenOut) => void, leave: () => void }} WriterPanel */

const PACE = 60; // milliseconds from one character to the next
/** @type {Range} */
const TEMPERATURES = [0.1, 2, 0.05];

/** Of a task whose models can go on; of another one nothing. take(taken): other heads are out
 * @type {(task: Task, take: (taken: TakenOut) => void) => WriterPanel | null} */
export function writerPanel(task, take) {
  return task.answers_with === "next" ? new TextWriter(task, take) : null;
}

class TextWriter {
  writing = new Writing();
  /** @type {ReturnType<typeof setInterval> | undefined} while it writes */
  timer;
  /** @type {string[]} by number */
  characters = [];
  /** @type {unknown[]} the example and the weights that it goes on from */
  shownFor = [];
  taken = NOTHING_OUT;

  /** @param {Task} task @param {(taken: TakenOut) => void} take */
  constructor(task, take) {
    this.task = task;
    this.model = task.models[task.models.length - 1]; // whose probabilities and heads are in sight
    this.title = make("h2");
    this.play = makeButton("write-play", () => this.toggle(), "pill primary");
    this.one = makeButton("write-step", () => this.act(() => this.writing.step()));
    this.again = makeButton("write-again", () => this.act(() => this.writing.restart()));
    this.other = makeButton("write-seed", () =>
      this.act(() => this.writing.restart(this.writing.seed + 1)),
    );
    this.heat = rangeSlider("write-temperature", "t", TEMPERATURES, (value) => {
      this.writing.temperature = value;
      this.draw();
    });
    this.heatCaption = make("span", { class: "caption" });
    this.heatNumber = make("output", { class: "digits", "data-testid": "write-heat" });
    this.lines = task.models.map((model) =>
      writtenLine(task, model, () => this.act(() => (this.model = model))),
    );
    this.nextTitle = make("h3");
    this.next = nextBars("write-next");
    this.looksTitle = make("h3");
    this.heads = headBars("write-heads", (head) =>
      take(withHeadFlipped(this.taken, this.model, head)),
    );
    this.looks = make("div", {}, this.looksTitle, this.heads.node);
    this.node = this.build();
  }

  build() {
    const heat = [this.heatCaption, this.heat.node, this.heatNumber];
    const buttons = [this.play, this.one, this.again, this.other];
    const next = make("div", {}, this.nextTitle, this.next.node);
    return make(
      "section",
      { class: "panel writer", "data-testid": "writer" },
      this.title,
      make("div", { class: "group" }, ...buttons, make("label", { class: "field" }, ...heat)),
      make("div", { class: "written" }, ...this.lines.map(({ node }) => node)),
      make("div", { class: "writing-now" }, next, this.looks),
    );
  }

  /** @param {Example | undefined} example @param {Source | null} source @param {number} moment
   * @param {TakenOut} taken */
  show(example, source, moment, taken) {
    this.taken = taken;
    const records = this.task.models.map((model) =>
      source ? recordAt(source.recording, model, moment) : undefined,
    );
    this.node.hidden = !example || records.includes(undefined);
    if (!example || !source || this.node.hidden) return this.leave();
    const now = [example, taken.gone, ...records];
    if (now.some((one, i) => one !== this.shownFor[i])) {
      this.shownFor = now;
      this.leave();
      const { numbers, most } = source.reader;
      this.characters = Object.keys(numbers).sort((a, b) => numbers[a] - numbers[b]);
      const { graphs } = source.recording;
      const models = records.flatMap((one) =>
        one
          ? [{ model: one.model, graph: graphs[one.model], weights: weightsIn(one.weights) }]
          : [],
      );
      const [rest] = withoutSteps(this.task, example, taken.gone).x;
      this.writing.hire(models, rest, example.x[0], most);
    }
    for (const one of this.task.models) this.writing.takeOut(one, changesOf(taken, one));
    this.draw();
  }

  /** Whoever does something else stops the writing.
   * @param {() => void} change */
  act(change) {
    this.leave();
    change();
    this.draw();
  }

  toggle() {
    if (this.timer !== undefined) return this.act(() => {});
    if (this.writing.isOver) this.writing.restart();
    this.timer = setInterval(() => {
      this.writing.step();
      if (this.writing.isOver) this.leave();
      this.draw();
    }, PACE);
    this.draw();
  }

  leave() {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  draw() {
    const { writing, model } = this;
    showText(this.title, text("learn_write"));
    showText(this.play, text(this.timer === undefined ? "learn_write_on" : "learn_epochs_pause"));
    showText(this.one, text("learn_write_one"));
    showText(this.again, text("learn_write_again"));
    showText(this.other, text("learn_write_seed", { seed: writing.seed }));
    showText(this.heatCaption, text("temperature"));
    showText(this.heatNumber, fixedNumber(writing.temperature, 2));
    this.heat.node.setAttribute("aria-label", text("temperature"));
    this.heat.show(writing.temperature);
    this.again.disabled = !writing.written;
    this.one.disabled = writing.isOver;
    for (const line of this.lines) {
      const written = writing.writers[line.model]?.text ?? [];
      line.show(this.inCharacters(writing.beginning), this.inCharacters(written));
      line.choose(line.model === model);
    }
    this.drawLook();
  }

  drawLook() {
    const name = modelName(this.task, this.model);
    const look = this.writing.look(this.model);
    showText(this.nextTitle, text("learn_write_next", { model: name }));
    showText(this.looksTitle, text("learn_write_looks", { model: name }));
    this.looks.hidden = !look?.heads.length;
    if (!look) return;
    this.next.show(look.probabilities, this.characters.map(visibleCharacter), look.before);
    if (!look.heads.length) return;
    const seen = [...this.inCharacters(look.seen)];
    this.heads.show(seen, look.heads, look.attention, this.taken.heads[this.model] ?? []);
  }

  /** @param {number[]} numbers */
  inCharacters(numbers) {
    return numbers.map((number) => this.characters[number]).join("");
  }
}

/** What one model has written; a press shows what it thinks.
 * @type {(task: Task, model: string, onpick: () => void) => { model: string, node: HTMLElement, show: (beginning: string, added: string) => void, choose: (isChosen: boolean) => void }} */
function writtenLine(task, model, onpick) {
  const [name, before, after] = [make("span"), make("span"), make("b")];
  const button = makeButton(`write-model-${model}`, onpick, "pill");
  button.append(seriesSign(signOf(task, model)), name);
  const attributes = { class: "written-text", translate: "no", dir: "auto" };
  const line = make("p", { ...attributes, "data-testid": `write-text-${model}` }, before, after);
  return {
    model,
    node: make("div", { class: "written-line" }, button, line),
    show(beginning, added) {
      showText(name, modelName(task, model));
      showText(before, beginning);
      showText(after, added);
    },
    choose: (isChosen) => button.setAttribute("aria-pressed", String(isChosen)),
  };
}
