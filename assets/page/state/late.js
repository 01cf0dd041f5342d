// The tabs that come late, and who waits for what stands in them.

/** @type {Set<string>} */
const builtTabs = new Set();
/** @type {Map<string, () => void>} what is done once a tab is there: the last that was wanted */
const waitingFor = new Map();

/** @type {(tab: string, act: () => void) => void} */
export function whenBuilt(tab, act) {
  if (builtTabs.has(tab)) act();
  else waitingFor.set(tab, act);
}

/** @type {(tab: string) => void} */
export function tellBuilt(tab) {
  builtTabs.add(tab);
  waitingFor.get(tab)?.();
  waitingFor.delete(tab);
}
