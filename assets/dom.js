// Building nodes. Text always arrives as text: nothing here reads HTML.

// make("td", { class: "number", "data-testid": "logit-0", onclick: f }, child, "text")
function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

// "**so** it is" -> [<strong>so</strong>, " it is"]
function emphasised(text) {
  return text.split("**").map((part, i) => (i % 2 ? make("strong", {}, part) : part));
}

// Writes only what has changed: most cells stand still while one slider moves.
function showText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function showValue(node, value, text) {
  const exact = String(value);
  if (node.dataset.value === exact) return;
  node.dataset.value = exact;
  showText(node, text);
}
