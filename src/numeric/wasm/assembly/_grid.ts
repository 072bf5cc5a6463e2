import { backward, forward, LANES } from './_fourier';

// Repulsion by interpolation on a grid (after Linderman et al. 2019, doi:10.1038/s41592-018-0308-4), with cubic
// B-splines whose smoothing is divided out of the kernel's spectrum, so that the kernel is met at every grid point and
// its bias stays below that of finer Lagrange grids. The grid has m × m points, of which a quarter holds charges: the
// rest keeps the periodic convolution from wrapping.

const ROW: usize = LANES << 2;

/**
 * Sets the quarter that is used to zero and adds the weights of points `from … to`. Y is n × 2; (x0, y0) is grid point
 * (0, 0).
 */
export function spread(
  from: i32,
  to: i32,
  Y: usize,
  x0: f32,
  y0: f32,
  perUnit: f32,
  grid: usize,
  m: i32,
): void {
  const row = (<usize>m) << 2;
  for (let i = 0; i < m >> 1; i++) memory.fill(grid + <usize>i * row, 0, row >> 1);
  for (let i = from; i < to; i++) {
    const x = (load<f32>(Y + ((<usize>i) << 3)) - x0) * perUnit;
    const y = (load<f32>(Y + ((<usize>i) << 3) + 4) - y0) * perUnit;
    const column = <i32>x;
    const line = <i32>y;
    const wx = splines(x - <f32>column);
    const wy = splines(y - <f32>line);
    let at = grid + <usize>(line - 1) * row + ((<usize>(column - 1)) << 2);
    add(at, wx, f32x4.extract_lane(wy, 0));
    at += row;
    add(at, wx, f32x4.extract_lane(wy, 1));
    at += row;
    add(at, wx, f32x4.extract_lane(wy, 2));
    at += row;
    add(at, wx, f32x4.extract_lane(wy, 3));
  }
}

function add(at: usize, wx: v128, wy: f32): void {
  v128.store(at, f32x4.add(v128.load(at), f32x4.mul(wx, f32x4.splat(wy))));
}

/** The four cubic B-splines at a point t (0 … 1) behind the second grid point. */
function splines(t: f32): v128 {
  const u: f32 = 1 - t;
  const sixth: f32 = 1.0 / 6.0;
  const t2 = t * t;
  const u2 = u * u;
  return f32x4(
    u2 * u * sixth,
    (t2 * (3 * t - 6) + 4) * sixth,
    (u2 * (3 * u - 6) + 4) * sixth,
    t2 * t * sixth,
  );
}

/**
 * Transforms LANES columns from `first` on; only the first `rows` rows hold anything. With `complex`, im is their
 * imaginary part; else they are real and im holds more of the same, to be added.
 */
export function columnsForward(
  first: i32,
  rows: i32,
  complex: i32,
  re: usize,
  im: usize,
  m: i32,
  turns: usize,
  S: usize,
): void {
  const half = <usize>m * ROW;
  loadColumns(re, m, first, rows, S);
  loadColumns(im, m, first, rows, S + half);
  if (!complex) {
    for (let o: usize = 0; o < <usize>rows * ROW; o += 16)
      v128.store(S + o, f32x4.add(v128.load(S + o), v128.load(S + half + o)));
    memory.fill(S + half, 0, half);
  }
  forward(S, turns, m);
  storeColumns(re, m, first, m, S);
  storeColumns(im, m, first, m, S + half);
}

/** Transforms LANES columns back and keeps the first half of the rows. */
export function columnsBackward(first: i32, re: usize, im: usize, m: i32, turns: usize, S: usize): void {
  const half = <usize>m * ROW;
  loadColumns(re, m, first, m, S);
  loadColumns(im, m, first, m, S + half);
  backward(S, turns, m);
  storeColumns(re, m, first, m >> 1, S);
  storeColumns(im, m, first, m >> 1, S + half);
}

function loadColumns(from: usize, m: i32, first: i32, rows: i32, S: usize): void {
  const start = from + ((<usize>first) << 2);
  for (let r = 0; r < rows; r++) memory.copy(S + <usize>r * ROW, start + ((<usize>(r * m)) << 2), ROW);
  memory.fill(S + <usize>rows * ROW, 0, <usize>(m - rows) * ROW);
}

function storeColumns(to: usize, m: i32, first: i32, rows: i32, S: usize): void {
  const start = to + ((<usize>first) << 2);
  for (let r = 0; r < rows; r++) memory.copy(start + ((<usize>(r * m)) << 2), S + <usize>r * ROW, ROW);
}

/**
 * LANES rows from `first` on: forward, times the spectra, and back; `columns` of them hold anything. What comes back
 * has the x forces as its real and the y forces as its imaginary part.
 * @param potential - spectrum of 1 / (1 + r²), real. @param forceRe, forceIm - that of (x + i y) / (1 + r²)². Each is
 * stored column after column.
 * @returns their part of Σ |charge|² potential, which is Z and the points' own share.
 */
