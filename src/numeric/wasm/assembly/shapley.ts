import { infer, softmax } from './_activation';
import { matmul } from './_matmul';

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
 * @param scratch - two areas of 32 × `widest` floats. @param chosen - which output. @param V - out: n doubles,
 * `step` bytes apart.
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
  const area = (<usize>(TILE * widest)) << 2;
  const row = (<usize>width) << 2;
  for (let r = 0; r < n; r++) {
    let sum: f64 = 0;
    for (let b = 0; b < backgrounds; b += TILE) {
      const m = min(TILE, backgrounds - b);
      enter(kind, P + <usize>b * row, Q + <usize>r * row, scratch, m, width, count == 0 ? classes : 0);
      let from = scratch;
      let to = scratch + area;
      let ld = width;
      for (let l = 0; l < count; l++) {
        const layer = layers + <usize>l * LAYER;
        ld = load<i32>(layer, 8);
        pass(layer, from, to, m, classes);
        const held = from;
        from = to;
        to = held;
      }
      const w = weights + <usize>r * stride + ((<usize>b) << 3);
      for (let k = 0; k < m; k++)
        sum += load<f64>(w + ((<usize>k) << 3)) * <f64>load<f32>(from + ((<usize>(k * ld + chosen)) << 2));
    }
    store<f64>(V + <usize>r * step, sum);
  }
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
function pass(layer: usize, X: usize, Y: usize, m: i32, classes: i32): void {
  const kind = load<i32>(layer);
  const inputs = load<i32>(layer, 4);
  const outputs = load<i32>(layer, 8);
  const bias = <usize>load<i32>(layer, 16);
  matmul(X, inputs, 1, <usize>load<i32>(layer, 12), outputs, Y, outputs, m, outputs, inputs);
  if (kind == SOFTMAX) softmax(Y, bias, m, classes, outputs);
  else infer(kind, Y, bias, m, outputs);
}

export { matmul } from './_matmul';
