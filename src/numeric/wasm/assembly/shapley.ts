import { infer, softmax, value } from './_activation';
import { multiplyRows } from './_sparse';

const RELU = 1; // as in ../network.ts
const SOFTMAX = -1;
const TILE = 32; // background rows that stay in the nearest cache together
const LAYER: usize = 20; // kind, inputs, outputs (padded), weights, bias

/**
 * Mean output of a network when the first layer's sums are `P_b + Q_r`: P what the background rows bring to it (with
 * the bias), Q what the explained rows bring.
 *
 * @param P - backgrounds × width. @param Q - n × width. @param kind - activation of the first layer.
 * @param layers - the layers after it, `count` × 5 words. @param classes - true width of a softmax.
 * @param weights - a double per background row; they add up to one. @param stride - bytes from one explained row's
 * weights to the next.
 * @param scratch - two areas of 32 × `widest` floats, then one for masks. @param chosen - which output.
 * @param V - out: n doubles, `step` bytes apart.
 */
export function meanOutputs(
  P: usize,
  backgrounds: i32,
  Q: usize,
  n: i32,
  width: i32,
  kind: i32,
  layers: usize,
  count: i32,
  classes: i32,
  weights: usize,
  stride: usize,
  scratch: usize,
  widest: i32,
  chosen: i32,
  V: usize,
  step: usize,
): void {
  const row = (<usize>width) << 2;
  const last = layers + <usize>(count - 1) * LAYER;
  const single = count > 0 && load<i32>(last) != SOFTMAX; // the last layer has one output
  const whole = single ? count - 1 : count;
  for (let r = 0; r < n; r++) {
    let sum: f64 = 0;
    for (let b = 0; b < backgrounds; b += TILE) {
      const m = min(TILE, backgrounds - b);
      const w = weights + <usize>r * stride + ((<usize>b) << 3);
      enter(kind, P + <usize>b * row, Q + <usize>r * row, scratch, m, width, count == 0 ? classes : 0);
      const out = through(layers, whole, scratch, widest, m, classes);
      if (single) sum += meanOfHead(last, out, m, w);
      else sum += meanOfColumn(out, count == 0 ? width : load<i32>(last, 8), chosen, m, w);
    }
    store<f64>(V + <usize>r * step, sum);
  }
}

/** Weighted sum of one column of m rows. */
function meanOfColumn(Y: usize, ld: i32, column: i32, m: i32, weights: usize): f64 {
  let sum: f64 = 0;
  for (let k = 0; k < m; k++)
    sum += load<f64>(weights + ((<usize>k) << 3)) * <f64>load<f32>(Y + ((<usize>(k * ld + column)) << 2));
  return sum;
}

/** Weighted sum of a layer's single output for m rows, four rows at a time. Its weights lie one after another. */
function meanOfHead(layer: usize, X: usize, m: i32, weights: usize): f64 {
  const kind = load<i32>(layer);
  const ld = (<usize>load<i32>(layer, 4)) << 2;
  const W = <usize>load<i32>(layer, 12);
  const bias = v128.load32_splat(<usize>load<i32>(layer, 16));
  let sum: f64 = 0;
  for (let k = 0; k < m; k += 4, X += 4 * ld) {
    const y = value(kind, f32x4.add(bias, dots4(X, ld, W)));
    for (let o: usize = 0; o < 4 && k + <i32>o < m; o++)
      sum += load<f64>(weights + ((<usize>k + o) << 3)) * <f64>lane(y, o);
  }
  return sum;
}

function lane(y: v128, k: usize): f32 {
  if (k == 0) return f32x4.extract_lane(y, 0);
  if (k == 1) return f32x4.extract_lane(y, 1);
  return k == 2 ? f32x4.extract_lane(y, 2) : f32x4.extract_lane(y, 3);
}

/** Products of four rows, `ld` bytes long, with one. */
function dots4(X: usize, ld: usize, W: usize): v128 {
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  for (let j: usize = 0; j < ld; j += 16) {
    const w = v128.load(W + j);
    a = f32x4.add(a, f32x4.mul(w, v128.load(X + j)));
    b = f32x4.add(b, f32x4.mul(w, v128.load(X + ld + j)));
    c = f32x4.add(c, f32x4.mul(w, v128.load(X + 2 * ld + j)));
    d = f32x4.add(d, f32x4.mul(w, v128.load(X + 3 * ld + j)));
  }
  const low = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const high = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(low, high, 0, 1, 4, 5), v128.shuffle<f32>(low, high, 2, 3, 6, 7));
}

/** The first `count` layers for m rows; where their outputs lie. */
function through(layers: usize, count: i32, scratch: usize, widest: i32, m: i32, classes: i32): usize {
  const area = (<usize>(TILE * widest)) << 2;
  let from = scratch;
  let to = scratch + area;
  for (let l = 0; l < count; l++) {
    pass(layers + <usize>l * LAYER, from, to, m, classes, scratch + 2 * area);
    const held = from;
    from = to;
    to = held;
  }
  return from;
}

/** H = f(P + q) for m rows. */
function enter(kind: i32, P: usize, q: usize, H: usize, m: i32, width: i32, classes: i32): void {
  const row = (<usize>width) << 2;
  if (kind != RELU) {
    memory.copy(H, P, <usize>m * row);
    if (kind == SOFTMAX) softmax(H, q, m, classes, width);
    else infer(kind, H, q, m, width);
    return;
  }
  const zero = f32x4.splat(0);
  for (let j: usize = 0; j < row; j += 16) {
    const v = v128.load(q + j);
    for (let o = j; o < <usize>m * row; o += row)
      v128.store(H + o, f32x4.max(zero, f32x4.add(v, v128.load(P + o))));
  }
}

/** One layer for m rows. */
function pass(layer: usize, X: usize, Y: usize, m: i32, classes: i32, masks: usize): void {
  const kind = load<i32>(layer);
  const inputs = load<i32>(layer, 4);
  const outputs = load<i32>(layer, 8);
  const bias = <usize>load<i32>(layer, 16);
  multiplyRows(X, inputs, <usize>load<i32>(layer, 12), outputs, Y, outputs, m, outputs, inputs, masks);
  if (kind == SOFTMAX) softmax(Y, bias, m, classes, outputs);
  else infer(kind, Y, bias, m, outputs);
}

export { matmul } from './_matmul';
