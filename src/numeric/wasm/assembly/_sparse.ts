import { matmul, transpose } from './_matmul';

// Products with a matrix that is mostly zeros, as ReLU and dropout leave it: a bit for each number says whether it is
// zero, and the zeros are passed over. Adding 0 · x changes no bit of a finite sum, so the result is that of `matmul`.

const WORD = 64; // numbers per mask
const NARROW = 16; // with fewer columns there is not enough to do between two additions to the same number
const LITTLE: f64 = 0.7; // up to this share of non-zeros, passing over the zeros pays

/** C = A B with A n × K, B K × N (N a multiple of 4). `masks` has room for 2 n ⌈K / 64⌉ integers. */
export function multiplyRows(
  A: usize,
  lda: i32,
  B: usize,
  ldb: i32,
  C: usize,
  ldc: i32,
  n: i32,
  N: i32,
  K: i32,
  masks: usize,
): void {
  const words = (K + WORD - 1) / WORD;
  if (N < NARROW || <f64>markRows(A, lda, n, K, masks) > LITTLE * <f64>n * <f64>K) {
    matmul(A, lda, 1, B, ldb, C, ldc, n, N, K);
    return;
  }
  for (let i = 0; i < n; i++)
    sparseRow(
      A + ((<usize>(i * lda)) << 2),
      4,
      masks + ((<usize>(i * words)) << 3),
      words,
      B,
      ldb,
      C + ((<usize>(i * ldc)) << 2),
      N,
    );
}

/**
 * C = Xᵀ G with X n × K and G n × N: the zeros of X are passed over where `sparse` says that it has many, else those
 * of G.
 * `masks` has room for 2 ⌈n / 64⌉ integers per padded column of X or G, `scratch` for the transpose of C.
 */
export function weightGradient(
  X: usize,
  ldx: i32,
  G: usize,
  ldg: i32,
  C: usize,
  n: i32,
  N: i32,
  K: i32,
  masks: usize,
  scratch: usize,
  sparse: i32,
): void {
  if (ldg < NARROW) matmul(X, 1, ldx, G, ldg, C, ldg, K, ldg, n);
  else if (sparse && <f64>markColumns(X, ldx, n, K, masks) <= LITTLE * <f64>n * <f64>K) {
    sparseColumns(X, ldx, G, ldg, C, ldg, n, ldg, K, masks);
  } else if (<f64>markColumns(G, ldg, n, N, masks) <= LITTLE * <f64>n * <f64>N) {
    sparseColumns(G, ldg, X, ldx, scratch, ldx, n, ldx, N, masks);
    transpose(scratch, ldx, C, ldg, N, K);
  } else matmul(X, 1, ldx, G, ldg, C, ldg, K, ldg, n);
}

/** C = Aᵀ B with A n × K, its zeros passed over. */
function sparseColumns(
  A: usize,
  lda: i32,
  B: usize,
  ldb: i32,
  C: usize,
  ldc: i32,
  n: i32,
  N: i32,
  K: i32,
  masks: usize,
): void {
  const words = (n + WORD - 1) / WORD;
  for (let k = 0; k < K; k++)
    sparseRow(
      A + ((<usize>k) << 2),
      (<usize>lda) << 2,
      masks + ((<usize>(k * words)) << 3),
      words,
      B,
      ldb,
      C + ((<usize>(k * ldc)) << 2),
      N,
    );
}

/** A mask for each 64 numbers of each row; returns how many are not zero. */
function markRows(A: usize, lda: i32, n: i32, K: i32, masks: usize): i32 {
  let count = 0;
  for (let i = 0; i < n; i++) {
    const row = A + ((<usize>(i * lda)) << 2);
    for (let from = 0; from < K; from += WORD) {
      const mask = markWord(row + ((<usize>from) << 2), min(WORD, K - from));
      store<u64>(masks, mask);
      masks += 8;
      count += <i32>popcnt(mask);
    }
  }
  return count;
}

/** Bits of up to 64 numbers; the padding behind them is no part of the row. */
function markWord(p: usize, length: i32): u64 {
  let mask: u64 = 0;
  let k = 0;
  for (; k + 16 <= length; k += 16) mask |= mark16(p + ((<usize>k) << 2)) << (<u64>k);
  for (; k < length; k += 4) mask |= mark4(p + ((<usize>k) << 2)) << (<u64>k);
  return length == WORD ? mask : mask & (((<u64>1) << (<u64>length)) - 1);
}

