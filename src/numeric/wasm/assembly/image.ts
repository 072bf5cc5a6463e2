// Correlation of a picture with a kernel along one axis, sixteen pixels at a time. X and Y are height × width floats
// with room for sixteen more behind them: a row's last block writes into the next row, which is written after it.

/** Y = each row of X correlated with K (an odd number of taps); P has room for a row and its margins. */
export function correlateRows(
  X: usize,
  Y: usize,
  width: i32,
  height: i32,
  K: usize,
  taps: i32,
  P: usize,
): void {
  const radius = taps >> 1;
  for (let y = 0; y < height; y++) {
    const row = X + ((<usize>(y * width)) << 2);
    for (let i = 0; i < width + 2 * radius; i++)
      store<f32>(P + ((<usize>i) << 2), load<f32>(row + ((<usize>reflect(i - radius, width)) << 2)));
    const out = Y + ((<usize>(y * width)) << 2);
    for (let x = 0; x < width; x += 16) {
      let a = f32x4.splat(0);
      let b = a;
      let c = a;
      let d = a;
      let at = P + ((<usize>x) << 2);
      for (let k = 0; k < taps; k++) {
        const w = v128.load32_splat(K + ((<usize>k) << 2));
        a = f32x4.add(a, f32x4.mul(w, v128.load(at)));
        b = f32x4.add(b, f32x4.mul(w, v128.load(at, 16)));
        c = f32x4.add(c, f32x4.mul(w, v128.load(at, 32)));
        d = f32x4.add(d, f32x4.mul(w, v128.load(at, 48)));
        at += 4;
      }
      put(out + ((<usize>x) << 2), a, b, c, d);
    }
  }
}

/** Y = each column of X correlated with K. */
export function correlateColumns(X: usize, Y: usize, width: i32, height: i32, K: usize, taps: i32): void {
  const radius = taps >> 1;
  for (let y = 0; y < height; y++) {
    const out = Y + ((<usize>(y * width)) << 2);
    for (let x = 0; x < width; x += 16) {
      let a = f32x4.splat(0);
      let b = a;
      let c = a;
      let d = a;
      for (let k = 0; k < taps; k++) {
        const w = v128.load32_splat(K + ((<usize>k) << 2));
        const at = X + ((<usize>(reflect(y + k - radius, height) * width + x)) << 2);
        a = f32x4.add(a, f32x4.mul(w, v128.load(at)));
        b = f32x4.add(b, f32x4.mul(w, v128.load(at, 16)));
        c = f32x4.add(c, f32x4.mul(w, v128.load(at, 32)));
        d = f32x4.add(d, f32x4.mul(w, v128.load(at, 48)));
      }
      put(out + ((<usize>x) << 2), a, b, c, d);
    }
  }
}

function put(at: usize, a: v128, b: v128, c: v128, d: v128): void {
  v128.store(at, a);
  v128.store(at, b, 16);
  v128.store(at, c, 32);
  v128.store(at, d, 48);
}

/** The index that stands in for one beyond the edge: d c b a | a b c d | d c b a. */
function reflect(i: i32, n: i32): i32 {
  while (i < 0 || i >= n) i = i < 0 ? -1 - i : 2 * n - 1 - i;
  return i;
}
