// The whole page: one scene, its table and everything that turns it, and what else looks at it.

// root: where it stands. data: { lessons, texts, rules, problems, first, formats, variations,
// compared, tasks }, as attention/ui sends it. Of `around`, a page in one file has nothing:
// server: its functions by name. onscene(plain): called when the hand rests, with the scene as
// attention/scene.py reads it. underTable, underFormula: parts of the tab Play; tabs: parts of more
// tabs, by the tab's name.
//
// A part is `build(page)` -> { node, and any of these, each called when it has happened }:
// words() another language, or the first; opened(lesson) another lesson or address; rebuilt() the
// table has another shape; retold(trace) numbers have changed, in the next frame; relabelled() a
// name has; touched() a hand has turned a number; reshaping() the table is about to have another
// shape; replaced() the server has sent a scene; shown(), left() its tab is in sight, or no more.
function openPlayground(root, data, around = {}) {
  const {
    server = null,
    onscene = () => {},
    underTable = [],
    underFormula = [],
    tabs = {},
  } = around;
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
    tabs: ["play", ...Object.keys(tabs)],
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

  let state = {}; // as readAddress gives it, the notices aside
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
    // The address of what stands here; with other fields of its state, such as { hide: ["mask"] }
    address: (changes = {}) => addressWith(writeAddress({ ...state, ...changes }, world, lang())),
    plain: () => toPlain(state.scene, lang()),
    trace: () => run(state.scene),
    largest: () => Math.max(...state.scene.x.flat().map(Math.abs)),
    choices: () => state.choices,
    changed: () => settle(),
    training: () => state.training,
    train: (choices) => {
      Object.assign(state.training, choices);
      show();
      settle();
    },
    label: (label) => nameOf(label, lang()),
    turn: () => {
      tell("touched");
      showNumbers();
      settle();
    },
    rename: () => {
      relabel();
      settle();
    },
    reshape: (change, focus) => {
      tell("reshaping");
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
  const built = (builds, tab) => builds.map((build) => ({ ...build(page), tab }));
  const [descending, taking] = [underTable, underFormula].map((builds) => built(builds, "play"));
  const more = Object.entries(tabs).map(([tab, builds]) => [tab, built(builds, tab)]);
  const parts = [...descending, ...taking, ...more.flatMap(([, inTab]) => inTab)];
  const nodesOf = (some) => some.map(({ node }) => node);
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
        ...nodesOf(descending),
        formulaPlace,
        ...nodesOf(taking),
        stripPlace,
      ),
    ],
    ...more.map(([tab, inTab]) => [tab, tabPanel(tab, ...nodesOf(inTab))]),
  ]);
  const header = pageHeader(page, panels);
  root.replaceChildren(
    make("div", { class: "frame" }, header.node, notices.node, ...panels.values()),
  );

  function open(next) {
    const { notices: said, ...rest } = next;
    state = rest;
    notices.update(said);
    root.dataset.view = state.view ?? "table";
    root.dataset.hide = state.hide.join(" "); // the style hides what it names
    tell("opened", world.lessons.get(state.lesson));
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
    state.tab = name;
    header.update(lang(), name);
    show();
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
    tell("words");
    showTable();
    show();
  }

  function tell(hook, ...values) {
    for (const part of parts) part[hook]?.(...values);
  }

  // What asks the server does so when it is in sight.
  function show() {
    for (const part of parts) part[part.tab === state.tab ? "shown" : "left"]?.();
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
    tell("rebuilt");
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
    tell("retold", trace);
    const { challenge } = world.lessons.get(state.lesson);
    story.update(challengeDone(state.scene, openedLesson(), challenge, trace));
  }

  function showFormula(trace) {
    formula.update(state.scene, trace, chosen, page.label(state.scene.rows[chosen]));
  }

  function relabel() {
    table.relabel();
    strip.relabel();
    tell("relabelled");
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
    try {
      history.replaceState(history.state, "", page.address());
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
      tell("replaced");
      showTable();
      settle();
    },
  };
}

function addressWith(hash) {
  const [before] = location.href.split("#");
  return before + (hash && `#${hash}`);
}

// A name from right to left, or with signs that turn the direction, must not turn its sentence too.
function inOwnDirection(text) {
  return /[\u0590-\u08FF\u200E\u200F\u202A-\u202E\u2066-\u2069\uFB1D-\uFEFC]/.test(text)
    ? `\u2068${text}\u2069`
    : text;
}
