// A teacher's own lesson: the table as a lesson's file, and such a file as a lesson on this page.

const OWN_LESSONS_KEY = "attention-own-lessons"; // what this tab keeps, for when it is loaded again

// page: text(), lesson(), lessons, plain(), lang(), rules, server, addLesson(), choose(), notice(),
// hides(name), showTab(name)
function lessonCard(page) {
  const card = fileCard(page, "own");
  const opener = lessonOpener(page);
  const fields = ["title", "story", "challenge"].map((name) => wordsField(page, card, name));
  const save = card.button("own-save", async () => {
    const typed = Object.fromEntries(fields.map(({ name, input }) => [name, input.value]));
    const file = await card.ask("save_lesson", typed);
    if (file) saveFile(file);
    if (file) card.say("handout_saved", { file: file.name });
  });
  const picker = make("input", {
    type: "file",
    accept: ".toml",
    hidden: true,
    "data-testid": "own-file",
    onchange: () => {
      opener.open([...picker.files]);
      picker.value = "";
    },
  });
  const open = card.button("own-open", () => picker.click());
  card.node.append(
    ...fields.map(({ node }) => node),
    card.worded(make("p", { class: "note" }), "own_bold"),
    make("div", { class: "group" }, save, open, picker),
    card.said,
  );
  card.said.classList.add("lines");
  dropTarget(page, opener);
  opener.reopen();
  return card.hooks;
}

function wordsField(page, card, name) {
  const caption = card.worded(make("span", { class: "caption" }), `own_field_${name}`);
  const input = make(name === "title" ? "input" : "textarea", {
    "data-testid": `own-${name}`,
    maxlength: "2000",
    dir: "auto",
    rows: name === "story" ? "4" : name === "challenge" ? "2" : null,
  });
  return { name, input, node: make("label", { class: "own-field" }, caption, input) };
}

// What makes lessons of files; every error is a notice, and leaves the table as it is.
function lessonOpener(page) {
  const { largest } = page.rules.lesson;
  const say = (key, values) => {
    page.notice(key, values);
    document.querySelector('[data-testid="notices"]').scrollIntoView({ block: "center" });
  };
  const refuse = (error) =>
    error.key.startsWith("rule_")
      ? say("own_broken", { faults: error })
      : say(error.key, error.values);

  async function read(file) {
    if (file.size > largest)
      return say("own_large", { name: file.name, most: largest, came: file.size });
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
    } catch {
      return refuse({ key: "rule_utf" });
    }
  }

  // -> the name of the new lesson
  async function add(source) {
    const answer = await ask(page.server, "open_lesson", { source });
    return answer.error ? refuse(answer.error) : page.addLesson({ ...answer.lesson, source });
  }

  async function open(files) {
    for (const file of files) {
      const source = await read(file);
      const name = source !== undefined && (await add(source));
      if (!name) continue;
      keepOwnLessons([...keptOwnLessons(), source]);
      page.showTab("play");
      page.choose(name);
      showLessonTop();
      page.notice("own_opened", { title: page.lessons.get(name).title[page.lang()] });
    }
  }

  return {
    open,
    async reopen() {
      for (const source of keptOwnLessons()) await add(source);
    },
  };
}

// A frame may be allowed to keep nothing: then its lessons go with it.
function keptOwnLessons() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(OWN_LESSONS_KEY));
    return Array.isArray(kept) ? kept.filter((source) => typeof source === "string") : [];
  } catch {
    return [];
  }
}

function keepOwnLessons(sources) {
  try {
    sessionStorage.setItem(OWN_LESSONS_KEY, JSON.stringify([...new Set(sources)]));
  } catch {
    // Kept while the page is open.
  }
}

// The whole page takes a lesson's file; what else is dropped, the browser does with as ever.
function dropTarget(page, opener) {
  const label = make("strong");
  const node = make(
    "div",
    { class: "drop-target", "data-testid": "own-drop", hidden: true },
    label,
  );
  const isFile = (event) =>
    event.dataTransfer?.types.includes("Files") && !event.target.closest?.('input[type="file"]');
  const isShut = () => page.hides("teach"); // as is the card that opens files
  const lessonsOf = (event) =>
    [...(event.dataTransfer?.files ?? [])].filter(({ name }) => /\.toml$/i.test(name));
  const show = (visible) => {
    showText(label, page.text("own_drop"));
    if (!node.isConnected) document.querySelector(".playground").append(node);
    node.hidden = !visible;
  };
  addEventListener("dragover", (event) => {
    if (!isFile(event)) return;
    event.preventDefault(); // or else nothing could be dropped
    if (isShut()) event.dataTransfer.dropEffect = "none";
    else if (node.hidden) show(true);
  });
  addEventListener("dragleave", (event) => event.relatedTarget === null && show(false));
  addEventListener("drop", (event) => {
    show(false);
    const files = isFile(event) ? lessonsOf(event) : [];
    if (!files.length) return;
    event.preventDefault();
    if (!isShut()) opener.open(files);
  });
}
