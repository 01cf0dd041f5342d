// A place in a plain object, as keys.toml says it: "scene.objective.rate".

/** @type {(from: any, path: string) => any} */
export function valueAt(from, path) {
  return path.split(".").reduce((value, step) => value[step], from);
}

/** @type {(to: any, path: string, value: any) => void} */
export function setAt(to, path, value) {
  const steps = path.split(".");
  const last = /** @type {string} */ (steps.pop());
  let place = to;
  for (const step of steps) place = place[step] ??= {};
  place[last] = value;
}
