// The way through the lessons: levels, the list, the story and the challenge.

// page: text(), lessons (a Map by name), choose(name)
function courseBar(page) {
  const { text, lessons } = page;
  const levels = [...new Set([...lessons.values()].map(({ level }) => level))].sort();
  const lessonsOf = (level) => [...lessons].filter(([, lesson]) => lesson.level === level);
  const buttons = new Map();
  const groups = new Map();
  const options = new Map();
  for (const level of levels) {
    const open = () => page.choose(lessonsOf(level)[0][0]);
    buttons.set(
      level,
      make("button", {
        type: "button",
        class: "pill",
        "data-testid": `level-${level}`,
        onclick: open,
      }),
    );
    groups.set(level, make("optgroup"));
    for (const [name] of lessonsOf(level)) {
      options.set(name, make("option", { value: name }));
      groups.get(level).append(options.get(name));
    }
  }
  const list = make(
    "select",
    { "data-testid": "lesson", onchange: () => page.choose(list.value) },
    ...groups.values(),
  );
  const caption = make("span", { class: "caption" });
  const node = make(
    "nav",
    { class: "course" },
    make("div", { class: "levels", role: "group" }, ...buttons.values()),
    make("label", { class: "field" }, caption, list),
  );
  return {
    node,
    update(present, lang) {
      showText(caption, text("lesson"));
      node.setAttribute("aria-label", text("lesson"));
      node.firstChild.setAttribute("aria-label", text("level"));
      for (const level of levels) {
        const title = `${level} ${text(`level_${level}`)}`;
        showText(buttons.get(level), title);
        buttons.get(level).setAttribute("aria-pressed", lessons.get(present).level === level);
        groups.get(level).label = title;
      }
      for (const [name, option] of options) showText(option, lessons.get(name).title[lang]);
      list.value = present;
    },
  };
}

function storyPanel(page) {
  const { text } = page;
  const title = make("h2");
  const story = make("p", { "data-testid": "lesson-story" });
  const task = make("strong");
  const what = make("span");
  const challenge = make(
    "section",
    { class: "panel challenge", "data-testid": "challenge", "data-done": "false", role: "status" },
    make("span", { class: "tick", "aria-hidden": "true" }),
    make("p", {}, task, " ", what),
  );
  const node = make(
    "div",
    { class: "story" },
    make("section", { class: "panel" }, title, story),
    challenge,
  );
  const showTask = () => {
    const done = challenge.dataset.done === "true";
    showText(task, text("challenge") + (done ? ` — ${text("challenge_done")}` : ""));
  };
  return {
    node,
    tell(lesson, lang) {
      showText(title, lesson.title[lang]);
      story.replaceChildren(...emphasised(lesson.story[lang]));
      what.replaceChildren(...emphasised(lesson.challenge.text[lang]));
      showTask();
    },
    update(done) {
      if (challenge.dataset.done === String(done)) return;
      challenge.dataset.done = done;
      showTask();
    },
  };
}
