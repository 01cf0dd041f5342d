// A scene in the browser: what stands on the table, and how it changes. No page in here.
//
// Its fields are those of attention/scene.py, with three additions that the page needs:
// a name is a text, or (as the lesson wrote it) one text a language; `origins` says which row of
// the lesson each row was (null: a new one); `aside` keeps what the present kind does not show.

function openLesson(lesson, languages) {
  const given = structuredClone(lesson.scene);
  const labels = (names) =>
    names[languages[0]].map((_, i) =>
      Object.fromEntries(languages.map((lang) => [lang, names[lang][i]])),
    );
  const rows = labels(lesson.rows);
  return {
    ...given,
    rows,
    columns: labels(lesson.columns),
    mask: given.mask.length ? given.mask : rows.map(() => true),
    w: given.w ?? [...given.query],
    query: given.query ?? (given.kind === "gate" ? [1] : [...given.w]),
    origins: rows.map((_, i) => i),
    aside: {},
  };
}

function nameOf(label, lang) {
  return typeof label === "string" ? label : label[lang];
}

function isDot(scene) {
  return scene.kind === "dot_product" || scene.kind === "scaled_dot_product";
}

function run(scene) {
  const { kind, x, w, b, query, mask, activation, temperature } = scene;
  if (kind === "attention") return attend(x, w, b, mask, { activation, temperature });
  if (kind === "gate")
    return gate(
      x.map(([number]) => number),
      w,
      b,
      mask,
      { temperature },
    );
  return dot_product(x, query, mask, { scale: kind === "scaled_dot_product", temperature });
}

// The scene as attention/scene.py reads it, and back. What comes back has been checked there.
function toPlain(scene, lang) {
  const { kind, x, w, b, query, mask, activation, temperature } = scene;
  return structuredClone({
    kind,
    rows: scene.rows.map((label) => nameOf(label, lang)),
    columns: scene.columns.map((label) => nameOf(label, lang)),
    x,
    w: isDot(scene) ? null : w,
    b: isDot(scene) ? null : b,
    query: isDot(scene) ? query : null,
    mask,
    activation,
    temperature,
  });
}

function fromPlain(plain) {
  const given = structuredClone(plain);
  return {
    ...given,
    w: given.w ?? [...given.query],
    query: given.query ?? (given.kind === "gate" ? [1] : [...given.w]),
    mask: given.mask?.length ? given.mask : given.rows.map(() => true),
    origins: given.rows.map((_, i) => i),
    aside: {},
  };
}

// How the table grows and shrinks. A new row or column starts at 0.

function addRow(scene, label) {
  const { kind, rows, columns, x, w, b, mask, origins } = scene;
  rows.push(label);
  x.push(columns.map(() => 0));
  if (b) b.push(0);
  mask.push(true);
  origins.push(null);
  if (kind === "gate") {
    w.forEach((row) => row.push(0));
    w.push(rows.map(() => 0));
  }
}

function removeRow(scene, row) {
  const { kind, rows, x, w, b, mask, origins } = scene;
  for (const list of [rows, x, mask, origins, ...(b ? [b] : []), ...(kind === "gate" ? [w] : [])])
    list.splice(row, 1);
  if (kind === "gate") w.forEach((weights) => weights.splice(row, 1));
}

function addColumn(scene, label) {
  scene.columns.push(label);
  scene.x.forEach((vector) => vector.push(0));
  scene.w.push(0);
  scene.query.push(0);
}

function removeColumn(scene, column) {
  for (const list of [scene.columns, ...scene.x, scene.w, scene.query]) list.splice(column, 1);
}

function switchBias(scene, on) {
  const { aside, rows } = scene;
  if (!on) aside.b = scene.b;
  scene.b = on ? rows.map((_, i) => aside.b?.[i] ?? 0) : null;
}

// A gate has one number a row and a square of weights. The columns that it cannot show wait aside,
// and come back with the next kind as long as the rows are still the same in number.
function switchKind(scene, kind) {
  const was = scene.kind;
  scene.kind = kind;
  if (kind === "gate" && was !== "gate") {
    const { columns, x, w, query, aside } = scene;
    aside.vectors = { columns, x, w, query };
    scene.columns = columns.slice(0, 1);
    scene.x = x.map((vector) => vector.slice(0, 1));
    scene.w = aside.square?.length === x.length ? aside.square : identity(x.length);
    scene.query = query.slice(0, 1);
  } else if (kind !== "gate" && was === "gate") {
    const { aside, x } = scene;
    aside.square = scene.w;
    const kept = aside.vectors?.x.length === x.length ? aside.vectors : null;
    scene.x = x.map(([number], row) => [number, ...(kept ? kept.x[row].slice(1) : [])]);
    scene.columns = [...scene.columns, ...(kept ? kept.columns.slice(1) : [])];
    scene.w = kept ? kept.w : [1];
    scene.query = kept ? kept.query : [1];
  }
}

function identity(size) {
  return Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => (i === j ? 1 : 0)),
  );
}

// Whether the scene reaches the lesson's challenge by its rules; the twin of Lesson.done.
function challengeDone(scene, start, challenge, trace) {
  const here = (row) => (row === null ? null : scene.origins.indexOf(row));
  const part = (from, { of, column }, row) => {
    let value = from[of];
    if (row !== null && Array.isArray(value)) value = value[row];
    if (column !== null && Array.isArray(value))
      value = Array.isArray(value[0]) ? value.map((vector) => vector[column]) : value[column];
    return JSON.stringify(value);
  };
  const reached = challenge.goals.every(({ of, index, at_least, at_most }) => {
    const value = trace[of][of === "output" && scene.kind !== "gate" ? index : here(index)];
    return value >= at_least && value <= at_most;
  });
  return (
    reached &&
    challenge.keep.every(
      (keep) => part(scene, keep, here(keep.row)) === part(start, keep, keep.row),
    )
  );
}

// A name on one line without control characters, and at most so many characters, none cut in half.
function tidyName(text) {
  return text.replace(/[\p{Cc}\s]+/gu, " ").trim();
}

function shortName(text, most) {
  return [...tidyName(text)].slice(0, most).join("").trim();
}
