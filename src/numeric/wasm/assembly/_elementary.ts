// Elementary functions whose bits are the same on every machine: additions, multiplications, divisions, square roots
// and bit patterns only. Four floats at a time after Cephes (Moshier 1992: expf, logf), within 2 units in the last
// place; doubles after FreeBSD's msun, like src/numeric/elementary.ts, with the same bits.

/** e to the power of four floats, from 1e-38 up to 3e38; NaN stays NaN. */
export function exp4(x: v128): v128 {
  x = f32x4.min(f32x4.max(x, f32x4.splat(-87.33654)), f32x4.splat(88.3762626647949));
  const k = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504088896341)));
  let r = f32x4.sub(x, f32x4.mul(k, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(k, f32x4.splat(-2.1219444e-4)));
  let p = f32x4.splat(1.98756915e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  const y = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(k), i32x4.splat(127)), 23);
  return f32x4.mul(y, power);
}

/** Natural logarithm of four positive, normal floats. */
export function log4(x: v128): v128 {
  const one = f32x4.splat(1);
  let k = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_u(x, 23), i32x4.splat(126)));
  let m = v128.or(v128.and(x, i32x4.splat(0x007fffff)), i32x4.splat(0x3f000000)); // in [0.5, 1)
  const low = f32x4.lt(m, f32x4.splat(0.707106781186547524));
  k = f32x4.sub(k, v128.and(one, low));
  m = f32x4.sub(f32x4.add(m, v128.and(m, low)), one);
  const z = f32x4.mul(m, m);
  let p = f32x4.splat(7.0376836292e-2);
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(-1.151461031e-1));
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(1.167699874e-1));
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(-1.2420140846e-1));
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(1.4249322787e-1));
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(-1.6668057665e-1));
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(2.0000714765e-1));
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(-2.4999993993e-1));
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(3.3333331174e-1));
  let y = f32x4.mul(f32x4.mul(p, m), z);
  y = f32x4.add(y, f32x4.mul(k, f32x4.splat(-2.1219444e-4)));
  y = f32x4.sub(y, f32x4.mul(z, f32x4.splat(0.5)));
  return f32x4.add(f32x4.add(m, y), f32x4.mul(k, f32x4.splat(0.693359375)));
}

/** 1 / (1 + e^−x) of four floats. */
export function sigmoid4(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exp4(f32x4.neg(x))));
}

/** Hyperbolic tangent of four floats: Cephes' polynomial near zero, where 1 − 2 / (e^2x + 1) would cancel. */
export function tanh4(x: v128): v128 {
  const one = f32x4.splat(1);
  const a = f32x4.abs(x);
  const far = f32x4.sub(one, f32x4.div(f32x4.splat(2), f32x4.add(exp4(f32x4.add(a, a)), one)));
  const z = f32x4.mul(x, x);
  let p = f32x4.splat(-5.70498872745e-3);
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(2.06390887954e-2));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-5.37397155531e-2));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(1.33314422036e-1));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-3.33332819422e-1));
  const near = f32x4.add(f32x4.mul(f32x4.mul(p, z), x), x);
  const signed = v128.or(far, v128.and(x, i32x4.splat(<i32>0x80000000)));
  return v128.bitselect(near, signed, f32x4.lt(a, f32x4.splat(0.625)));
}

/** log(1 + e^x) of four floats, without overflow. */
export function softplus4(x: v128): v128 {
  const one = f32x4.splat(1);
  const e = exp4(f32x4.neg(f32x4.abs(x)));
  const u = f32x4.add(one, e);
  const lost = f32x4.sub(u, one); // Kahan's log1p: what of e survived the addition
  const l = f32x4.div(f32x4.mul(log4(u), e), lost);
  const log1p = v128.bitselect(e, l, f32x4.eq(lost, f32x4.splat(0)));
  return f32x4.add(f32x4.max(x, f32x4.splat(0)), log1p);
}

/** Error function of four floats: the rational approximation of Eigen and XLA on ±4. */
export function erf4(x: v128): v128 {
  x = f32x4.min(f32x4.max(x, f32x4.splat(-4)), f32x4.splat(4));
  const z = f32x4.mul(x, x);
  let p = f32x4.splat(-2.72614225801306e-10);
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(2.77068142495902e-8));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-2.10102402082508e-6));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-5.69250639462346e-5));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-7.34990630326855e-4));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-2.95459980854025e-3));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-1.60960333262415e-2));
  let q = f32x4.splat(-1.45660718464996e-5);
  q = f32x4.add(f32x4.mul(q, z), f32x4.splat(-2.13374055278905e-4));
  q = f32x4.add(f32x4.mul(q, z), f32x4.splat(-1.68282697438203e-3));
  q = f32x4.add(f32x4.mul(q, z), f32x4.splat(-7.37332916720468e-3));
  q = f32x4.add(f32x4.mul(q, z), f32x4.splat(-1.42647390514189e-2));
  return f32x4.div(f32x4.mul(x, p), q);
}

const LN2_HIGH: f64 = 6.9314718036912381649e-1;
const LN2_LOW: f64 = 1.90821492927058770002e-10;

/** e to the power of a double. */
export function exp1(x: f64): f64 {
  if (x != x) return x;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019411) return 0;
  const k = Math.floor(x * 1.4426950408889634 + 0.5);
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
  const y = 1.0 - (low - (r * c) / (2.0 - c) - high);
  const n = <i64>k;
  if (n > 1023) return y * 2.0 * reinterpret<f64>((n + 1022) << 52);
  if (n < -1021) return y * reinterpret<f64>((n + 1077) << 52) * 5.551115123125783e-17; // 2^-54
  return y * reinterpret<f64>((n + 1023) << 52);
}

/** Natural logarithm of a positive, normal double; zero gives −∞. */
export function log1(x: f64): f64 {
  if (x == 0) return -Infinity;
  if (x != x || x < 0) return NaN;
  const bits = reinterpret<u64>(x);
  let high = <i32>(bits >> 32);
  let k = (high >> 20) - 1023;
  high &= 0xfffff;
  const i = (high + 0x95f64) & 0x100000;
  k += i >> 20;
  const f = reinterpret<f64>(((<u64>(high | (i ^ 0x3ff00000))) << 32) | (bits & 0xffffffff)) - 1.0;
  const s = f / (2.0 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const odd =
    z *
    (6.66666666666673513e-1 +
      w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  const half = 0.5 * f * f;
  return <f64>k * LN2_HIGH - (half - (s * (half + even + odd) + <f64>k * LN2_LOW) - f);
}

/** log(1 + e^x) of a double. */
export function softplus1(x: f64): f64 {
  const e = exp1(-Math.abs(x));
  const u = 1.0 + e;
  const log1p = u == 1.0 ? e : (log1(u) * e) / (u - 1.0);
  return max(x, 0.0) + log1p;
}
