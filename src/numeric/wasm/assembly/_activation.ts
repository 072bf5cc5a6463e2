import { erf4, exp4, sigmoid4, softplus4, tanh4 } from './_elementary';

// The numbers of the activations, in the order of ACTIVATIONS in ../network.ts.
const LINEAR = 0;
const RELU = 1;
const SIGMOID = 2;
const TANH = 3;
const ELU = 4;
const SELU = 5;
const SOFTPLUS = 6;
const SWISH = 7;
const GELU = 8;
const LEAKY_RELU = 9;
const RELU6 = 10;
const HARD_SIGMOID = 11;
const SOFTSIGN = 12;
const MISH = 13;
const LEAK: f32 = 0.3;
const SELU_SCALE: f32 = 1.0507009873554805;
const SELU_ALPHA: f32 = 1.6732632423543772;

/**
 * Y = f(Y + bias) in place, for n rows of `ld` columns, and the derivative f′ into D. Dropout: with a threshold above
 * zero, an entry is kept when its random 16 bits are at or above the threshold, and then scaled, in Y as in D.
 */
export function activate(
  kind: i32,
  Y: usize,
  bias: usize,
  D: usize,
  n: i32,
  ld: i32,
  threshold: i32,
  scale: f32,
  state: usize,
): void {
  if (kind == RELU)
    return threshold > 0 ? reluDropout(Y, bias, D, n, ld, threshold, scale, state) : relu(Y, bias, D, n, ld);
  const stride = (<usize>ld) << 2;
  const limit = i16x8.splat(<i16>threshold);
  const kept = f32x4.splat(scale);
  let factor = f32x4.splat(1);
  let r = v128.load(state);
  for (let i = 0; i < n; i++) {
    for (let j: usize = 0; j < stride; j += 16) {
      if (threshold > 0) {
        r = next4(r);
        factor = v128.and(kept, i32x4.extend_low_i16x8_s(i16x8.ge_u(r, limit)));
      }
      const z = f32x4.add(v128.load(Y + j), v128.load(bias + j));
      const y = value(kind, z);
      v128.store(Y + j, f32x4.mul(y, factor));
      v128.store(D + j, f32x4.mul(slope(kind, z, y), factor));
    }
    Y += stride;
    D += stride;
  }
  v128.store(state, r);
}

/** The common case without dropout in a loop of its own. */
function relu(Y: usize, bias: usize, D: usize, n: i32, ld: i32): void {
  const stride = (<usize>ld) << 2;
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  for (let i = 0; i < n; i++, Y += stride, D += stride)
    for (let j: usize = 0; j < stride; j += 16) {
      const z = f32x4.add(v128.load(Y + j), v128.load(bias + j));
      v128.store(Y + j, f32x4.max(z, zero));
      v128.store(D + j, v128.and(one, f32x4.gt(z, zero)));
    }
}

/** The same with dropout, eight columns to a draw. */
function reluDropout(
  Y: usize,
  bias: usize,
  D: usize,
  n: i32,
  ld: i32,
  threshold: i32,
  scale: f32,
  state: usize,
): void {
  const stride = (<usize>ld) << 2;
  const zero = f32x4.splat(0);
  const limit = i16x8.splat(<i16>threshold);
  const kept = f32x4.splat(scale);
  let r = v128.load(state);
  for (let i = 0; i < n; i++) {
    for (let j: usize = 0; j < stride; j += 32) {
      r = v128.xor(r, i32x4.shl(r, 13));
      r = v128.xor(r, i32x4.shr_u(r, 17));
      r = v128.xor(r, i32x4.shl(r, 5));
      const keep = i16x8.ge_u(r, limit);
      const z = f32x4.add(v128.load(Y + j), v128.load(bias + j));
      const d = v128.and(v128.and(kept, i32x4.extend_low_i16x8_s(keep)), f32x4.gt(z, zero));
      v128.store(Y + j, f32x4.mul(z, d));
      v128.store(D + j, d);
      if (j + 16 == stride) break;
      const z2 = f32x4.add(v128.load(Y + j, 16), v128.load(bias + j, 16));
      const d2 = v128.and(v128.and(kept, i32x4.extend_high_i16x8_s(keep)), f32x4.gt(z2, zero));
      v128.store(Y + j, f32x4.mul(z2, d2), 16);
      v128.store(D + j, d2, 16);
    }
    Y += stride;
    D += stride;
  }
  v128.store(state, r);
}

/** One step of xorshift32 (Marsaglia 2003, doi:10.18637/jss.v008.i14) in four streams. */
function next4(r: v128): v128 {
  r = v128.xor(r, i32x4.shl(r, 13));
  r = v128.xor(r, i32x4.shr_u(r, 17));
  return v128.xor(r, i32x4.shl(r, 5));
}

/** Y = f(Y + bias) in place: what `activate` does when nothing is trained. */
export function infer(kind: i32, Y: usize, bias: usize, n: i32, ld: i32): void {
  if (kind == RELU) return inferRelu(Y, bias, n, ld);
  const stride = (<usize>ld) << 2;
  for (let i = 0; i < n; i++) {
    for (let j: usize = 0; j < stride; j += 16)
      v128.store(Y + j, value(kind, f32x4.add(v128.load(Y + j), v128.load(bias + j))));
    Y += stride;
  }
}

/** The common case in a loop of its own. */
function inferRelu(Y: usize, bias: usize, n: i32, ld: i32): void {
  const zero = f32x4.splat(0);
  const stride = (<usize>ld) << 2;
  for (let j: usize = 0; j < stride; j += 16) {
    const b = v128.load(bias + j);
    let y = Y + j;
    for (let i = 0; i < n; i++, y += stride) v128.store(y, f32x4.max(f32x4.add(v128.load(y), b), zero));
  }
}

