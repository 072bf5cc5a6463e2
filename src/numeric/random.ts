import { log } from './elementary.js';

/** A seeded stream of random numbers: the same seed gives the same numbers on every machine. */
export interface Random {
  /** A double in [0, 1) with 53 random bits. */
  uniform(): number;
  /** A standard normal deviate. */
  normal(): number;
  /** An integer in 0 … n − 1, without modulo bias. */
  integer(n: number): number;
  /** A new array with the indices 0 … n − 1 in random order. */
  permutation(n: number): Int32Array;
  /** An independent stream named by its label (a fold, a worker, a tree); does not advance this one. */
  fork(label: number | string): Random;
}

/**
 * A stream by xoshiro128** (Blackman & Vigna 2021, doi:10.1145/3460772), seeded through SplitMix32. Normal deviates
 * by Marsaglia's polar method.
 * @param seed - an integer, or a text that names the stream.
 */
export function random(seed: number | string): Random {
  return stream(hash(typeof seed === 'number' ? `#${checkedSeed(seed)}` : seed));
}

function checkedSeed(seed: number): number {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`seed must be a whole number, but is ${seed}`);
  return seed;
}

function stream(key: number[]): Random {
  let [a, b, c, d] = key;
  let spare = Number.NaN;

  function next(): number {
    const scrambled = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return scrambled;
  }

  const uniform = (): number => ((next() >>> 5) * 67108864 + (next() >>> 6)) / 9007199254740992;

  function normal(): number {
    if (!Number.isNaN(spare)) {
      const kept = spare;
      spare = Number.NaN;
      return kept;
    }
    for (;;) {
      const u = 2 * uniform() - 1;
      const v = 2 * uniform() - 1;
      const s = u * u + v * v;
      if (s >= 1 || s === 0) continue;
      const scale = Math.sqrt((-2 * log(s)) / s);
      spare = v * scale;
      return u * scale;
    }
  }

  function integer(n: number): number {
    if (!(Number.isInteger(n) && n > 0 && n <= 4294967296))
      throw new RangeError(`n must be a whole number in 1 … 2³², but is ${n}`);
    for (;;) {
      const x = next();
      // Beyond the last whole multiple of n lies the bias. A quotient of integers this small never rounds up, and this
      // is several times as fast as `%`.
      if (x <= 4294967295 - n || x < n * Math.floor(4294967296 / n)) return x - n * Math.floor(x / n);
    }
  }

  function permutation(n: number): Int32Array {
    const order = new Int32Array(n);
    for (let i = 1; i < n; i++) order[i] = i;
    for (let i = n - 1; i > 0; i--) {
      const j = integer(i + 1);
      const held = order[i];
      order[i] = order[j];
      order[j] = held;
    }
    return order;
  }

  return {
    uniform,
    normal,
    integer,
    permutation,
    fork: (label) => stream(hash(`${key.join(',')}/${label}`)),
  };
}

const rotate = (x: number, k: number): number => (x << k) | (x >>> (32 - k));

/** Four 32-bit words from a text: FNV-1a from two starts, then SplitMix32 to spread the bits. */
function hash(text: string): number[] {
  return [...twoWords(fnv1a(text, 0x811c9dc5)), ...twoWords(fnv1a(text, 0x2f0b4c47))];
}

function fnv1a(text: string, state: number): number {
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  return state;
}

function twoWords(state: number): number[] {
  return [1, 2].map((step) => {
    let z = (state + Math.imul(step, 0x9e3779b9)) | 0;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return z ^ (z >>> 15);
  });
}
