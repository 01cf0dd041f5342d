// A sentence whose words are shaded by how much each one counts.

function wordsView(page, testid, { example }) {
  const words = example.steps.map((step, i) => {
    const share = make("small", { "data-testid": `${testid}-${i}` });
    const word = make("b", { dir: "auto", translate: "no" }, step);
    return { node: make("span", { class: "word" }, word, share), share };
  });
  const sentence = make("p", { class: "words" }, ...words.map(({ node }) => node));
  const map = heatTable(page, `${testid}-map`, example.steps);
  const caption = make("p", { class: "note" }, page.text("learn_mean"));
  const node = make("div", {}, sentence, caption, map.node);
  return {
    node,
    // Who looks may be one pooled sum, or every word of its own: then a word counts on average.
    show({ weights, rows }) {
      const mean = meanWeights(weights);
      words.forEach(({ node, share }, i) => {
        node.style.setProperty("--share", mean[i]);
        node.classList.toggle("much", mean[i] >= MUCH);
        node.classList.toggle("most", mean[i] >= MOST);
        showValue(share, mean[i], percent);
      });
      caption.hidden = map.node.hidden = weights.length === 1;
      if (weights.length > 1) map.show(weights, rows);
    },
  };
}
