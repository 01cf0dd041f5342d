// What a model's number says of a series: a share of its usual value.

import { usualValue } from "./reading/series.js";

/** @import { ReadExample } from "./types.js" */

/** @type {(share: number, example: ReadExample) => { answer: string, forecast: number, sure: null, right: boolean | null }} */
export function forecastOf(share, { values = [], near = null }) {
  const usual = usualValue(values);
  const forecast = share * usual;
  const right = near && near[0] <= forecast && forecast <= near[1];
  return { answer: inDigits(forecast, usual), forecast, sure: null, right };
}

/** In whole numbers, or with as many decimals as make three digits of a usual one.
 * @type {(value: number, usual: number) => string} */
function inDigits(value, usual) {
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(usual)));
  return Math.max(value, 0).toFixed(Math.min(decimals, 12));
}
