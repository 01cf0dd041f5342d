// The table's cells: what one can change, what one can rename, and numbers.

import { edited, renamed } from "../state/editing.js";
import { given } from "../state/given.js";
import { hides } from "../state/navigation.js";
import { notify } from "../state/notices.js";
import { labelText, text } from "../state/texts.js";
import { make, showValue } from "../ui/dom.js";
import { nameControl } from "../ui/name-control.js";
import { numberControl } from "../ui/number-control.js";
import { gradientLane } from "./gradients.js";

/** @import { Layout, NameOptions, SliderOptions } from "./types.js" */

/** A slider with its number in a cell, bound to one place of the scene. What can be learned has a lane
 * for its gradient.
 * @type {(layout: Layout, options: SliderOptions) => HTMLElement} */
export function sliderCell(layout, { testid, role, range, list, index, part, name, heading }) {
  const control = numberControl({
    testid,
    role,
    range,
    limits: given.rules.number,
    value: list[index],
    onvalue: (value) => {
      list[index] = value;
      edited();
    },
    onrefuse: notify,
  });
  const pair = make("div", { class: "pair" }, ...control.nodes);
  const lane = role === "x" || part === null ? null : gradientLane(testid);
  const cell = make(
    "td",
    { class: `turn ${role}-cell` },
    lane ? make("div", { class: "stack" }, pair, lane.node) : pair,
  );
  if (lane) layout.learned.push({ role, list, index, part: part ?? undefined, control, lane });
  layout.follows.push(() => control.follow(list[index]));
  layout.relabels.push(() => {
    control.relabel(name(), text("typed", { name: name() }));
    cell.dataset.label = heading();
  });
  return cell;
}

/** @type {(layout: Layout, options: NameOptions) => HTMLElement} */
export function nameCell(layout, { key, sign, labels, index, onremove, attributes }) {
  const control = nameControl({
    testid: `${key}-name-${index}`,
    fixed: hides(`${key}s`),
    most: given.rules.name,
    read: () => labels[index],
    write: (label) => {
      labels[index] = label;
      renamed();
    },
    onlong: (values) => notify("notice_long_name", values),
  });
  const remove = make(
    "button",
    {
      type: "button",
      class: "quiet remove",
      "data-testid": `remove-${key}-${index}`,
      disabled: labels.length < 2,
      onclick: onremove,
    },
    "×",
  );
  layout.relabels.push(() => {
    const name = labelText(labels[index]);
    control.relabel(name, text(`name_of_${key}`, { number: index + 1 }));
    remove.setAttribute("aria-label", text(`remove_${key}`, { name }));
    remove.title = text(`remove_${key}`, { name });
  });
  return make("th", attributes, make("div", { class: "named" }, sign, control.node, remove));
}

/** A computed number. Its text stands in a node of its own, so that it can be hidden and the cell
 * stays: a table loses a hidden cell's ground and its column.
 * @type {(attributes: Record<string, string>) => HTMLElement} */
export function numberCell(attributes) {
  return make("td", attributes, make("span", { class: "value" }));
}

/** @type {(cell: HTMLElement, value: number, write: (value: number) => string) => void} */
export function showNumber(cell, value, write) {
  showValue(cell, value, write, cell.lastChild ?? cell);
}
