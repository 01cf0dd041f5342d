// The table is the layer: a column is a feature with its weight on top, a row is a time step, and
// under each column stands the weighted output, because it is the sum down that column.
//
// `page` is what the table needs of the page around it: `text(key, values)`, `label(label)` (a name
// in the present language), `rules`, `ranges`, and what to call when something is turned:
// `turn()` after a number, `select(row)`, `rename()`, `reshape(change, focus)`, `notice(key, values)`.

function buildTable(scene, page) {
  const { text } = page;
  const isGate = scene.kind === "gate";
  const layout = {
    isGate,
    steps: scene.rows.map((_, i) => i),
    features: scene.columns.map((_, i) => i),
    across: (isGate ? scene.rows : scene.columns).map((_, i) => i), // one column of weights each
    withBias: Boolean(scene.b) && !isDot(scene),
    withProduct: Boolean(scene.b) && scene.kind === "attention", // without a bias it is the logit
    decimals: scene.kind === "attention" && scene.activation === "tanh" ? 4 : 2,
    relabels: [], // what to call when a name has changed
  };
  const rows = layout.steps.map((row) => buildRow(scene, page, layout, row));
  const foot = isGate ? null : outputRow(scene, page, layout);
  const node = make(
    "table",
    { class: `layer kind-${scene.kind}`, "aria-label": text(`kind_${scene.kind}`) },
    make("thead", {}, headRow(scene, page, layout), isGate ? gateHint(page, layout) : factorRow(scene, page, layout)),
    make("tbody", {}, ...rows.map((row) => row.node)),
    foot && make("tfoot", {}, foot.node),
  );
  node.style.setProperty("--across", layout.across.length + (isGate ? 1 : 0));
  const relabel = () => layout.relabels.forEach((relabel) => relabel());
  relabel();
  return {
    node,
    relabel,
    update(trace) {
      rows.forEach((row) => row.update(trace));
      foot?.update(trace);
    },
    select(chosen) {
      rows.forEach((row, i) => {
        row.node.classList.toggle("chosen", i === chosen);
        if (i === chosen) row.node.setAttribute("aria-current", "true");
        else row.node.removeAttribute("aria-current");
      });
    },
  };
}

// A slider with its number in a cell, bound to one place of the scene.
function sliderCell(page, layout, { testid, role, range, limits, list, index, tag, name, heading }) {
  const control = numberControl({
    testid,
    role,
    range,
    limits: limits ?? page.rules.number,
    value: list[index],
    onvalue: (value) => {
      list[index] = value;
      page.turn();
    },
    onrefuse: page.notice,
  });
  const cell = make(tag ?? "td", { class: `turn ${role}-cell` }, make("div", { class: "pair" }, ...control.nodes));
  layout.relabels.push(() => {
    control.relabel(name(), page.text("typed", { name: name() }));
    cell.dataset.label = heading();
  });
  return cell;
}

function nameCell(page, layout, { key, number, labels, index, removable, onremove, tag, attributes }) {
  const control = nameControl({
    testid: `${key}-name-${index}`,
    most: page.rules.name,
    onname: (name) => {
      labels[index] = name;
      page.rename();
    },
    onlong: (values) => page.notice("notice_long_name", values),
  });
  const remove = make("button", { type: "button", class: "quiet remove", "data-testid": `remove-${key}-${index}`, disabled: !removable, onclick: onremove }, "×");
  layout.relabels.push(() => {
    const name = page.label(labels[index]);
    control.relabel(name, page.text(`name_of_${key}`, { number }));
    remove.setAttribute("aria-label", page.text(`remove_${key}`, { name }));
    remove.title = page.text(`remove_${key}`, { name });
  });
  return make(tag, attributes, make("div", { class: "named" }, control.node, remove));
}

function rangeOf(page, column) {
  const { x } = page.ranges;
  return Array.isArray(x[0]) ? (x[column] ?? x[0]) : x;
}

