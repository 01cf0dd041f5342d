// A line of letters, however long: each letter with a bar above it for how much it is looked at.

function sequenceView(page, testid, { example }) {
  const cells = example.steps.map((step, i) => {
    const fill = make("i");
    const letter = make("b", { translate: "no" }, step);
    const attributes = { class: "letter", "data-testid": `${testid}-${i}` };
    return { fill, step, node: make("span", attributes, make("span", {}, fill), letter) };
  });
  const most = make("p", { class: "note" });
  return {
    node: make(
      "div",
      {},
      make("div", { class: "letters" }, ...cells.map(({ node }) => node)),
      most,
    ),
    // The highest bar is as high as there is room: among 200 letters all weights are small.
    show({ weights }) {
      const mean = meanWeights(weights);
      const highest = Math.max(...mean);
      cells.forEach(({ node, fill, step }, i) => {
        fill.style.transform = `scaleY(${mean[i] / highest})`;
        node.setAttribute("data-value", mean[i]);
        node.title = `${i + 1}: ${step} · ${percent(mean[i])}`;
      });
      showText(most, mostSeen(page, mean, example.steps));
    },
  };
}

// -> which step is looked at most, in words
function mostSeen(page, mean, steps) {
  const at = mean.indexOf(Math.max(...mean));
  return page.text("learn_most", { number: at + 1, step: steps[at], share: percent(mean[at]) });
}
