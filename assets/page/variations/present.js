// What all variations look at just now, and what each of them makes of it, computed once.

import { applyVariation, shownSteps, standardised } from "../core/variation-setting.js";
import { VARIATION_TWINS } from "../core/variations.js";
import { state } from "../state/store.js";
import { labelText, text } from "../state/texts.js";

/** @import { Matrix } from "../core/types.js" */
/** @import { VariationSetting } from "../core/variation-setting.js" */
/** @import { Applied, Parameters } from "../core/variations.js" */
/** @import { Variation } from "../state/given.js" */
/** @import { Named } from "../ui/ribbon-map.js" */
/** @import { Numbers } from "./types.js" */
/** @typedef {{ isTable: boolean, names: string[], features: string[], applied: (variation: Variation) => Applied | null }} Present applied: null until its numbers are there */

/** numbers: null until they are there; -> null where nothing can be shown without them
 * @type {(numbers: Numbers | null) => Present | null} */
export function presentOf(numbers) {
  const source = state.gallery.sentence === null ? fromTable() : fromSentence(numbers);
  if (!source) return null;
  const { padding, causal, window: width, standardised: isEven } = state.gallery;
  const masks = { padding, causal, width };
  const shown = shownSteps({ mask: source.mask, masks });
  const x = source.isTable && isEven ? standardised(source.x, shown) : source.x;
  const setting = { x, mask: source.mask, masks };
  /** @type {Map<string, Applied | null>} */
  const found = new Map();
  return {
    isTable: source.isTable,
    names: source.names,
    features: source.features,
    applied(variation) {
      const { name } = variation;
      if (!found.has(name)) found.set(name, resultOf(variation, setting, numbers));
      return found.get(name) ?? null;
    },
  };
}

function fromTable() {
  const { rows, columns, x, mask } = state.scene;
  return { isTable: true, names: rows.map(labelText), features: columns.map(labelText), x, mask };
}

/** @param {Numbers | null} numbers */
function fromSentence(numbers) {
  if (!numbers?.x) return null;
  const { names, features, x, padding } = numbers;
  return {
    isTable: false,
    names,
    features,
    x,
    mask: names.map((_, i) => i < names.length - padding),
  };
}

/** @type {(variation: Variation, setting: VariationSetting, numbers: Numbers | null) => Applied | null} */
function resultOf(variation, setting, numbers) {
  if (!Object.hasOwn(VARIATION_TWINS, variation.name))
    return numbers?.applied[variation.name] ?? null;
  const parameters = parametersOf(variation, numbers);
  return parameters && applyVariation(variation, setting, parameters);
}

/** The table's own numbers, or else seeded ones.
 * @type {(variation: Variation, numbers: Numbers | null) => Parameters | null} */
function parametersOf({ name, kind, parameters }, numbers) {
  const { kind: present, w, b, x } = state.scene;
  if (state.gallery.sentence === null && kind === present) return { w, b: b ?? x.map(() => 0) };
  return Object.keys(parameters).length ? (numbers?.parameters[name] ?? null) : {};
}

/** Who is looked at, and who looks.
 * @type {(variation: Variation, present: Present) => { sources: Named[], targets: Named[] }} */
export function endsOf({ rows }, { names, features }) {
  const sources = names.map((name, row) => ({ name, row }));
  if (rows === "step") return { sources, targets: sources };
  const askers = rows === "layer" ? [text("output")] : features;
  return { sources, targets: askers.map((name) => ({ name })) };
}