// The names of the columns, and what stands in the other ones.
function headRow(scene, page, { isGate, features, across, withBias, withProduct, relabels }) {
  const { text, rules } = page;
  const head = (className, ...content) => make("th", { scope: "col", class: className }, ...content);
  const names = features.map((column) =>
    nameCell(page, { relabels }, {
      key: "column",
      number: column + 1,
      labels: scene.columns,
      index: column,
      removable: features.length > 1,
      onremove: () => page.reshape(() => removeColumn(scene, column), `column-name-${Math.max(column - 1, 0)}`),
      tag: "th",
      attributes: { scope: "col", class: "column-name" },
    }),
  );
  const add = make("button", {
    type: "button",
    class: "quiet",
    "data-testid": "add-column",
    "aria-label": text("add_column"),
    title: features.length < rules.columns ? text("add_column") : text("most_columns", { most: rules.columns }),
    disabled: features.length >= rules.columns,
    onclick: () =>
      page.reshape(() => addColumn(scene, page.newLabel("new_column", features.length + 1)), `column-name-${features.length}`),
  }, "+");
  const from = isGate && across.map((step) => {
    const node = head("from");
    relabels.push(() => showText(node, `· ${page.label(scene.rows[step])}`));
    return node;
  });
  const score = { attention: scene.activation === "tanh" ? "score_tanh" : "score", scaled_dot_product: "score_scaled" };
  return make(
    "tr",
    { class: "heads" },
    head("corner", text("step")),
    ...(isGate ? [head("x-head", text("x_number"))] : names),
    head("op", isGate ? "" : add),
    ...(from || []),
    withProduct ? head("product", text("product")) : null,
    withBias ? head("b-head role-b", text("bias")) : null,
    head("logit", text("logit")),
    head("score", text(score[scene.kind] ?? "score")),
    head("share role-a", text("weight")),
    isGate ? head("gated", text("output_gate")) : null,
    head("mask", text("mask")),
  );
}

// On top of the columns: the weights, or the query that takes their place.
function factorRow(scene, page, layout) {
  const dot = isDot(scene);
  const cells = layout.features.map((column) => {
    const heading = () => page.label(scene.columns[column]);
    return sliderCell(page, layout, {
      testid: `${dot ? "q" : "w"}-${column}`,
      role: dot ? "q" : "w",
      range: dot ? page.ranges.query : page.ranges.w,
      list: dot ? scene.query : scene.w,
      index: column,
      name: () => page.text(dot ? "slider_q" : "slider_w", { column: heading() }),
      heading,
    });
  });
  const rest = layout.withBias ? 6 : 4;
  return make(
    "tr",
    { class: "factors" },
    make("th", { scope: "row", class: dot ? "role-q" : "role-w" }, page.text(dot ? "query_row" : "weights_row")),
    ...cells,
    make("td", { class: "op" }, "↓"),
    make("td", { class: "hint", colspan: rest }, page.text(dot ? "query_hint" : "weights_hint")),
  );
}

// A gate's weights are a square: they stand in the rows.
function gateHint(page, { across, withBias }) {
  const rest = across.length + (withBias ? 8 : 7);
  return make(
    "tr",
    { class: "factors" },
    make("th", { scope: "row", class: "role-w" }, page.text("weights_row")),
    make("td", { class: "hint", colspan: rest }, page.text("gate_hint")),
  );
}

