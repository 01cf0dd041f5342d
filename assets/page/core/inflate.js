// DEFLATE unpacked (RFC 1951), for pages in one file: Safari before 16.4 has no stream that does it.
// What is unpacked is one's own; for what comes from outside there is packing.js.

const [REPEAT, ZEROS, MANY_ZEROS] = [16, 17, 18]; // instead of a code's length
const LENGTHS_AS_PACKED = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const END = 256; // of a block; what is less is a byte, what is more a length
const FIXED = [...runOf(8, 144), ...runOf(9, 112), ...runOf(7, 24), ...runOf(8, 8)];
// Of lengths and of distances: how many bits follow, and where they begin to count.
const LENGTH_BITS = [...runOf(0, 4), ...[0, 1, 2, 3, 4, 5].flatMap((bits) => runOf(bits, 4)), 0];
const DISTANCE_BITS = [0, 0, ...Array.from({ length: 14 }, (_, bits) => runOf(bits, 2)).flat()];
const FROM_LENGTH = [...sumsFrom(3, LENGTH_BITS).slice(0, -1), 258];
const FROM_DISTANCE = sumsFrom(1, DISTANCE_BITS);

/** @typedef {{ longest: number, found: Uint16Array }} Codes found: by the bits that come, 16 times a symbol, and the length of its code */
/** @typedef {{ take: (count: number) => number, next: (codes: Codes) => number, rest: () => void }} Bits */

/** @type {(value: number, times: number) => number[]} */
function runOf(value, times) {
  return Array(times).fill(value);
}

/** @type {(first: number, bits: number[]) => number[]} */
function sumsFrom(first, bits) {
  let sum = first;
  return bits.map((count) => (sum += 2 ** count) - 2 ** count);
}

/** @type {(bytes: Uint8Array) => Uint8Array<ArrayBuffer>} */
export function inflate(bytes) {
  const bits = bitsOf(bytes);
  /** @type {number[]} */
  const out = [];
  for (let isLast = 0; !isLast;) {
    isLast = bits.take(1);
    const kind = bits.take(2);
    if (kind === 0) copyStored(bits, out);
    else if (kind === 1) unpackBlock(bits, codesOf(FIXED), codesOf(runOf(5, 30)), out);
    else if (kind === 2) unpackBlock(bits, ...codesBefore(bits), out);
    else throw new RangeError("a block must be of kind 0, 1 or 2; got 3");
  }
  return Uint8Array.from(out);
}

/** The lowest bit of a byte comes first.
 * @type {(bytes: Uint8Array) => Bits} */
function bitsOf(bytes) {
  let [at, held, count] = [0, 0, 0]; // count: of the bits in held
  /** @type {(wanted: number) => void} */
  const hold = (wanted) => {
    for (; count < wanted; count += 8, at += 1) held |= (bytes[at] ?? 0) << count;
  };
  /** @type {(wanted: number) => void} */
  const drop = (wanted) => {
    held >>>= wanted;
    count -= wanted;
    if (at - (count >> 3) > bytes.length) throw new RangeError("the packed bytes must have an end");
  };
  /** @type {Bits["take"]} */
  const take = (wanted) => {
    hold(wanted);
    const value = held & ((1 << wanted) - 1);
    drop(wanted);
    return value;
  };
  /** @type {Bits["next"]} */
  const next = ({ longest, found }) => {
    hold(longest);
    const entry = found[held & ((1 << longest) - 1)];
    if (!entry) throw new RangeError("must be a code of the block");
    drop(entry & 15);
    return entry >> 4;
  };
  const rest = () => drop(count & 7);
  return { take, next, rest };
}

/** Codes of one length are consecutive numbers, and begin where those of the length before end.
 * @type {(lengths: number[]) => Codes} lengths: of the code of each symbol; 0: it has none */
function codesOf(lengths) {
  const longest = Math.max(1, ...lengths);
  const found = new Uint16Array(1 << longest);
  for (let length = 1, code = 0; length <= longest; length += 1, code *= 2)
    for (let symbol = 0; symbol < lengths.length; symbol += 1) {
      if (lengths[symbol] !== length) continue;
      const start = reversed(code, length); // its first bit comes first
      for (let i = start; i < found.length; i += 1 << length) found[i] = symbol * 16 + length;
      code += 1;
    }
  return { longest, found };
}

/** @type {(code: number, length: number) => number} */
function reversed(code, length) {
  let turned = 0;
  for (let i = 0; i < length; i += 1) turned |= ((code >> i) & 1) << (length - 1 - i);
  return turned;
}

/** The codes that a block begins with, themselves packed.
 * @type {(bits: Bits) => [Codes, Codes]} */
function codesBefore(bits) {
  const [literals, distances, packed] = [bits.take(5) + 257, bits.take(5) + 1, bits.take(4) + 4];
  const order = runOf(0, LENGTHS_AS_PACKED.length);
  for (let i = 0; i < packed; i += 1) order[LENGTHS_AS_PACKED[i]] = bits.take(3);
  const codes = codesOf(order);
  /** @type {number[]} */
  const lengths = [];
  while (lengths.length < literals + distances) {
    const length = bits.next(codes);
    if (length < REPEAT) lengths.push(length);
    else if (length === REPEAT)
      lengths.push(...runOf(lengths[lengths.length - 1], bits.take(2) + 3));
    else if (length === ZEROS) lengths.push(...runOf(0, bits.take(3) + 3));
    else if (length === MANY_ZEROS) lengths.push(...runOf(0, bits.take(7) + 11));
  }
  return [codesOf(lengths.slice(0, literals)), codesOf(lengths.slice(literals))];
}

/** @type {(bits: Bits, out: number[]) => void} */
function copyStored(bits, out) {
  bits.rest();
  const length = bits.take(16);
  bits.take(16); // the same, inverted
  for (let i = 0; i < length; i += 1) out.push(bits.take(8));
}

/** Bytes, and copies of what came before.
 * @type {(bits: Bits, literals: Codes, distances: Codes, out: number[]) => void} */
function unpackBlock(bits, literals, distances, out) {
  for (let symbol = bits.next(literals); symbol !== END; symbol = bits.next(literals)) {
    if (symbol < END) {
      out.push(symbol);
      continue;
    }
    const size = symbol - END - 1;
    const length = FROM_LENGTH[size] + bits.take(LENGTH_BITS[size]);
    const far = bits.next(distances);
    const distance = FROM_DISTANCE[far] + bits.take(DISTANCE_BITS[far]);
    for (let i = 0; i < length; i += 1) out.push(out[out.length - distance]);
  }
}
