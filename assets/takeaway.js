// The scene to take away: as code, as a figure, as numbers. The server writes each of them.

// page: text(), plain(), lang(), formats (what the server offers), server
function takeawayPanel(page) {
  const { text } = page;
  const buttons = page.formats.map((format) => [
    format,
    make("button", {
      type: "button",
      class: "pill",
      translate: "no",
      "data-testid": `take-${format.name}`,
      onclick: () => take(format),
    }),
  ]);
  const group = (wanted) =>
    make(
      "div",
      { class: "group", role: "group" },
      make("span", { class: "caption" }),
      ...buttons.filter(([format]) => format.shown === wanted).map(([, button]) => button),
    );
  const [codes, files] = [group(true), group(false)];
  const title = make("h3");
  const hint = make("p", { class: "note" });
  const said = make("p", { class: "note", role: "status" });
  const code = codeView(page, "code");
  code.node.hidden = true;
  const node = make(
    "section",
    { class: "panel takeaway" },
    title,
    hint,
    make("div", { class: "groups" }, codes, files),
    said,
    code.node,
  );

  let shown = null; // { format, content, scene, stale } of the code in sight
  let problem = null;

  async function take(format) {
    const request = { scene: page.plain(), format: format.name, lang: page.lang() };
    const answer = await ask(page.server, "take_away", request);
    problem = answer.error ?? null;
    if (!problem && format.shown)
      shown = {
        format,
        content: textOf(answer),
        scene: JSON.stringify(request.scene),
        stale: false,
      };
    else if (!problem) saveFile(answer);
    update();
  }

  function update() {
    showText(title, text("take_title"));
    showText(hint, text("take_hint"));
    [codes, files].forEach((part, i) => {
      const caption = text(["take_code", "take_file"][i]);
      showText(part.firstChild, caption);
      part.setAttribute("aria-label", caption);
    });
    for (const [format, button] of buttons) {
      showText(button, format.label);
      if (format.shown) button.setAttribute("aria-pressed", shown?.format === format);
    }
    code.node.hidden = !shown;
    code.node.classList.toggle("stale", Boolean(shown?.stale));
    if (shown) code.show(shown.content, shown.format.label);
    if (problem) showText(said, text(problem.key, problem.values));
    else showText(said, shown?.stale ? text("code_changed") : "");
  }

  return {
    node,
    update,
    clear() {
      shown = problem = null;
      update();
    },
    // The code in sight was written for the table at that moment.
    follow() {
      if (!shown || shown.stale === (shown.scene !== JSON.stringify(page.plain()))) return;
      shown.stale = !shown.stale;
      update();
    },
  };
}