function mark16(p: usize): u64 {
  const zero = f32x4.splat(0);
  const low = i16x8.narrow_i32x4_s(f32x4.ne(v128.load(p), zero), f32x4.ne(v128.load(p, 16), zero));
  const high = i16x8.narrow_i32x4_s(f32x4.ne(v128.load(p, 32), zero), f32x4.ne(v128.load(p, 48), zero));
  return <u64>(<u32>i8x16.bitmask(i8x16.narrow_i16x8_s(low, high)));
}

function mark4(p: usize): u64 {
  return <u64>(<u32>i32x4.bitmask(f32x4.ne(v128.load(p), f32x4.splat(0))));
}

/** A mask for each 64 numbers of each column; returns how many are not zero, counting those of padding. */
function markColumns(A: usize, lda: i32, n: i32, K: i32, masks: usize): i32 {
  const words = (n + WORD - 1) / WORD;
  let count = 0;
  for (let k = 0; k < K; k += 4)
    for (let half = 0; half < 2 * words; half++) {
      const mask = marks4(A + ((<usize>k) << 2), lda, half * 32, min(n, half * 32 + 32));
      const low = masks + ((<usize>(2 * k * words + half)) << 2);
      const stride = (<usize>words) << 3;
      store<i32>(low, i32x4.extract_lane(mask, 0));
      store<i32>(low + stride, i32x4.extract_lane(mask, 1));
      store<i32>(low + 2 * stride, i32x4.extract_lane(mask, 2));
      store<i32>(low + 3 * stride, i32x4.extract_lane(mask, 3));
      count += <i32>popcnt(i64x2.extract_lane(mask, 0)) + <i32>popcnt(i64x2.extract_lane(mask, 1));
    }
  return count;
}

/** Bits of rows `from` to `to` of four columns, at most 32 rows. */
function marks4(column: usize, lda: i32, from: i32, to: i32): v128 {
  const zero = f32x4.splat(0);
  let bit = i32x4.splat(1);
  let mask = i32x4.splat(0);
  let p = column + ((<usize>(from * lda)) << 2);
  for (let i = from; i < to; i++) {
    mask = v128.or(mask, v128.and(f32x4.ne(v128.load(p), zero), bit));
    bit = i32x4.shl(bit, 1);
    p += (<usize>lda) << 2;
  }
  return mask;
}

/** c = the sum over the marked k of a[k] times row k of B; a's numbers are `aStep` bytes apart. */
function sparseRow(
  a: usize,
  aStep: usize,
  masks: usize,
  words: i32,
  B: usize,
  ldb: i32,
  c: usize,
  N: i32,
): void {
  const bRow = (<usize>ldb) << 2;
  let j = 0;
  for (; j + 32 <= N && N - j != 40; j += 32)
    block32(a, aStep, masks, words, B + ((<usize>j) << 2), bRow, c + ((<usize>j) << 2));
  if (N - j == 40) {
    block40(a, aStep, masks, words, B + ((<usize>j) << 2), bRow, c + ((<usize>j) << 2));
    return;
  }
  for (; j + 8 <= N; j += 8)
    block8(a, aStep, masks, words, B + ((<usize>j) << 2), bRow, c + ((<usize>j) << 2));
  if (j < N) block4(a, aStep, masks, words, B + ((<usize>j) << 2), bRow, c + ((<usize>j) << 2));
}