/** f(z) of four numbers. */
export function value(kind: i32, z: v128): v128 {
  const zero = f32x4.splat(0);
  if (kind == RELU) return f32x4.max(z, zero);
  if (kind == SIGMOID) return sigmoid4(z);
  if (kind == TANH) return tanh4(z);
  if (kind == ELU) return v128.bitselect(z, f32x4.sub(exp4(z), f32x4.splat(1)), f32x4.gt(z, zero));
  if (kind == SELU) {
    const below = f32x4.mul(f32x4.splat(SELU_ALPHA), f32x4.sub(exp4(z), f32x4.splat(1)));
    return f32x4.mul(f32x4.splat(SELU_SCALE), v128.bitselect(z, below, f32x4.gt(z, zero)));
  }
  if (kind == SOFTPLUS) return softplus4(z);
  if (kind == SWISH) return f32x4.mul(z, sigmoid4(z));
  if (kind == GELU) return f32x4.mul(z, normalBelow(z));
  if (kind == LEAKY_RELU)
    return f32x4.add(f32x4.max(z, zero), f32x4.mul(f32x4.splat(LEAK), f32x4.min(z, zero)));
  if (kind == RELU6) return f32x4.min(f32x4.splat(6), f32x4.max(z, zero));
  if (kind == HARD_SIGMOID) return f32x4.min(f32x4.splat(1), f32x4.max(zero, fifth(z)));
  if (kind == SOFTSIGN) return f32x4.div(z, f32x4.add(f32x4.splat(1), f32x4.abs(z)));
  if (kind == MISH) return f32x4.mul(z, tanh4(softplus4(z)));
  return z;
}

/** z / 5 + 1 / 2, between the ends of the hard sigmoid. */
function fifth(z: v128): v128 {
  return f32x4.add(f32x4.mul(f32x4.splat(0.2), z), f32x4.splat(0.5));
}

function slope(kind: i32, z: v128, y: v128): v128 {
  const one = f32x4.splat(1);
  const above = f32x4.gt(z, f32x4.splat(0));
  if (kind == RELU) return v128.and(one, above);
  if (kind == SIGMOID) return f32x4.mul(y, f32x4.sub(one, y));
  if (kind == TANH) return f32x4.sub(one, f32x4.mul(y, y));
  if (kind == ELU) return v128.bitselect(one, f32x4.add(y, one), above);
  if (kind == SELU)
    return v128.bitselect(f32x4.splat(SELU_SCALE), f32x4.add(y, f32x4.splat(SELU_SCALE * SELU_ALPHA)), above);
  if (kind == SOFTPLUS) return sigmoid4(z);
  if (kind == SWISH) {
    const s = sigmoid4(z);
    return f32x4.add(s, f32x4.mul(y, f32x4.sub(one, s)));
  }
  if (kind == GELU) {
    const density = f32x4.mul(
      f32x4.splat(0.3989422804014327),
      exp4(f32x4.mul(f32x4.splat(-0.5), f32x4.mul(z, z))),
    );
    return f32x4.add(normalBelow(z), f32x4.mul(z, density));
  }
  return kind == LINEAR ? one : piecewiseSlope(kind, z, y);
}

function piecewiseSlope(kind: i32, z: v128, y: v128): v128 {
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  const above = f32x4.gt(z, zero);
  if (kind == LEAKY_RELU) return v128.bitselect(one, f32x4.splat(LEAK), above);
  if (kind == RELU6) return v128.and(one, v128.and(above, f32x4.lt(z, f32x4.splat(6))));
  if (kind == HARD_SIGMOID) return v128.and(f32x4.splat(0.2), v128.and(f32x4.gt(y, zero), f32x4.lt(y, one)));
  if (kind == SOFTSIGN) {
    const far = f32x4.add(one, f32x4.abs(z));
    return f32x4.div(one, f32x4.mul(far, far));
  }
  const t = tanh4(softplus4(z)); // mish
  return f32x4.add(t, f32x4.mul(f32x4.mul(z, sigmoid4(z)), f32x4.sub(one, f32x4.mul(t, t))));
}

/** The standard normal distribution function. */
function normalBelow(z: v128): v128 {
  const half = f32x4.splat(0.5);
  return f32x4.add(half, f32x4.mul(half, erf4(f32x4.mul(z, f32x4.splat(0.7071067811865476)))));
}

/** Each row of Z + bias becomes its softmax over the first `cols` columns, in place; the padding becomes 0. */
export function softmax(Z: usize, bias: usize, n: i32, cols: i32, ld: i32): void {
  for (let i = 0; i < n; i++) {
    let top: f32 = -Infinity;
    for (let j = 0; j < cols; j++) {
      const o = (<usize>j) << 2;
      const z = load<f32>(Z + o) + load<f32>(bias + o);
      store<f32>(Z + o, z);
      top = max(top, z);
    }
    let sum: f32 = 0;
    const stride = (<usize>ld) << 2;
    for (let o: usize = 0; o < stride; o += 16)
      v128.store(Z + o, exp4(f32x4.sub(v128.load(Z + o), f32x4.splat(top))));
    for (let j = 0; j < cols; j++) sum += load<f32>(Z + ((<usize>j) << 2));
    for (let j = 0; j < ld; j++) {
      const o = (<usize>j) << 2;
      store<f32>(Z + o, j < cols ? load<f32>(Z + o) / sum : 0);
    }
    Z += stride;
  }
}
