// The playground: one scene, its table, and everything that turns it. Nothing here asks a server.

// root: where it stands. data: { lessons, texts, rules, problems, first }, as attention/ui sends it.
// onscene(plain): called when the hand rests, with the scene as attention/scene.py reads it.
function openPlayground(root, data, onscene = () => {}) {
  const languages = Object.keys(data.texts);
  const textIn =
    (lang) =>
    (key, values = {}) =>
      data.texts[lang][key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  const world = {
    lessons: new Map(Object.entries(data.lessons)),
    first: data.first,
    languages,
    rules: data.rules,
    newLabel: (key, number) =>
      Object.fromEntries(languages.map((lang) => [lang, textIn(lang)(key, { number })])),
  };
  const preferred =
    (navigator.languages ?? [])
      .map((tag) => tag.slice(0, 2))
      .find((tag) => languages.includes(tag)) ?? languages[0];

  let state = {}; // { lesson, lang (null: as the browser says), scene }
  let notices = [];
  let chosen = 0;
  let table, strip;
  const lang = () => state.lang ?? preferred;
  const text = (key, values) => textIn(lang())(key, values);

  const page = {
    text,
    rules: world.rules,
    lessons: world.lessons,
    newLabel: world.newLabel,
    label: (label) => nameOf(label, lang()),
    turn: () => {
      showNumbers();
      settle();
    },
    rename: () => {
      relabel();
      settle();
    },
    reshape: (change, focus) => {
      change();
      showTable(focus);
      settle();
    },
    select: (row) => {
      chosen = Math.min(row, state.scene.rows.length - 1);
      table.select(chosen);
      showFormula(run(state.scene));
    },
    notice: (key, values) => {
      notices.push({ key, values });
      showNotices();
    },
    choose: (name) =>
      open({
        lesson: name,
        lang: state.lang,
        scene: openLesson(world.lessons.get(name), languages),
        notices: [],
      }),
    reset: () => {
      page.choose(state.lesson);
      root.querySelector('[data-testid="reset"]').focus();
    },
    get ranges() {
      return world.lessons.get(state.lesson).ranges;
    },
  };

  // The frame stays; what depends on the scene's shape is built anew in its place.
  const title = make("h1");
  const tagline = make("p");
  const switches = languages.map((code) =>
    make(
      "button",
      {
        type: "button",
        lang: code,
        title: data.texts[code].language,
        "data-testid": `lang-${code}`,
        onclick: () => setLanguage(code),
      },
      code.toUpperCase(),
    ),
  );
  const languageSwitch = make("div", { class: "languages", role: "group" }, ...switches);
  const noticeList = make("ul", { class: "notices", "data-testid": "notices", role: "status" });
  const course = courseBar(page);
  const story = storyPanel(page);
  const toolbarPlace = make("div");
  const tablePlace = make("div", { class: "scroll", tabindex: "-1" });
  const addRowButton = make("button", {
    type: "button",
    class: "pill",
    "data-testid": "add-row",
    onclick: () =>
      page.reshape(
        () => addRow(state.scene, world.newLabel("new_row", state.scene.rows.length + 1)),
        `row-name-${state.scene.rows.length}`,
      ),
  });
  const hint = make("p", { class: "note" });
  const formulaPlace = make("div");
  const stripPlace = make("div", { class: "strip-place" });
  let formula;
  root.replaceChildren(
    make("header", {}, make("div", {}, title, tagline), languageSwitch),
    course.node,
    noticeList,
    story.node,
    toolbarPlace,
    tablePlace,
    make("div", { class: "under" }, addRowButton, hint),
    formulaPlace,
    stripPlace,
  );

  function open(next) {
    state = { lesson: next.lesson, lang: next.lang, scene: next.scene };
    notices = next.notices;
    chosen = Math.min(world.lessons.get(state.lesson).focus, state.scene.rows.length - 1);
    showWords();
    settle();
  }

  function setLanguage(code) {
    state.lang = code;
    showWords();
    settle();
  }

  function showWords() {
    root.lang = document.documentElement.lang = lang();
    document.title = text("page_title");
    showText(title, text("title"));
    showText(tagline, text("tagline"));
    languageSwitch.setAttribute("aria-label", text("choose_language"));
    switches.forEach((node, i) => node.setAttribute("aria-pressed", languages[i] === lang()));
    showText(addRowButton, `+ ${text("add_row")}`);
    showText(hint, text("hint_click"));
    formula = formulaPanel(text);
    formulaPlace.replaceChildren(formula.node);
    course.update(state.lesson, lang());
    story.tell(world.lessons.get(state.lesson), lang());
    showNotices();
    showTable();
  }

  // focus: the test id of what should have the focus afterwards
  function showTable(focus) {
    const { scene } = state;
    chosen = Math.min(chosen, scene.rows.length - 1);
    table = buildTable(scene, page);
    strip = weightStrip(scene, page);
    toolbarPlace.replaceChildren(buildToolbar(scene, page));
    tablePlace.replaceChildren(table.node);
    stripPlace.replaceChildren(strip.node);
    addRowButton.disabled = scene.rows.length >= world.rules.rows;
    addRowButton.title = addRowButton.disabled ? text("most_rows", { most: world.rules.rows }) : "";
    strip.relabel();
    table.select(chosen);
    showNumbers();
    table.node.dataset.ready = "true";
    if (focus) root.querySelector(`[data-testid="${focus}"]`)?.focus();
  }

  // All that happens while one drags: the table at once, what only retells it with the next frame.
  let retelling = null;
  function showNumbers() {
    const trace = run(state.scene);
    table.update(trace);
    retelling ??= requestAnimationFrame(retell);
  }

  function retell() {
    retelling = null;
    const trace = run(state.scene);
    strip.update(trace);
    showFormula(trace);
    const { challenge } = world.lessons.get(state.lesson);
    story.update(challengeDone(state.scene, openedLesson(), challenge, trace));
  }

  function showFormula(trace) {
    formula.update(state.scene, trace, chosen, page.label(state.scene.rows[chosen]));
  }

  function relabel() {
    table.relabel();
    strip.relabel();
    showFormula(run(state.scene));
  }

  const opened = new Map(); // each lesson as it opens, to compare a challenge with
  function openedLesson() {
    if (!opened.has(state.lesson))
      opened.set(state.lesson, openLesson(world.lessons.get(state.lesson), languages));
    return opened.get(state.lesson);
  }

  function showNotices() {
    // A value is a text of the page itself, or something from outside: that is kept short.
    const inWords = (value) =>
      value?.key ? text(value.key, value.values) : shortName(String(value), 200);
    const fill = (values) =>
      Object.fromEntries(Object.entries(values).map(([name, value]) => [name, inWords(value)]));
    noticeList.replaceChildren(
      ...notices.slice(0, 8).map((notice) =>
        make(
          "li",
          {},
          make("span", { dir: "auto" }, text(notice.key, fill(notice.values))),
          make(
            "button",
            {
              type: "button",
              class: "quiet",
              "aria-label": text("dismiss"),
              title: text("dismiss"),
              onclick: () => {
                notices = notices.filter((other) => other !== notice);
                showNotices();
              },
            },
            "×",
          ),
        ),
      ),
    );
  }

  // When the hand rests, the address and the server's copy of the scene follow. (Browsers allow a
  // page only so many changes of its address in a while.)
  let resting;
  function settle() {
    clearTimeout(resting);
    resting = setTimeout(() => {
      const hash = writeAddress(state, world, lang());
      try {
        history.replaceState(
          history.state,
          "",
          location.pathname + location.search + (hash && `#${hash}`),
        );
      } catch {
        // A sandboxed frame has no address to write to; the page plays on without.
      }
      onscene(toPlain(state.scene, lang()));
    }, 200);
  }

  const openAddress = () => open(readAddress(location.hash, world));
  addEventListener("hashchange", () => root.isConnected && openAddress());
  openAddress();
  for (const problem of data.problems) page.notice("notice_lesson", { problem });

  return {
    // A scene from the server: training turns the sliders with it.
    show(plain) {
      state.scene = fromPlain(plain);
      showTable();
      settle();
    },
  };
}
