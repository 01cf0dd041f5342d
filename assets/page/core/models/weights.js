// The weights of a recording, as attention/training/packed_weights.py packs them: bytes with a scale for
// each column, or whole numbers of 32 bits where there are few.

import { tensor } from "./tensor.js";

/** @import { Packed, Tensor } from "./types.js" */

/** @type {(packed: Packed[]) => Tensor[]} */
export function unpackWeights(packed) {
  return packed.map(({ shape, float32, int8, scales }) => {
    if (float32 !== undefined) return tensor(shape, new Float32Array(bytesInBase64(float32)));
    const steps = new Int8Array(bytesInBase64(/** @type {string} */ (int8)));
    const scale = new Float32Array(bytesInBase64(/** @type {string} */ (scales)));
    // Float32Array rounds each product to 32 bits, as NumPy does.
    return tensor(
      shape,
      Float32Array.from(steps, (step, i) => step * scale[i % scale.length]),
    );
  });
}

/** @type {(text: string) => ArrayBuffer} */
function bytesInBase64(text) {
  const raw = atob(text);
  return Uint8Array.from(raw, (letter) => letter.charCodeAt(0)).buffer;
}
