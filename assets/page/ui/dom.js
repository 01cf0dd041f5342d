// Building nodes. Text always arrives as text: nothing here reads HTML.

// make("td", { class: "number", "data-testid": "logit-0", onclick: f }, child, "text")

export function make(tag, attributes = {}, ...children) {
  return furnish(document.createElement(tag), attributes, children);
}

// The same for a part of a drawing: makeShape("svg", { viewBox: "0 0 100 40" }, makeShape("path"))
export function makeShape(tag, attributes = {}, ...children) {
  return furnish(document.createElementNS(SHAPES, tag), attributes, children);
}

// The browser's own name for the family of tags that draw.
const SHAPES = new DOMParser().parseFromString("<svg>", "text/html").body.firstChild.namespaceURI;

function furnish(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false)
      node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

// "**so** it is" -> [<strong>so</strong>, " it is"]
export function emphasised(text) {
  return text.split("**").map((part, i) => (i % 2 ? make("strong", {}, part) : part));
}

// Writes only what has changed, and into the text node that is there: most cells stand still while
// one slider moves, and the others change without a new node.
export function showText(node, text) {
  const only = node.firstChild;
  if (only?.nodeType !== Node.TEXT_NODE || only.nextSibling) node.textContent = text;
  else if (only.data !== text) only.data = text;
}

// inside: where the text goes, if not straight into the node
const shownValues = new WeakMap(); // node -> number
export function showValue(node, value, write, inside = node) {
  if (Object.is(shownValues.get(node), value)) return;
  shownValues.set(node, value);
  node.setAttribute("data-value", value);
  showText(inside, write(value));
}

// Nothing is known of it now.
export function showNoValue(node) {
  shownValues.delete(node);
  node.removeAttribute("data-value");
  showText(node, "–");
}
