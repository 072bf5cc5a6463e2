// Products of doubles, in blocks of 4 × 4 that stay in registers. Row lengths (`ld`, in doubles) are multiples of 4;
// what lies beyond the true width is zero.

/** G += Zᵀ Z: the lower triangle of ld × ld, in blocks. Z is ld / 4 blocks of n × 4, one after another. */
export function addGram(Z: usize, n: i32, ld: i32, G: usize): void {
  const row = (<usize>ld) << 3;
  const height = (<usize>n) << 3; // bytes of a column
  for (let a = 0; a < ld; a += 4)
    for (let b = 0; b <= a; b += 4) {
      const g = G + <usize>a * row + ((<usize>b) << 3);
      multiplyBlock(Z + <usize>a * height, 32, 8, Z + <usize>b * height, 32, g, row, n, true);
    }
}

/** U = X Wᵀ, W lower triangular; T is Wᵀ in blocks of (j + 4) × 4. X is n × ld with n a multiple of 4. */
export function whiten(X: usize, n: i32, ld: i32, T: usize, U: usize): void {
  const row = (<usize>ld) << 3;
  for (let i = 0; i < n; i += 4) {
    let t = T;
    for (let j = 0; j < ld; j += 4) {
      const u = U + <usize>i * row + ((<usize>j) << 3);
      multiplyBlock(X + <usize>i * row, 8, row, t, 32, u, row, j + 4, false);
      t += (<usize>(j + 4)) << 5;
    }
  }
}

/**
 * A block of C (4 × 4) = or += Σ_k a_k b_k, where entry r of a_k lies at `A + k aStep + r aNext` and the four of b_k
 * together at `B + k bStep`.
 */
function multiplyBlock(
  A: usize,
  aStep: usize,
  aNext: usize,
  B: usize,
  bStep: usize,
  C: usize,
  cRow: usize,
  count: i32,
  add: bool,
): void {
  let c00 = f64x2.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  for (let k = 0; k < count; k++) {
    const b0 = v128.load(B);
    const b1 = v128.load(B, 16);
    let a = v128.load64_splat(A);
    c00 = f64x2.add(c00, f64x2.mul(a, b0));
    c01 = f64x2.add(c01, f64x2.mul(a, b1));
    a = v128.load64_splat(A + aNext);
    c10 = f64x2.add(c10, f64x2.mul(a, b0));
    c11 = f64x2.add(c11, f64x2.mul(a, b1));
    a = v128.load64_splat(A + 2 * aNext);
    c20 = f64x2.add(c20, f64x2.mul(a, b0));
    c21 = f64x2.add(c21, f64x2.mul(a, b1));
    a = v128.load64_splat(A + 3 * aNext);
    c30 = f64x2.add(c30, f64x2.mul(a, b0));
    c31 = f64x2.add(c31, f64x2.mul(a, b1));
    A += aStep;
    B += bStep;
  }
  put(C, c00, c01, add);
  put(C + cRow, c10, c11, add);
  put(C + 2 * cRow, c20, c21, add);
  put(C + 3 * cRow, c30, c31, add);
}

function put(at: usize, low: v128, high: v128, add: bool): void {
  v128.store(at, add ? f64x2.add(v128.load(at), low) : low);
  v128.store(at, add ? f64x2.add(v128.load(at, 16), high) : high, 16);
}

/** D[i, c] = |u_i − v_c| for n rows of U and `centres` rows of V. D is n × centres. */
export function distances(U: usize, n: i32, ld: i32, V: usize, centres: i32, D: usize): void {
  const row = (<usize>ld) << 3;
  for (let i = 0; i < n; i++)
    for (let c = 0; c < centres; c++) {
      const u = U + <usize>i * row;
      const v = V + <usize>c * row;
      let even = f64x2.splat(0);
      let odd = even;
      for (let o: usize = 0; o < row; o += 32) {
        const e = f64x2.sub(v128.load(u + o), v128.load(v + o));
        const f = f64x2.sub(v128.load(u + o, 16), v128.load(v + o, 16));
        even = f64x2.add(even, f64x2.mul(e, e));
        odd = f64x2.add(odd, f64x2.mul(f, f));
      }
      even = f64x2.add(even, odd);
      const square = f64x2.extract_lane(even, 0) + f64x2.extract_lane(even, 1);
      store<f64>(D + ((<usize>(i * centres + c)) << 3), Math.sqrt(square));
    }
}
