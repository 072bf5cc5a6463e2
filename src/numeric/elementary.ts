/**
 * Elementary functions whose bits do not depend on the JavaScript engine: `Math.exp` and its kin may change in
 * the last place between versions; additions, multiplications, divisions and square roots may not.
 *
 * Algorithms after FreeBSD's msun (fdlibm, Sun Microsystems 1993): argument reduction and a minimax polynomial,
 * within 1 unit in the last place.
 */

const words = new DataView(new ArrayBuffer(8));
const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;

/** Natural logarithm of a double. */
export function log(x: number): number {
  if (Number.isNaN(x) || x < 0) return Number.NaN;
  if (x === 0) return Number.NEGATIVE_INFINITY;
  if (x === Number.POSITIVE_INFINITY) return x;
  let k = 0;
  if (x < 2.2250738585072014e-308) {
    x *= 18014398509481984; // 2^54: lift a subnormal into the normal range
    k = -54;
  }
  words.setFloat64(0, x);
  let high = words.getUint32(0);
  k += (high >>> 20) - 1023;
  high &= 0xfffff;
  const i = (high + 0x95f64) & 0x100000;
  words.setUint32(0, high | (i ^ 0x3ff00000));
  k += i >>> 20;
  const f = words.getFloat64(0) - 1; // x = 2^k (1 + f), f within ±0.42
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const odd =
    z *
    (6.66666666666673513e-1 +
      w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  const half = 0.5 * f * f;
  return k * LN2_HIGH - (half - (s * (half + even + odd) + k * LN2_LOW) - f);
}

/** e to the power of a double. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  if (x < -745.1332191019411) return 0;
  const k = Math.round(x * 1.4426950408889634);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (1.66666666666666019037e-1 +
        t *
          (-2.77777777770155933842e-3 +
            t *
              (6.61375632143793436117e-5 + t * (-1.6533902205465251539e-6 + t * 4.13813679705723846039e-8))));
  const y = 1 - (low - (r * c) / (2 - c) - high);
  return scaleByPowerOfTwo(y, k);
}

function scaleByPowerOfTwo(y: number, k: number): number {
  if (k > 1023) return y * 2 * powerOfTwo(k - 1);
  if (k < -1021) return y * powerOfTwo(k + 54) * 5.551115123125783e-17; // 2^-54
  return y * powerOfTwo(k);
}

function powerOfTwo(k: number): number {
  words.setUint32(0, (k + 1023) << 20);
  words.setUint32(4, 0);
  return words.getFloat64(0);
}

/** Logistic function 1 / (1 + e^−x), without overflow. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + exp(-x));
  const e = exp(x);
  return e / (1 + e);
}

/** Cosine for angles in 0 … π: 1 − 2 sin²(x / 2), the sine by Taylor's series; within 5e-16 of the truth. */
export function cosine(angle: number): number {
  if (angle > Math.PI / 2) return -cosine(Math.PI - angle);
  const z = (angle / 2) * (angle / 2);
  let sine = 1;
  for (let k = 16; k >= 2; k -= 2) sine = 1 - (z / (k * (k + 1))) * sine;
  sine = (angle / 2) * sine;
  return 1 - 2 * sine * sine;
}
