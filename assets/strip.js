// On a phone the rows do not fit on one screen: a strip at its foot keeps every weight and the
// output in sight. It repeats what the table says, so it is hidden from screen readers.

function weightStrip(scene, page) {
  const bars = scene.rows.map(() => {
    const [fill, share, name] = [make("i"), make("b"), make("small", { dir: "auto" })];
    return {
      node: make("div", {}, make("div", { class: "column" }, fill), share, name),
      fill,
      share,
      name,
    };
  });
  const output = make("p");
  const node = make(
    "div",
    { class: "strip", "aria-hidden": "true" },
    make("div", { class: "columns" }, ...bars.map((bar) => bar.node)),
    output,
  );
  node.classList.toggle("many", bars.length > 6);
  return {
    node,
    update(trace) {
      bars.forEach(({ fill, share }, row) => {
        fill.style.transform = `scaleY(${trace.weights[row]})`;
        showText(share, percent(trace.weights[row]));
      });
      showText(
        output,
        `${page.text("output")}: ${trace.output.map((value) => fixedNumber(value, 2)).join(" · ")}`,
      );
    },
    relabel() {
      bars.forEach(({ name }, row) => showText(name, page.label(scene.rows[row])));
    },
  };
}
