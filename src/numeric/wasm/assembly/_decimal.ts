// Decimal to binary64, correctly rounded: Lemire (2021), doi:10.1002/spe.2984, and Clinger's exact case before it.

/** Address of the 128-bit powers of five 5^-342 … 5^308, low word first, and of 10^0 … 10^22; ../powers.ts. */
let powers: usize = 0;

/** Bytes before the powers of ten. */
const TENS: usize = 651 << 4;

export function setPowers(address: usize): void {
  powers = address;
}

// prettier-ignore

/** mantissa · 10^exponent, or NaN where the 128 bits do not decide how to round. */
export function toDouble(mantissa: u64, exponent: i32): f64 {
  if (mantissa <= 1 << 53 && exponent >= -22 && exponent <= 22) {
    const power = load<f64>(powers + TENS + ((exponent < 0 ? -exponent : exponent) << 3));
    return exponent < 0 ? <f64>mantissa / power : <f64>mantissa * power;
  }
  if (mantissa == 0 || exponent < -342) return 0;
  return exponent > 308 ? Infinity : lemire(mantissa, exponent);
}

function lemire(mantissa: u64, exponent: i32): f64 {
  const zeros = <i32>clz(mantissa);
  const w = mantissa << zeros;
  const entry = powers + ((exponent + 342) << 4);
  const high5 = load<u64>(entry + 8);
  let lo = w * high5;
  let hi = highProduct(w, high5);
  if ((hi & 0x1ff) == 0x1ff) {
    const more = highProduct(w, load<u64>(entry));
    lo += more;
    if (more > lo) hi++;
  }
  if (lo == 0xffffffffffffffff && (exponent < -27 || exponent > 55)) return NaN;
  const upper = <i32>(hi >>> 63);
  const shift = upper + 9;
  let m = hi >>> shift;
  let power2 = (((152170 + 65536) * exponent) >> 16) + 1086 + upper - zeros;
  if (power2 <= 0) return subnormal(m, power2);
  if (lo <= 1 && exponent >= -4 && exponent <= 23 && (m & 3) == 1 && m << shift == hi) m &= ~1;
  m = (m + (m & 1)) >>> 1;
  if (m >= 2 << 52) {
    m = 1 << 52;
    power2++;
  }
  return power2 >= 0x7ff ? Infinity : reinterpret<f64>((m & ~((<u64>1) << 52)) | ((<u64>power2) << 52));
}

function subnormal(m: u64, power2: i32): f64 {
  if (1 - power2 >= 64) return 0;
  m >>>= 1 - power2;
  m = (m + (m & 1)) >>> 1;
  return reinterpret<f64>(m); // a carry into bit 52 is the exponent of the least normal number
}

/** The upper 64 bits of a product of 64-bit numbers. */
function highProduct(a: u64, b: u64): u64 {
  const a0 = a & 0xffffffff;
  const a1 = a >>> 32;
  const b0 = b & 0xffffffff;
  const b1 = b >>> 32;
  const middle = a1 * b0 + ((a0 * b0) >>> 32);
  return a1 * b1 + (middle >>> 32) + ((a0 * b1 + (middle & 0xffffffff)) >>> 32);
}
