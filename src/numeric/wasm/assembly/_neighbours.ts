import { matmul } from './_matmul';

const TILE = 256;

/**
 * The k nearest of n points to each of `count` query points (at most 32), by single-precision dot products of tiles
 * and a heap for each query, then exactly, in doubles, among a few more than k.
 *
 * @param Q - count × ld floats, around the points' mean and in units of `unit`; QD as they came, in doubles
 * (count × d).
 * @param XT - the points' floats, transposed: d × ldx, ldx a multiple of 256.
 * @param norms - squared lengths of the points, infinite beyond n. XD: the points as they came,
 * in doubles, n × d.
 * @param own - number of the first query among the points, so that none is its own neighbour; or −1.
 * @param keep - how many candidates to keep, k … n.
 * @param scratch - 32 × 256 floats, then 32 × keep (float, integer) pairs.
 * @param squares - out: count × keep exact squared distances, rising. @param indices - out: count × k.
 * @param slack - by how much a squared distance in floats may be wrong, relative to (|q| + largest length)².
 * @param proven - out: count words, 1 where no point outside the candidates can belong to the k nearest.
 */
export function neighbours(
  Q: usize,
  QD: usize,
  count: i32,
  XT: usize,
  XD: usize,
  norms: usize,
  largest: f64,
  n: i32,
  d: i32,
  ld: i32,
  ldx: i32,
  own: i32,
  k: i32,
  keep: i32,
  scratch: usize,
  squares: usize,
  indices: usize,
  slack: f64,
  unit: f64,
  proven: usize,
): void {
  const heaps = scratch + 32 * TILE * 4;
  const labels = heaps + ((<usize>(count * keep)) << 2);
  for (let o: usize = 0; o < (<usize>(count * keep)) << 2; o += 4) {
    store<f32>(heaps + o, f32.MAX_VALUE);
    store<i32>(labels + o, -1);
  }
  for (let c = 0; c < n; c += TILE) {
    matmul(Q, ld, 1, XT + ((<usize>c) << 2), ldx, scratch, TILE, count, TILE, d);
    for (let i = 0; i < count; i++)
      offer(
        scratch + ((<usize>(i * TILE)) << 2),
        norms + ((<usize>c) << 2),
        c,
        own < 0 ? -1 : own + i,
        heaps + ((<usize>(i * keep)) << 2),
        labels + ((<usize>(i * keep)) << 2),
        keep,
      );
  }
  for (let i = 0; i < count; i++) {
    const row = (<usize>(i * keep)) << 2;
    const worst = <f64>load<f32>(heaps + row);
    const q = QD + ((<usize>(i * d)) << 3);
    exactSquares(q, XD, d, labels + row, squares + 2 * row, keep);
    sort(squares + 2 * row, labels + row, keep);
    memory.copy(indices + ((<usize>(i * k)) << 2), labels + row, (<usize>k) << 2);
    const length = squaredLength(Q + ((<usize>(i * ld)) << 2), d);
    const reach = Math.sqrt(length) + largest;
    const last = load<f64>(squares + 2 * row + ((<usize>(k - 1)) << 3)) / (unit * unit);
    const safe = last < length + worst - slack * reach * reach;
    store<i32>(proven + ((<usize>i) << 2), safe || keep >= n - (own < 0 ? 0 : 1) ? 1 : 0);
  }
}

/** Offers a tile of points to a query's heap: their squared distance less the query's own length. */
function offer(
  dots: usize,
  norms: usize,
  first: i32,
  self: i32,
  heap: usize,
  labels: usize,
  keep: i32,
): void {
  const minusTwo = f32x4.splat(-2);
  let limit = load<f32>(heap);
  for (let j: usize = 0; j < <usize>(TILE * 4); j += 16) {
    const near = f32x4.add(v128.load(norms + j), f32x4.mul(minusTwo, v128.load(dots + j)));
    if (!v128.any_true(f32x4.lt(near, f32x4.splat(limit)))) continue;
    v128.store(dots + j, near);
    for (let lane: usize = 0; lane < 16; lane += 4) {
      const value = load<f32>(dots + j + lane);
      const label = first + <i32>((j + lane) >> 2);
      if (!(value < limit) || label == self) continue;
      replaceRoot(heap, labels, keep, value, label);
      limit = load<f32>(heap);
    }
  }
}

/** Puts a smaller value where the largest was. */
function replaceRoot(heap: usize, labels: usize, size: i32, value: f32, label: i32): void {
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= size) break;
    const right = child + 1;
    if (right < size && load<f32>(heap + ((<usize>right) << 2)) > load<f32>(heap + ((<usize>child) << 2)))
      child = right;
    const below = load<f32>(heap + ((<usize>child) << 2));
    if (below <= value) break;
    store<f32>(heap + ((<usize>at) << 2), below);
    store<i32>(labels + ((<usize>at) << 2), load<i32>(labels + ((<usize>child) << 2)));
    at = child;
  }
  store<f32>(heap + ((<usize>at) << 2), value);
  store<i32>(labels + ((<usize>at) << 2), label);
}

function squaredLength(q: usize, d: i32): f64 {
  let sum: f64 = 0;
  for (let j = 0; j < d; j++) {
    const v = <f64>load<f32>(q + ((<usize>j) << 2));
    sum += v * v;
  }
  return sum;
}

/** Squared distances in doubles from q to the labelled points. */
function exactSquares(q: usize, XD: usize, d: i32, labels: usize, squares: usize, keep: i32): void {
  for (let r = 0; r < keep; r++) {
    const x = XD + ((<usize>(load<i32>(labels + ((<usize>r) << 2)) * d)) << 3);
    let sum: f64 = 0;
    for (let j: usize = 0; j < (<usize>d) << 3; j += 8) {
      const difference = load<f64>(x + j) - load<f64>(q + j);
      sum += difference * difference;
    }
    store<f64>(squares + ((<usize>r) << 3), sum);
  }
}

/** Shell sort by square, then label (gaps of Ciura 2001). */
function sort(squares: usize, labels: usize, size: i32): void {
  for (let gap = firstGap(size); gap > 0; gap = nextGap(gap))
    for (let i = gap; i < size; i++) {
      const square = load<f64>(squares + ((<usize>i) << 3));
      const label = load<i32>(labels + ((<usize>i) << 2));
      let at = i;
      for (; at >= gap; at -= gap) {
        const before = load<f64>(squares + ((<usize>(at - gap)) << 3));
        const other = load<i32>(labels + ((<usize>(at - gap)) << 2));
        if (before < square || (before == square && other < label)) break;
        store<f64>(squares + ((<usize>at) << 3), before);
        store<i32>(labels + ((<usize>at) << 2), other);
      }
      store<f64>(squares + ((<usize>at) << 3), square);
      store<i32>(labels + ((<usize>at) << 2), label);
    }
}

function firstGap(size: i32): i32 {
  let gap = 701;
  while (gap > 1 && gap >= size) gap = nextGap(gap);
  return gap;
}

function nextGap(gap: i32): i32 {
  if (gap > 301) return 301;
  if (gap > 132) return 132;
  if (gap > 57) return 57;
  if (gap > 23) return 23;
  if (gap > 10) return 10;
  if (gap > 4) return 4;
  return gap > 1 ? 1 : 0;
}
