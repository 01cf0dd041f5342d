// Building nodes. Text always arrives as text: nothing here reads HTML.

import { on } from "../state/events.js";

/** @typedef {Node | string | null | undefined | false} Child what is nothing is left out */
/** @typedef {{ [K in keyof HTMLElementEventMap as `on${K}`]?: (event: HTMLElementEventMap[K]) => unknown }} Handlers */
/** @typedef {Handlers & { [name: string]: unknown }} Attributes `true` is an attribute without a value, `false` and nothing are none */

/** make("td", { class: "number", "data-testid": "logit-0", onclick: f }, child, "text")
 * @type {<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, attributes?: Attributes, ...children: Child[]) => HTMLElementTagNameMap[Tag]} */
export function make(tag, attributes = {}, ...children) {
  return furnish(document.createElement(tag), attributes, children);
}

/** A button that does what onclick does: makeButton("reset", restart, "pill reset", "Reset")
 * @type {(testid: string | null, onclick: (event: MouseEvent) => unknown, className?: string | null, ...children: Child[]) => HTMLButtonElement} */
export function makeButton(testid, onclick, className = "pill", ...children) {
  const attributes = { type: "button", class: className, "data-testid": testid, onclick };
  return make("button", attributes, ...children);
}

/** The same for a part of a drawing: makeShape("svg", { viewBox: "0 0 100 40" }, makeShape("path"))
 * @type {<Tag extends keyof SVGElementTagNameMap>(tag: Tag, attributes?: Attributes, ...children: Child[]) => SVGElementTagNameMap[Tag]} */
export function makeShape(tag, attributes = {}, ...children) {
  const shape = document.createElementNS(SHAPES, tag);
  return /** @type {any} */ (furnish(/** @type {SVGElement} */ (shape), attributes, children));
}

// The browser's own name for the family of tags that draw.
const SHAPES =
  new DOMParser().parseFromString("<svg>", "text/html").body.firstElementChild?.namespaceURI ??
  null;

/** @type {<Item extends Element>(node: Item, attributes: Attributes, children: Child[]) => Item} */
function furnish(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on"))
      node.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else if (name === "style")
      /** @type {any} */ (node).style.cssText = value; // no policy forbids it, as it does the attribute
    else if (value === true) node.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false)
      node.setAttribute(name, String(value));
  }
  node.append(...children.flatMap((child) => child || []));
  return node;
}

/** "**so** it is" -> [<strong>so</strong>, " it is"]
 * @type {(text: string) => (HTMLElement | string)[]} */
export function emphasised(text) {
  return text
    .split("**")
    .flatMap((part, i) => (i % 2 ? make("strong", {}, ...typeset(part)) : typeset(part)));
}

const POWER = /\^(\((?:[^()]|\([^()]*\))*\)|−?\d+(?:[.,]\d+)?)/; // "^(84/20)", "^−1", "^4.50"

const INDEX = /\bW_([qkv])\b/; // "W_q"

/** "e^(84/20) ≈ 67" with the power raised, and "W_q" with the index lowered. As a text it stays what it was,
 * for who hears or copies it.
 * @type {(text: string) => (HTMLElement | string)[]} */
function typeset(text) {
  return text.split(POWER).flatMap((part, i) => {
    if (i % 2 === 0) return withIndices(part);
    const [open, power, close] = part.startsWith("(")
      ? ["^(", part.slice(1, -1), ")"]
      : ["^", part, ""];
    return make(
      "span",
      { class: "typeset" },
      make("span", { class: "unseen" }, open),
      make("sup", {}, power),
      close && make("span", { class: "unseen" }, close),
    );
  });
}

/** @type {(text: string) => (HTMLElement | string)[]} */
function withIndices(text) {
  return text
    .split(INDEX)
    .map((part, i) =>
      i % 2 === 0
        ? part
        : make(
            "span",
            { class: "typeset" },
            "W",
            make("span", { class: "unseen" }, "_"),
            make("sub", {}, part),
          ),
    );
}

/** Like showText, with powers raised and indices lowered.
 * @type {(node: Node, text: string) => void} */
export function showTypeset(node, text) {
  if (!/\^|W_/.test(text)) showText(node, text);
  else if (node.textContent !== text)
    /** @type {Element} */ (node).replaceChildren(...typeset(text));
}

/** Writes only what has changed, and into the text node that is there: most cells stand still while
 * one slider moves, and the others change without a new node.
 * @type {(node: Node, text: string) => void} */
export function showText(node, text) {
  const only = node.firstChild;
  if (!(only instanceof Text) || only.nextSibling) node.textContent = text;
  else if (only.data !== text) only.data = text;
}

/** @type {WeakMap<Element, number>} */
let shownValues = new WeakMap();
on("language", () => (shownValues = new WeakMap())); // which may have another decimal mark

/** A number in full as `data-value`, and as one reads it; inside: where the text goes, if not straight
 * into the node.
 * @type {(node: Element, value: number, write: (value: number) => string, inside?: Node) => void} */
export function showValue(node, value, write, inside = node) {
  if (Object.is(shownValues.get(node), value)) return;
  shownValues.set(node, value);
  node.setAttribute("data-value", String(value));
  showText(inside, write(value));
}

/** Nothing is known of it now.
 * @type {(node: Element) => void} */
export function showNoValue(node) {
  shownValues.delete(node);
  node.removeAttribute("data-value");
  showText(node, "–");
}

/** More rules for the page, put into an empty style: even a page in one file allows that, whose own styles
 * are all that its policy lets in.
 * @type {(rules: string[]) => void} */
export function addRules(rules) {
  const node = make("style");
  document.head.append(node);
  rules.forEach((rule, at) => node.sheet?.insertRule(rule, at));
}