export function rowsConvolve(
  first: i32,
  re: usize,
  im: usize,
  m: i32,
  turns: usize,
  potential: usize,
  forceRe: usize,
  forceIm: usize,
  S: usize,
): f64 {
  const half = <usize>m * ROW;
  rowsForward(first, m >> 1, re, im, m, turns, S);
  let Z: f64 = 0;
  for (let c = 0; c < m; c++) {
    const k = (<usize>(c * m + first)) << 2;
    let sum = f32x4.splat(0);
    for (let lane: usize = 0; lane < ROW; lane += 16) {
      const at = S + <usize>c * ROW + lane;
      const x = v128.load(at);
      const y = v128.load(at + half);
      const power = f32x4.add(f32x4.mul(x, x), f32x4.mul(y, y));
      sum = f32x4.add(sum, f32x4.mul(power, v128.load(potential + k + lane)));
      const u = v128.load(forceRe + k + lane);
      const v = v128.load(forceIm + k + lane);
      v128.store(at, f32x4.sub(f32x4.mul(x, u), f32x4.mul(y, v)));
      v128.store(at + half, f32x4.add(f32x4.mul(x, v), f32x4.mul(y, u)));
    }
    Z += <f64>f32x4.extract_lane(sum, 0) + <f64>f32x4.extract_lane(sum, 1);
    Z += <f64>f32x4.extract_lane(sum, 2) + <f64>f32x4.extract_lane(sum, 3);
  }
  backward(S, turns, m);
  for (let c = 0; c < m >> 1; c += 4)
    for (let r = 0; r < <i32>LANES; r += 4) {
      const from = S + <usize>c * ROW + ((<usize>r) << 2);
      const to = (<usize>((first + r) * m + c)) << 2;
      transpose4(from, ROW, re + to, (<usize>m) << 2);
      transpose4(from + half, ROW, im + to, (<usize>m) << 2);
    }
  return Z;
}

/** LANES rows into S, transformed: row c of S is their entry c. */
export function rowsForward(
  first: i32,
  columns: i32,
  re: usize,
  im: usize,
  m: i32,
  turns: usize,
  S: usize,
): void {
  const half = <usize>m * ROW;
  for (let c = 0; c < columns; c += 4)
    for (let r = 0; r < <i32>LANES; r += 4) {
      const to = S + <usize>c * ROW + ((<usize>r) << 2);
      const from = (<usize>((first + r) * m + c)) << 2;
      transpose4(re + from, (<usize>m) << 2, to, ROW);
      transpose4(im + from, (<usize>m) << 2, to + half, ROW);
    }
  const filled = <usize>columns * ROW;
  memory.fill(S + filled, 0, half - filled);
  memory.fill(S + half + filled, 0, half - filled);
  forward(S, turns, m);
}

function transpose4(from: usize, fromRow: usize, to: usize, toRow: usize): void {
  const a = v128.load(from);
  const b = v128.load(from + fromRow);
  const c = v128.load(from + 2 * fromRow);
  const d = v128.load(from + 3 * fromRow);
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const ef = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const gh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
  v128.store(to + toRow, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
  v128.store(to + 2 * toRow, v128.shuffle<f32>(ef, gh, 0, 1, 4, 5));
  v128.store(to + 3 * toRow, v128.shuffle<f32>(ef, gh, 2, 3, 6, 7));
}

/** Forces at points `from … to`, read off the grid. R is n × 2. */
export function gather(
  from: i32,
  to: i32,
  Y: usize,
  x0: f32,
  y0: f32,
  perUnit: f32,
  re: usize,
  im: usize,
  m: i32,
  R: usize,
): void {
  const row = (<usize>m) << 2;
  for (let i = from; i < to; i++) {
    const x = (load<f32>(Y + ((<usize>i) << 3)) - x0) * perUnit;
    const y = (load<f32>(Y + ((<usize>i) << 3) + 4) - y0) * perUnit;
    const column = <i32>x;
    const line = <i32>y;
    const wx = splines(x - <f32>column);
    const wy = splines(y - <f32>line);
    const at = <usize>(line - 1) * row + ((<usize>(column - 1)) << 2);
    store<f32>(R + ((<usize>i) << 3), total(f32x4.mul(wx, fourRows(re + at, row, wy))));
    store<f32>(R + ((<usize>i) << 3) + 4, total(f32x4.mul(wx, fourRows(im + at, row, wy))));
  }
}

function fourRows(at: usize, row: usize, wy: v128): v128 {
  const a = f32x4.mul(v128.load(at), f32x4.splat(f32x4.extract_lane(wy, 0)));
  const b = f32x4.mul(v128.load(at + row), f32x4.splat(f32x4.extract_lane(wy, 1)));
  const c = f32x4.mul(v128.load(at + 2 * row), f32x4.splat(f32x4.extract_lane(wy, 2)));
  const d = f32x4.mul(v128.load(at + 3 * row), f32x4.splat(f32x4.extract_lane(wy, 3)));
  return f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
}

function total(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) +
    f32x4.extract_lane(v, 1) +
    (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
  );
}