function buildRow(scene, page, layout, row) {
  const { isGate, features, across, withBias, withProduct, decimals, relabels } = layout;
  const { text } = page;
  const rowName = () => page.label(scene.rows[row]);
  const columnName = (column) => page.label(scene.columns[column]);
  const number = (className, testid, label) => make("td", { class: `number ${className}`, "data-testid": testid, "data-label": label });

  const name = nameCell(page, layout, {
    key: "row",
    number: row + 1,
    labels: scene.rows,
    index: row,
    removable: scene.rows.length > 1,
    onremove: (event) => {
      event.stopPropagation();
      page.reshape(() => removeRow(scene, row), `row-name-${Math.max(row - 1, 0)}`);
    },
    tag: "th",
    attributes: { scope: "row", class: "row-name" },
  });
  const inputs = features.map((column) =>
    sliderCell(page, layout, {
      testid: `x-${row}-${column}`,
      role: "x",
      range: rangeOf(page, column),
      list: scene.x[row],
      index: column,
      name: () => text(isGate ? "slider_x_gate" : "slider_x", { row: rowName(), column: columnName(column) }),
      heading: () => (isGate ? text("x_number") : columnName(column)),
    }),
  );
  const square = isGate
    ? across.map((from) =>
        sliderCell(page, layout, {
          testid: `w-${from}-${row}`,
          role: "w",
          range: page.ranges.w,
          list: scene.w[from],
          index: row,
          name: () => text("slider_w_gate", { column: page.label(scene.rows[from]), row: rowName() }),
          heading: () => `· ${page.label(scene.rows[from])}`,
        }),
      )
    : [];
  const product = withProduct ? number("product", `product-${row}`, text("product")) : null;
  const bias = withBias
    ? sliderCell(page, layout, {
        testid: `b-${row}`,
        role: "b",
        range: page.ranges.b,
        list: scene.b,
        index: row,
        name: () => text("slider_b", { row: rowName() }),
        heading: () => text("bias"),
      })
    : null;
  const logit = number("logit", `logit-${row}`, text("logit"));
  const score = number("score", `score-${row}`, text("score"));
  const fill = make("i");
  const share = make("span", { class: "number", "data-testid": `weight-${row}` });
  const weight = make("td", { class: "share", "data-label": text("weight") }, make("div", { class: "pair" }, make("div", { class: "bar", "aria-hidden": "true" }, fill), share));
  const gated = isGate ? number("gated", `output-${row}`, text("output_gate")) : null;
  const shown = make("input", {
    type: "checkbox",
    "data-testid": `mask-${row}`,
    onchange: () => {
      scene.mask[row] = shown.checked;
      page.turn();
    },
  });
  shown.checked = scene.mask[row];
  relabels.push(() => shown.setAttribute("aria-label", text("show_row", { name: rowName() })));

  const node = make(
    "tr",
    { class: "step", onclick: () => page.select(row), onfocusin: () => page.select(row) },
    name,
    ...inputs,
    make("td", { class: "op" }, "→"),
    ...square,
    product,
    bias,
    logit,
    score,
    weight,
    gated,
    make("td", { class: "mask", "data-label": text("mask") }, shown),
  );
  return {
    node,
    update(trace) {
      showValue(logit, trace.logits[row], twoDecimals);
      showValue(score, trace.scores[row], (value) => fixedNumber(value, decimals));
      showValue(share, trace.weights[row], percent);
      fill.style.transform = `scaleX(${trace.weights[row]})`;
      if (product) showValue(product, dot(scene.x[row], scene.w), twoDecimals);
      if (gated) showValue(gated, trace.output[row], twoDecimals);
      node.classList.toggle("hidden-step", !scene.mask[row]);
    },
  };
}

// At the foot of the columns: what goes on to the next layer.
function outputRow(scene, page, { features, withBias, relabels }) {
  const receives = make("td", { class: "hint", colspan: withBias ? 6 : 4 });
  const cells = features.map((column) => {
    const cell = make("td", { class: "number", "data-testid": `output-${column}` });
    relabels.push(() => (cell.dataset.label = page.label(scene.columns[column])));
    return cell;
  });
  return {
    node: make(
      "tr",
      { class: "outputs" },
      make("th", { scope: "row" }, page.text("output"), make("small", {}, page.text("sum_of"))),
      ...cells,
      make("td", { class: "op" }, "→"),
      receives,
    ),
    update(trace) {
      cells.forEach((cell, column) => showValue(cell, trace.output[column], twoDecimals));
      const most = trace.weights.findIndex((weight) => weight > 0.5);
      const name = most >= 0 && page.label(scene.rows[most]);
      showText(receives, name ? page.text("output_mostly", { name }) : page.text("output_hint"));
    },
  };
}
