/** The least and largest power of five in the table. */
const LEAST = -342;
const LARGEST = 308;
const TOP = 1n << 127n;

/** What assembly/_decimal.ts needs: the powers of five, then 10^0 … 10^22 as doubles, which are exact. */
export function powerTable(): Int32Array {
  const table = new BigUint64Array(2 * (LARGEST - LEAST + 1) + 23);
  table.set(powersOfFive());
  const tens = new Float64Array(table.buffer, 16 * (LARGEST - LEAST + 1));
  for (let e = 0; e < tens.length; e++) tens[e] = Number(`1e${e}`);
  return new Int32Array(table.buffer);
}

/**
 * 5^q for q = −342 … 308 as 128-bit fractions with the top bit set, low word first. Lemire (2021), doi:10.1002/spe.2984, with that article's rounding of the negative powers.
 */
function powersOfFive(): BigUint64Array {
  const table = new BigUint64Array(2 * (LARGEST - LEAST + 1));
  let power = 1n;
  for (let q = 0; q <= -LEAST; q++) {
    if (q <= LARGEST) put(table, q, normalised(power));
    if (q > 0) put(table, -q, reciprocal(power, q));
    power *= 5n;
  }
  return table;
}

function put(table: BigUint64Array, q: number, fraction: bigint): void {
  table[2 * (q - LEAST)] = BigInt.asUintN(64, fraction);
  table[2 * (q - LEAST) + 1] = fraction >> 64n;
}

/** The 128 leading bits, truncated. */
function normalised(power: bigint): bigint {
  const bits = bitLength(power);
  return bits <= 128 ? power << BigInt(128 - bits) : power >> BigInt(bits - 128);
}

/** The 128 leading bits of 1 / power, rounded up. */
function reciprocal(power: bigint, q: number): bigint {
  const z = BigInt(bitLength(power - 1n));
  if (q <= 27) return (1n << (z + 127n)) / power + 1n;
  let fraction = (1n << (2n * z + 128n)) / power + 1n;
  while (fraction >= TOP << 1n) fraction >>= 1n;
  return fraction;
}

const bitLength = (value: bigint): number => value.toString(16).length * 4 - leadingZeros(value);

const leadingZeros = (value: bigint): number => Math.clz32(Number.parseInt(value.toString(16)[0], 16)) - 28;
