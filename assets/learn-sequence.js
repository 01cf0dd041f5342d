// A long sequence: a strip with a bar for each step, and the whole map where every step looks.

const NAMED_STEPS = 40; // with more, the names would run into each other

function sequenceView(page, testid, { example }) {
  const { steps } = example;
  const bars = steps.map((step, i) => {
    const fill = make("i");
    return { fill, node: make("span", { "data-testid": `${testid}-${i}` }, fill), step };
  });
  const strip = make("div", { class: "steps" }, ...bars.map(({ node }) => node));
  const names = make(
    "div",
    { class: "steps names", translate: "no", hidden: steps.length > NAMED_STEPS },
    ...steps.map((step) => make("span", { dir: "auto" }, step)),
  );
  const most = make("p", { class: "note" });
  const map = weightMap(page, testid);
  const node = make("div", {}, strip, names, most, map.node);
  return {
    node,
    show({ weights }) {
      const mean = meanWeights(weights);
      const highest = Math.max(...mean);
      bars.forEach(({ node, fill, step }, i) => {
        fill.style.transform = `scaleY(${mean[i] / highest})`;
        node.setAttribute("data-value", mean[i]);
        node.title = `${i + 1}: ${step} · ${percent(mean[i])}`;
      });
      const at = mean.indexOf(highest);
      const values = { number: at + 1, step: steps[at], share: percent(highest) };
      showText(most, page.text("learn_most", values));
      map.node.hidden = weights.length === 1;
      if (weights.length > 1) map.show(weights);
    },
  };
}

// Every weight of a large map as one dot, the darker the more; the largest is the darkest.
function weightMap(page, testid) {
  const canvas = make("canvas", { class: "map", role: "img", "data-testid": `${testid}-map` });
  const caption = make("p", { class: "note" }, page.text("learn_map"));
  canvas.setAttribute("aria-label", page.text("learn_map"));
  return {
    node: make("div", {}, canvas, caption),
    show(weights) {
      [canvas.width, canvas.height] = [weights[0].length, weights.length];
      const context = canvas.getContext("2d");
      const highest = Math.max(...weights.map((row) => Math.max(...row)));
      context.fillStyle = getComputedStyle(canvas).color;
      weights.forEach((row, y) =>
        row.forEach((weight, x) => {
          context.globalAlpha = weight / highest;
          context.fillRect(x, y, 1, 1);
        }),
      );
    },
  };
}
