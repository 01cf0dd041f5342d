// The whole page: one scene, its table and everything that turns it, and what else looks at it.

// root: where it stands. data: { lessons, texts, rules, problems, first, formats, variations,
// compared, tasks }, as attention/ui sends it. server: its functions by name; null where there is none.
// onscene(plain): called when the hand rests, with the scene as attention/scene.py reads it.
function openPlayground(root, data, server = null, onscene = () => {}) {
  const languages = Object.keys(data.texts);
  const textIn =
    (lang) =>
    (key, values = {}) =>
      data.texts[lang][key].replace(/\{(\w+)\}/g, (_, name) =>
        inOwnDirection(String(values[name])),
      );
  const world = {
    lessons: new Map(Object.entries(data.lessons)),
    first: data.first,
    languages,
    rules: data.rules,
    tabs: ["play", "variations", "learn"],
    variations: data.variations.map(({ name }) => name),
    compared: data.compared,
    tasks: data.tasks,
    newLabel: (key, number) =>
      Object.fromEntries(languages.map((lang) => [lang, textIn(lang)(key, { number })])),
  };
  const preferred =
    (navigator.languages ?? [])
      .map((tag) => tag.slice(0, 2))
      .find((tag) => languages.includes(tag)) ?? languages[0];

  let state = {}; // { lesson, lang (null: as the browser says), tab, scene, choices, training }
  let chosen = 0;
  let table, strip;
  const lang = () => state.lang ?? preferred;
  const text = (key, values) => textIn(lang())(key, values);

  const page = {
    text,
    lang,
    languages,
    nameOfLanguage: (code) => data.texts[code].language,
    setLanguage,
    showTab,
    server,
    rules: world.rules,
    lessons: world.lessons,
    newLabel: world.newLabel,
    formats: data.formats,
    variations: data.variations,
    tasks: data.tasks,
    plain: () => toPlain(state.scene, lang()),
    trace: () => run(state.scene),
    largest: () => Math.max(...state.scene.x.flat().map(Math.abs)),
    choices: () => state.choices,
    changed: () => settle(),
    training: () => state.training,
    train: (choices) => {
      Object.assign(state.training, choices);
      learn.draw();
      settle();
    },
    label: (label) => nameOf(label, lang()),
    turn: () => {
      descent.touched();
      showNumbers();
      settle();
    },
    rename: () => {
      relabel();
      settle();
    },
    reshape: (change, focus) => {
      descent.reshaping();
      change();
      showTable(focus);
      settle();
    },
    select: (row) => {
      chosen = Math.min(row, state.scene.rows.length - 1);
      table.select(chosen);
      showFormula(run(state.scene));
    },
    notice: (key, values) => notices.add({ key, values }),
    scene: () => state.scene,
    table: () => table,
    // Training has moved the scene's numbers; when it rests, `settled` follows.
    moved: () => {
      table.follow();
      showNumbers();
    },
    settled: () => settle(),
    restore: (scene) => {
      state.scene = scene;
      showTable();
      settle();
    },
    choose: (name) =>
      open({
        ...state,
        lesson: name,
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
  const notices = noticeList(page);
  const course = courseBar(page);
  const story = storyPanel(page);
  const toolbarPlace = make("div", { class: "toolbar-place" });
  const tablePlace = make("div", { class: "scroll" });
  const addButton = (key, onclick) =>
    make("button", { type: "button", class: "pill", "data-testid": key, onclick });
  const addRowButton = addButton("add-row", () => {
    const number = state.scene.rows.length + 1;
    page.reshape(
      () => addRow(state.scene, world.newLabel("new_row", number)),
      `row-name-${number - 1}`,
    );
  });
  const addColumnButton = addButton("add-column", () => {
    const number = state.scene.columns.length + 1;
    page.reshape(
      () => addColumn(state.scene, world.newLabel("new_column", number)),
      `column-name-${number - 1}`,
    );
  });
  const hint = make("p", { class: "note" });
  const formulaPlace = make("div", { class: "formula-place" });
  const stripPlace = make("div", { class: "strip-place" });
  const agreement = agreementPanel(page);
  const takeaway = takeawayPanel(page);
  const variations = variationsPanel(page);
  const descent = descentPanel(page);
  const learn = learnPanel(page);
  let formula;
  const panels = new Map([
    [
      "play",
      tabPanel(
        "play",
        course.node,
        story.node,
        toolbarPlace,
        tablePlace,
        make("div", { class: "under" }, addRowButton, addColumnButton, hint),
        descent.node,
        formulaPlace,
        agreement.node,
        takeaway.node,
        stripPlace,
      ),
    ],
    ["variations", tabPanel("variations", variations.node)],
    ["learn", tabPanel("learn", learn.node)],
  ]);
  const header = pageHeader(page, panels);
  root.replaceChildren(
    make("div", { class: "frame" }, header.node, notices.node, ...panels.values()),
  );

  function open(next) {
    const { notices: said, ...rest } = next;
    state = rest;
    notices.update(said);
    agreement.clear(); // what was said of another scene goes with it
    takeaway.clear();
    descent.open(world.lessons.get(state.lesson).learns);
    chosen = Math.min(world.lessons.get(state.lesson).focus, state.scene.rows.length - 1);
    showWords();
    settle();
    report();
  }

  function setLanguage(code) {
    state.lang = code;
    showWords();
    settle();
  }

  function showTab(name) {
    descent.pause();
    state.tab = name;
    header.update(lang(), name);
    drawTab();
    settle();
  }

  function showWords() {
    root.lang = document.documentElement.lang = lang();
    document.title = text("page_title");
    header.update(lang(), state.tab);
    showText(addRowButton, `+ ${text("add_row")}`);
    showText(addColumnButton, `+ ${text("add_column")}`);
    showText(hint, text("hint_click"));
    formula = formulaPanel(text);
    formulaPlace.replaceChildren(formula.node);
    course.update(state.lesson, lang());
    story.tell(world.lessons.get(state.lesson), lang());
    notices.update();
    for (const panel of [agreement, takeaway, variations]) panel.update();
    showTable();
    drawTab();
  }

  // What asks the server does so when it is in sight.
  function drawTab() {
    if (state.tab === "variations") variations.draw();
    if (state.tab === "learn") learn.draw();
    else learn.leave();
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
    for (const [button, key] of [
      [addRowButton, "rows"],
      [addColumnButton, "columns"],
    ]) {
      const most = world.rules[key];
      button.disabled = scene[key].length >= most;
      button.title = button.disabled ? text(`most_${key}`, { most }) : "";
    }
    addColumnButton.hidden = scene.kind === "gate";
    strip.relabel();
    table.select(chosen);
    descent.rebuilt();
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
    agreement.follow();
    takeaway.follow();
    const { challenge } = world.lessons.get(state.lesson);
    story.update(challengeDone(state.scene, openedLesson(), challenge, trace));
  }

  function showFormula(trace) {
    formula.update(state.scene, trace, chosen, page.label(state.scene.rows[chosen]));
  }

  function relabel() {
    table.relabel();
    strip.relabel();
    takeaway.follow();
    descent.relabel();
    showFormula(run(state.scene));
  }

  const opened = new Map(); // each lesson as it opens, to compare a challenge with
  function openedLesson() {
    if (!opened.has(state.lesson))
      opened.set(state.lesson, openLesson(world.lessons.get(state.lesson), languages));
    return opened.get(state.lesson);
  }

  // While the hand moves, nothing but the table follows. Once it rests, the address does (browsers
  // allow a page only so many changes of it in a while), and before anything else can be pressed,
  // the server's copy of the scene.
  let resting = null;
  let reported = true;
  function settle() {
    reported = false;
    clearTimeout(resting);
    resting = setTimeout(() => {
      report();
      showAddress();
    }, 200);
  }

  function report() {
    if (reported) return;
    reported = true;
    onscene(toPlain(state.scene, lang()));
  }
  for (const event of ["change", "click", "focusout"]) root.addEventListener(event, report);

  function showAddress() {
    const hash = writeAddress(state, world, lang());
    const address = location.pathname + location.search + (hash && `#${hash}`);
    try {
      history.replaceState(history.state, "", address);
    } catch {
      // A sandboxed frame has no address to write to; the page plays on without.
    }
  }

  addEventListener("hashchange", ({ newURL }) => {
    if (root.isConnected) open(readAddress(new URL(newURL || location.href).hash, world));
  });
  open(readAddress(location.hash, world));
  for (const problem of data.problems) page.notice("notice_lesson", { problem });

  return {
    // A scene from the server: training turns the sliders with it.
    show(plain) {
      state.scene = fromPlain(plain, state.scene.objective);
      descent.forget();
      showTable();
      settle();
    },
  };
}

// A name from right to left, or with signs that turn the direction, must not turn its sentence too.
function inOwnDirection(text) {
  return /[\u0590-\u08FF\u200E\u200F\u202A-\u202E\u2066-\u2069\uFB1D-\uFEFC]/.test(text)
    ? `\u2068${text}\u2069`
    : text;
}
