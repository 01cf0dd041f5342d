// "Keras agrees": the scene on the table through the real layer, on the server.

const STAGES = ["logits", "scores", "weights", "output"];

// page: text(), plain() (the scene as the server reads it), trace(), server
function agreementPanel(page) {
  const { text } = page;
  const button = make("button", {
    type: "button",
    class: "pill",
    "data-testid": "keras",
    onclick: check,
  });
  const badge = make("strong", { class: "badge", "data-testid": "keras-badge" });
  const progress = make("progress", { max: 1, "data-testid": "keras-progress" });
  const said = make("span", { class: "note" });
  const stages = make("dl", { class: "stages" });
  const result = make("div", { class: "result", role: "status", hidden: true });
  result.append(badge, progress, said, stages);
  const node = make("section", { class: "agreement" }, button, result);

  let answer = null; // what is shown: { warming }, { differences, layer } or { error }
  let asked = ""; // about which numbers
  let stale = false; // the table has changed since
  const numbers = () => {
    const { rows: _rows, columns: _columns, ...rest } = page.plain();
    return JSON.stringify(rest);
  };

  async function check() {
    if (button.disabled) return;
    button.disabled = true;
    do {
      asked = numbers();
      answer = await ask(page.server, "keras_agrees", { scene: page.plain(), page: page.trace() });
      stale = asked !== numbers();
      update();
      if (answer.warming) await new Promise((done) => setTimeout(done, 300));
    } while (answer.warming);
    button.disabled = false;
  }

  function update() {
    showText(button, text("keras_ask"));
    result.hidden = answer === null;
    if (answer === null) return;
    const { warming, differences, error } = answer;
    const worst = differences?.find(({ agrees }) => !agrees);
    progress.hidden = !warming;
    badge.hidden = stages.hidden = !differences;
    if (warming) {
      progress.value = warming.share;
      const share = Math.floor(100 * warming.share);
      showText(said, text("keras_warming", { share, seconds: warming.seconds.toFixed(1) }));
    } else if (error) showText(said, text(error.key, error.values));
    else {
      badge.dataset.agrees = !worst;
      showText(badge, text(worst ? "keras_differs" : "keras_agrees"));
      showText(
        said,
        stale ? text("table_changed") : worst ? where(worst) : text("keras_layer", answer),
      );
      stages.replaceChildren(...differences.map(stageLine));
    }
    result.classList.toggle("stale", stale && !warming);
  }

  function where({ stage, index, keras, page: shown }) {
    const { kind, rows, columns } = page.plain();
    const place = (stage === "output" && kind !== "gate" ? columns : rows)[index];
    const number = (value) => (value === null ? "NaN" : readableNumber(value));
    return text("keras_where", {
      stage: text(`stage_${stage}`),
      place,
      keras: number(keras),
      page: number(shown),
    });
  }

  function stageLine({ stage, largest, agrees }) {
    const size = largest === null ? "NaN" : smallNumber(largest);
    const value = make("dd", { "data-testid": `keras-${stage}`, "data-value": largest }, size);
    value.classList.toggle("wrong", !agrees);
    return make("div", {}, make("dt", {}, text(`stage_${stage}`)), value);
  }

  return {
    node,
    update,
    clear() {
      answer = null;
      update();
    },
    // What is said here was about the table at that moment.
    follow() {
      if (!answer?.differences || stale === (asked !== numbers())) return;
      stale = !stale;
      update();
    },
  };
}
