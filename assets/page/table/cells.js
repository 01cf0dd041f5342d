// The table's cells: what one can turn, what one can rename, and numbers. `page` and `layout` are those
// of table.js.

import { make, showValue } from "../ui/dom.js";
import { nameControl, numberControl } from "../ui/sliders.js";
import { gradientLane } from "./gradients.js";

// A slider with its number in a cell, bound to one place of the scene. What can be learned has a lane
// for its gradient.
export function sliderCell(page, layout, { testid, role, range, list, index, name, heading }) {
  const control = numberControl({
    testid,
    role,
    range,
    limits: page.rules.number,
    value: list[index],
    onvalue: (value) => {
      list[index] = value;
      page.turn();
    },
    onrefuse: page.notice,
  });
  const pair = make("div", { class: "pair" }, ...control.nodes);
  const lane = role === "x" ? null : gradientLane(page, testid);
  const cell = make(
    "td",
    { class: `turn ${role}-cell` },
    lane ? make("div", { class: "stack" }, pair, lane.node) : pair,
  );
  if (lane) layout.learned.push({ role, list, index, control, lane });
  layout.relabels.push(() => {
    control.relabel(name(), page.text("typed", { name: name() }));
    cell.dataset.label = heading();
  });
  return cell;
}

export function nameCell(
  page,
  layout,
  { key, number, labels, index, removable, onremove, tag, attributes },
) {
  const control = nameControl({
    testid: `${key}-name-${index}`,
    fixed: page.hides(`${key}s`),
    most: page.rules.name,
    read: () => labels[index],
    write: (label) => {
      labels[index] = label;
      page.rename();
    },
    onlong: (values) => page.notice("notice_long_name", values),
  });
  const remove = make(
    "button",
    {
      type: "button",
      class: "quiet remove",
      "data-testid": `remove-${key}-${index}`,
      disabled: !removable,
      onclick: onremove,
    },
    "×",
  );
  layout.relabels.push(() => {
    const name = page.label(labels[index]);
    control.relabel(name, page.text(`name_of_${key}`, { number }));
    remove.setAttribute("aria-label", page.text(`remove_${key}`, { name }));
    remove.title = page.text(`remove_${key}`, { name });
  });
  return make(tag, attributes, make("div", { class: "named" }, control.node, remove));
}

export function rangeOf(page, column) {
  const { x } = page.ranges;
  return Array.isArray(x[0]) ? (x[column] ?? x[0]) : x;
}

// A computed number. Its text stands in a node of its own, so that it can be hidden and the cell
// stays: a table loses a hidden cell's ground and its column.
export function numberCell(attributes) {
  return make("td", attributes, make("span", { class: "value" }));
}

export function showNumber(cell, value, write) {
  showValue(cell, value, write, cell.firstChild);
}
