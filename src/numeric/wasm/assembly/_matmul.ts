// Matrix products of floats. Pointers are in bytes, strides (`ld…`) in floats; every stride and column count is a
// multiple of 4, and the columns beyond the true width hold zeros. Each entry is summed over k in rising order, so
// that its bits depend on no block size.

/** C = A B. A is M × K with entry (i, k) at `A + 4 (i ar + k ac)`, B is K × N and C is M × N, N a multiple of 4. */
export function matmul(
  A: usize,
  ar: i32,
  ac: i32,
  B: usize,
  ldb: i32,
  C: usize,
  ldc: i32,
  M: i32,
  N: i32,
  K: i32,
): void {
  const aRow = (<usize>ar) << 2;
  const aCol = (<usize>ac) << 2;
  const bRow = (<usize>ldb) << 2;
  const cRow = (<usize>ldc) << 2;
  let i = 0;
  for (; i + 4 <= M; i += 4) {
    const a = A + <usize>i * aRow;
    const c = C + <usize>i * cRow;
    let j = 0;
    for (; j + 8 <= N; j += 8)
      block4x8(a, aRow, aCol, B + ((<usize>j) << 2), bRow, c + ((<usize>j) << 2), cRow, K);
    if (j < N) block4x4(a, aRow, aCol, B + ((<usize>j) << 2), bRow, c + ((<usize>j) << 2), cRow, K);
  }
  for (; i < M; i++)
    for (let j = 0; j < N; j += 4)
      block1x4(
        A + <usize>i * aRow,
        aCol,
        B + ((<usize>j) << 2),
        bRow,
        C + <usize>i * cRow + ((<usize>j) << 2),
        K,
      );
}

function block4x8(
  a: usize,
  aRow: usize,
  aCol: usize,
  b: usize,
  bRow: usize,
  c: usize,
  cRow: usize,
  K: i32,
): void {
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  for (let k = 0; k < K; k++) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let s = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(s, b0));
    c01 = f32x4.add(c01, f32x4.mul(s, b1));
    s = v128.load32_splat(a + aRow);
    c10 = f32x4.add(c10, f32x4.mul(s, b0));
    c11 = f32x4.add(c11, f32x4.mul(s, b1));
    s = v128.load32_splat(a + 2 * aRow);
    c20 = f32x4.add(c20, f32x4.mul(s, b0));
    c21 = f32x4.add(c21, f32x4.mul(s, b1));
    s = v128.load32_splat(a + 3 * aRow);
    c30 = f32x4.add(c30, f32x4.mul(s, b0));
    c31 = f32x4.add(c31, f32x4.mul(s, b1));
    a += aCol;
    b += bRow;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c + cRow, c10);
  v128.store(c + cRow, c11, 16);
  v128.store(c + 2 * cRow, c20);
  v128.store(c + 2 * cRow, c21, 16);
  v128.store(c + 3 * cRow, c30);
  v128.store(c + 3 * cRow, c31, 16);
}

function block4x4(
  a: usize,
  aRow: usize,
  aCol: usize,
  b: usize,
  bRow: usize,
  c: usize,
  cRow: usize,
  K: i32,
): void {
  let c0 = f32x4.splat(0);
  let c1 = c0;
  let c2 = c0;
  let c3 = c0;
  for (let k = 0; k < K; k++) {
    const b0 = v128.load(b);
    c0 = f32x4.add(c0, f32x4.mul(v128.load32_splat(a), b0));
    c1 = f32x4.add(c1, f32x4.mul(v128.load32_splat(a + aRow), b0));
    c2 = f32x4.add(c2, f32x4.mul(v128.load32_splat(a + 2 * aRow), b0));
    c3 = f32x4.add(c3, f32x4.mul(v128.load32_splat(a + 3 * aRow), b0));
    a += aCol;
    b += bRow;
  }
  v128.store(c, c0);
  v128.store(c + cRow, c1);
  v128.store(c + 2 * cRow, c2);
  v128.store(c + 3 * cRow, c3);
}

