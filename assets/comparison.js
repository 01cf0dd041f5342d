// Two variations compared: their weights, and the difference.

// page: text(), lang(), choices() and variations
function comparisonPanel(page, onchange) {
  const { text, variations } = page;
  const title = make("h3");
  const selects = [0, 1].map((i) => {
    const select = make(
      "select",
      {
        "data-testid": `compare-${i}`,
        onchange: () => {
          page.choices().compare[i] = select.value;
          update();
          onchange();
        },
      },
      ...variations.map(({ name }) => make("option", { value: name })),
    );
    return select;
  });
  const images = ["a", "b", "difference"].map((name) => picture(`compare-picture-${name}`));
  const largest = make("p", { class: "note", "data-testid": "compare-largest" });
  const figure = (head, image) => make("div", {}, head, image.node);
  const minus = make("p", { class: "caption" });
  const mean = make("p", { class: "note" });
  const node = make(
    "section",
    { class: "panel comparison" },
    title,
    make(
      "div",
      { class: "three" },
      ...selects.map((select, i) => figure(make("label", { class: "field" }, select), images[i])),
      figure(minus, images[2]),
    ),
    largest,
    mean,
  );
  let found = null;
  const named = (name) => variations.find((one) => one.name === name)?.title[page.lang()];

  function update() {
    const { compare } = page.choices();
    showText(title, text("compare_title"));
    showText(minus, text("compare_difference"));
    showText(mean, text("compare_mean"));
    selects.forEach((select, i) => {
      [...select.options].forEach((option) => showText(option, named(option.value)));
      select.value = compare[i];
      select.setAttribute("aria-label", text(["compare_first", "compare_second"][i]));
      images[i].describe(text("gallery_picture", { title: named(compare[i]) }));
    });
    images[2].describe(text("compare_difference"));
    if (found)
      showText(
        largest,
        found.largest === 0
          ? text("compare_same")
          : text("compare_largest", {
              difference: smallNumber(found.difference),
              query: found.query ?? text("figure_layer"),
              key: found.key,
            }),
      );
  }
  return {
    node,
    update,
    show({ cards, comparison }, names) {
      found = comparison;
      names.forEach((name, i) => images[i].show(cards[name].image));
      images[2].show(comparison.image);
      update();
    },
  };
}