function block32(a: usize, aStep: usize, masks: usize, words: i32, B: usize, bRow: usize, c: usize): void {
  let c0 = f32x4.splat(0);
  let c1 = c0;
  let c2 = c0;
  let c3 = c0;
  let c4 = c0;
  let c5 = c0;
  let c6 = c0;
  let c7 = c0;
  for (let word = 0; word < words; word++) {
    let mask = load<u64>(masks + ((<usize>word) << 3));
    while (mask != 0) {
      const k = <usize>ctz(mask);
      mask &= mask - 1;
      const s = v128.load32_splat(a + k * aStep);
      const b = B + k * bRow;
      c0 = f32x4.add(c0, f32x4.mul(s, v128.load(b)));
      c1 = f32x4.add(c1, f32x4.mul(s, v128.load(b, 16)));
      c2 = f32x4.add(c2, f32x4.mul(s, v128.load(b, 32)));
      c3 = f32x4.add(c3, f32x4.mul(s, v128.load(b, 48)));
      c4 = f32x4.add(c4, f32x4.mul(s, v128.load(b, 64)));
      c5 = f32x4.add(c5, f32x4.mul(s, v128.load(b, 80)));
      c6 = f32x4.add(c6, f32x4.mul(s, v128.load(b, 96)));
      c7 = f32x4.add(c7, f32x4.mul(s, v128.load(b, 112)));
    }
    a += aStep * WORD;
    B += bRow * WORD;
  }
  v128.store(c, c0);
  v128.store(c, c1, 16);
  v128.store(c, c2, 32);
  v128.store(c, c3, 48);
  v128.store(c, c4, 64);
  v128.store(c, c5, 80);
  v128.store(c, c6, 96);
  v128.store(c, c7, 112);
}

function block40(a: usize, aStep: usize, masks: usize, words: i32, B: usize, bRow: usize, c: usize): void {
  let c0 = f32x4.splat(0);
  let c1 = c0;
  let c2 = c0;
  let c3 = c0;
  let c4 = c0;
  let c5 = c0;
  let c6 = c0;
  let c7 = c0;
  let c8 = c0;
  let c9 = c0;
  for (let word = 0; word < words; word++) {
    let mask = load<u64>(masks + ((<usize>word) << 3));
    while (mask != 0) {
      const k = <usize>ctz(mask);
      mask &= mask - 1;
      const s = v128.load32_splat(a + k * aStep);
      const b = B + k * bRow;
      c0 = f32x4.add(c0, f32x4.mul(s, v128.load(b)));
      c1 = f32x4.add(c1, f32x4.mul(s, v128.load(b, 16)));
      c2 = f32x4.add(c2, f32x4.mul(s, v128.load(b, 32)));
      c3 = f32x4.add(c3, f32x4.mul(s, v128.load(b, 48)));
      c4 = f32x4.add(c4, f32x4.mul(s, v128.load(b, 64)));
      c5 = f32x4.add(c5, f32x4.mul(s, v128.load(b, 80)));
      c6 = f32x4.add(c6, f32x4.mul(s, v128.load(b, 96)));
      c7 = f32x4.add(c7, f32x4.mul(s, v128.load(b, 112)));
      c8 = f32x4.add(c8, f32x4.mul(s, v128.load(b, 128)));
      c9 = f32x4.add(c9, f32x4.mul(s, v128.load(b, 144)));
    }
    a += aStep * WORD;
    B += bRow * WORD;
  }
  v128.store(c, c0);
  v128.store(c, c1, 16);
  v128.store(c, c2, 32);
  v128.store(c, c3, 48);
  v128.store(c, c4, 64);
  v128.store(c, c5, 80);
  v128.store(c, c6, 96);
  v128.store(c, c7, 112);
  v128.store(c, c8, 128);
  v128.store(c, c9, 144);
}

function block8(a: usize, aStep: usize, masks: usize, words: i32, B: usize, bRow: usize, c: usize): void {
  let c0 = f32x4.splat(0);
  let c1 = c0;
  for (let word = 0; word < words; word++) {
    let mask = load<u64>(masks + ((<usize>word) << 3));
    while (mask != 0) {
      const k = <usize>ctz(mask);
      mask &= mask - 1;
      const s = v128.load32_splat(a + k * aStep);
      c0 = f32x4.add(c0, f32x4.mul(s, v128.load(B + k * bRow)));
      c1 = f32x4.add(c1, f32x4.mul(s, v128.load(B + k * bRow, 16)));
    }
    a += aStep * WORD;
    B += bRow * WORD;
  }
  v128.store(c, c0);
  v128.store(c, c1, 16);
}

function block4(a: usize, aStep: usize, masks: usize, words: i32, B: usize, bRow: usize, c: usize): void {
  let sum = f32x4.splat(0);
  for (let word = 0; word < words; word++) {
    let mask = load<u64>(masks + ((<usize>word) << 3));
    while (mask != 0) {
      const k = <usize>ctz(mask);
      mask &= mask - 1;
      sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(a + k * aStep), v128.load(B + k * bRow)));
    }
    a += aStep * WORD;
    B += bRow * WORD;
  }
  v128.store(c, sum);
}