function block1x4(a: usize, aCol: usize, b: usize, bRow: usize, c: usize, K: i32): void {
  let sum = f32x4.splat(0);
  for (let k = 0; k < K; k++) {
    sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(a), v128.load(b)));
    a += aCol;
    b += bRow;
  }
  v128.store(c, sum);
}

/** T = Wᵀ for W of rows × cols (stride ldw); T is cols × rows (stride ldt), and its padding is left alone. */
export function transpose(W: usize, ldw: i32, T: usize, ldt: i32, rows: i32, cols: i32): void {
  const wRow = (<usize>ldw) << 2;
  const tRow = (<usize>ldt) << 2;
  let i = 0;
  for (; i + 4 <= rows; i += 4) {
    let j = 0;
    for (; j + 4 <= cols; j += 4)
      transpose4x4(
        W + <usize>i * wRow + ((<usize>j) << 2),
        wRow,
        T + <usize>j * tRow + ((<usize>i) << 2),
        tRow,
      );
    for (; j < cols; j++) for (let r = i; r < i + 4; r++) transpose1(W, wRow, T, tRow, r, j);
  }
  for (; i < rows; i++) for (let j = 0; j < cols; j++) transpose1(W, wRow, T, tRow, i, j);
}

function transpose1(W: usize, wRow: usize, T: usize, tRow: usize, i: i32, j: i32): void {
  store<f32>(T + <usize>j * tRow + ((<usize>i) << 2), load<f32>(W + <usize>i * wRow + ((<usize>j) << 2)));
}

function transpose4x4(w: usize, wRow: usize, t: usize, tRow: usize): void {
  const r0 = v128.load(w);
  const r1 = v128.load(w + wRow);
  const r2 = v128.load(w + 2 * wRow);
  const r3 = v128.load(w + 3 * wRow);
  const a = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const b = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const c = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const d = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(t, v128.shuffle<f32>(a, c, 0, 1, 4, 5));
  v128.store(t + tRow, v128.shuffle<f32>(a, c, 2, 3, 6, 7));
  v128.store(t + 2 * tRow, v128.shuffle<f32>(b, d, 0, 1, 4, 5));
  v128.store(t + 3 * tRow, v128.shuffle<f32>(b, d, 2, 3, 6, 7));
}

/** out[j] = sum over the n rows of D[i, j], for `ld` columns. */
export function columnSums(D: usize, out: usize, n: i32, ld: i32): void {
  const stride = (<usize>ld) << 2;
  for (let j: usize = 0; j < stride; j += 16) {
    let sum = f32x4.splat(0);
    let p = D + j;
    for (let i = 0; i < n; i++) {
      sum = f32x4.add(sum, v128.load(p));
      p += stride;
    }
    v128.store(out + j, sum);
  }
}

/** The rows of X named by n indices, one after another. */
export function gather(X: usize, indices: usize, out: usize, n: i32, ld: i32): void {
  const bytes = (<usize>ld) << 2;
  for (let i = 0; i < n; i++) {
    const from = X + <usize>load<i32>(indices + ((<usize>i) << 2)) * bytes;
    const to = out + <usize>i * bytes;
    for (let o: usize = 0; o < bytes; o += 16) v128.store(to + o, v128.load(from + o));
  }
}

/** The weights named by n indices, over n. */
export function gatherWeights(weights: usize, indices: usize, out: usize, n: i32): void {
  for (let i: usize = 0; i < <usize>n; i++)
    store<f32>(out + (i << 2), load<f32>(weights + ((<usize>load<i32>(indices + (i << 2))) << 2)) / <f32>n);
}

/** A *= B for `length` floats, a multiple of 4. */
export function multiply(A: usize, B: usize, length: i32): void {
  const bytes = (<usize>length) << 2;
  for (let o: usize = 0; o < bytes; o += 16) v128.store(A + o, f32x4.mul(v128.load(A + o), v128.load(B + o)));
}
