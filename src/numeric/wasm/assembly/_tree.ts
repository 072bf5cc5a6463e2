// Barnes & Hut (1986) for t-SNE (van der Maaten 2014): a quadtree over points in Morton order, laid out depth first, so
// that a walk is a scan in which a cell that is far enough skips to the end of its branch. Four neighbours in that
// order walk together: a cell is opened when it is too near for any of them.

const NODE: usize = 32; // centre x, centre y, count, limit (floats), then the number of the node after the branch
const LEAF: f32 = -1;

let order: usize = 0; // point of each rank
let codes: usize = 0; // Morton code of each rank
let ranked: usize = 0; // x, y of each rank
let nodes: usize = 0;
let made: i32 = 0;

/**
 * Sorts the points in Morton order and builds the tree.
 * @param Y - n × 2 floats. @param ranks - out: n integers, the point at each rank.
 * @param points - out: (n + 4) × 2 floats in that order, the last point repeated.
 * @param tree - out: room for 2 n nodes of 32 bytes. @param scratch - 3 n + 2048 words.
 * @param opening - θ: a cell is one body when its side is below θ times its distance.
 * @returns how many nodes there are.
 */
export function buildTree(
  Y: usize,
  n: i32,
  ranks: usize,
  points: usize,
  tree: usize,
  scratch: usize,
  opening: f32,
): i32 {
  order = ranks;
  codes = scratch;
  ranked = points;
  nodes = tree;
  const side = encode(Y, n);
  sortCodes(n, scratch + ((<usize>n) << 2));
  for (let k = 0; k < n + 4; k++) {
    const point = load<u64>(Y + ((<usize>load<i32>(ranks + ((<usize>min(k, n - 1)) << 2))) << 3));
    store<u64>(points + ((<usize>k) << 3), point);
  }
  made = 0;
  build(0, n, (side * side) / <f64>(opening * opening));
  return made;
}

/** Writes the code of each point, and its number; returns the side of the square around all. */
function encode(Y: usize, n: i32): f64 {
  let x0 = Infinity;
  let x1 = -Infinity;
  let y0 = Infinity;
  let y1 = -Infinity;
  for (let i = 0; i < n; i++) {
    const x = <f64>load<f32>(Y + ((<usize>i) << 3));
    const y = <f64>load<f32>(Y + ((<usize>i) << 3) + 4);
    x0 = min(x0, x);
    x1 = max(x1, x);
    y0 = min(y0, y);
    y1 = max(y1, y);
  }
  const side = max(x1 - x0, y1 - y0);
  const cells = side > 0 ? 65535.999 / side : 0;
  for (let i = 0; i < n; i++) {
    const x = <u32>((<f64>load<f32>(Y + ((<usize>i) << 3)) - x0) * cells);
    const y = <u32>((<f64>load<f32>(Y + ((<usize>i) << 3) + 4) - y0) * cells);
    store<u32>(codes + ((<usize>i) << 2), spread(x) | (spread(y) << 1));
    store<i32>(order + ((<usize>i) << 2), i);
  }
  return side;
}

/** Sixteen bits, each followed by a gap. */
function spread(v: u32): u32 {
  v = (v | (v << 8)) & 0x00ff00ff;
  v = (v | (v << 4)) & 0x0f0f0f0f;
  v = (v | (v << 2)) & 0x33333333;
  return (v | (v << 1)) & 0x55555555;
}

/** Radix sort of codes with their points: four passes of eight bits, which leaves them where they were. */
function sortCodes(n: i32, scratch: usize): void {
  const otherCodes = scratch;
  const otherOrder = scratch + ((<usize>n) << 2);
  const counts = otherOrder + ((<usize>n) << 2);
  pass(codes, order, otherCodes, otherOrder, counts, n, 0);
  pass(otherCodes, otherOrder, codes, order, counts, n, 8);
  pass(codes, order, otherCodes, otherOrder, counts, n, 16);
  pass(otherCodes, otherOrder, codes, order, counts, n, 24);
}

function pass(
  from: usize,
  fromOrder: usize,
  to: usize,
  toOrder: usize,
  counts: usize,
  n: i32,
  shift: u32,
): void {
  memory.fill(counts, 0, 1024);
  for (let i: usize = 0; i < (<usize>n) << 2; i += 4) {
    const bin = counts + (((load<u32>(from + i) >> shift) & 255) << 2);
    store<i32>(bin, load<i32>(bin) + 1);
  }
  let sum = 0;
  for (let bin: usize = 0; bin < 1024; bin += 4) {
    const count = load<i32>(counts + bin);
    store<i32>(counts + bin, sum);
    sum += count;
  }
  for (let i: usize = 0; i < (<usize>n) << 2; i += 4) {
    const code = load<u32>(from + i);
    const bin = counts + (((code >> shift) & 255) << 2);
    const at = load<i32>(bin);
    store<i32>(bin, at + 1);
    store<u32>(to + ((<usize>at) << 2), code);
    store<i32>(toOrder + ((<usize>at) << 2), load<i32>(fromOrder + i));
  }
}

/**
 * The branch over ranks `from … to`. Where all of them lie in one quadrant, the cell is that quadrant: no node has a
 * single child, so there are fewer than 2 n.
 * @param limit - (side / θ)² of the whole square.
 */
function build(from: i32, to: i32, limit: f64): void {
  const at = nodes + <usize>made * NODE;
  made++;
  const first = load<u32>(codes + ((<usize>from) << 2));
  const difference = first ^ load<u32>(codes + ((<usize>(to - 1)) << 2));
  if (difference == 0) {
    leaf(at, from, to);
    return;
  }
  const level = <u32>(clz(difference) >> 1); // quadrants that all share
  const shift = 30 - 2 * level;
  let x: f64 = 0;
  let y: f64 = 0;
  for (let start = from; start < to; ) {
    const end = quadrantEnd(start, to, shift);
    const child = nodes + <usize>made * NODE;
    build(start, end, limit);
    x += <f64>load<f32>(child) * <f64>(end - start);
    y += <f64>load<f32>(child, 4) * <f64>(end - start);
    start = end;
  }
  const count = <f64>(to - from);
  store<f32>(at, <f32>(x / count));
  store<f32>(at, <f32>(y / count), 4);
  store<f32>(at, <f32>count, 8);
  store<f32>(at, <f32>(limit / <f64>((<u64>1) << (2 * level))), 12);
  store<i32>(at, made, 16);
}

function leaf(at: usize, from: i32, to: i32): void {
  let x: f64 = 0;
  let y: f64 = 0;
  for (let k = from; k < to; k++) {
    x += <f64>load<f32>(ranked + ((<usize>k) << 3));
    y += <f64>load<f32>(ranked + ((<usize>k) << 3) + 4);
  }
  store<f32>(at, <f32>(x / <f64>(to - from)));
  store<f32>(at, <f32>(y / <f64>(to - from)), 4);
  store<f32>(at, <f32>(to - from), 8);
  store<f32>(at, LEAF, 12);
  store<i32>(at, made, 16);
}

/** First rank from `start` on in another quadrant, by bisection. */
function quadrantEnd(start: i32, to: i32, shift: u32): i32 {
  const quadrant = load<u32>(codes + ((<usize>start) << 2)) >> shift;
  let low = start + 1;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (load<u32>(codes + ((<usize>middle) << 2)) >> shift == quadrant) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Repulsive forces `Σ (yᵢ − yⱼ) / (1 + |yᵢ − yⱼ|²)²` on the points at ranks `from … to`, written to their places in R.
 * @returns their part of `Z = Σ 1 / (1 + |yᵢ − yⱼ|²)` over pairs i ≠ j.
 */
export function repulsion(
  from: i32,
  to: i32,
  ranks: usize,
  points: usize,
  tree: usize,
  count: i32,
  R: usize,
): f64 {
  const end = tree + <usize>count * NODE;
  let Z: f64 = 0;
  for (let k = from; k < to; k += 4) {
    const ab = v128.load(points + ((<usize>k) << 3));
    const cd = v128.load(points + ((<usize>k) << 3) + 16);
    const x = v128.shuffle<f32>(ab, cd, 0, 2, 4, 6);
    const y = v128.shuffle<f32>(ab, cd, 1, 3, 5, 7);
    const one = f32x4.splat(1);
    let fx = f32x4.splat(0);
    let fy = fx;
    let z = fx;
    let node = tree;
    while (node < end) {
      const dx = f32x4.sub(x, v128.load32_splat(node));
      const dy = f32x4.sub(y, v128.load32_splat(node, 4));
      const d = f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy, dy));
      if (!i32x4.all_true(f32x4.gt(d, v128.load32_splat(node, 12)))) {
        node += NODE;
        continue;
      }
      const q = f32x4.div(one, f32x4.add(one, d));
      const m = f32x4.mul(q, v128.load32_splat(node, 8));
      const f = f32x4.mul(q, m);
      z = f32x4.add(z, m);
      fx = f32x4.add(fx, f32x4.mul(f, dx));
      fy = f32x4.add(fy, f32x4.mul(f, dy));
      node = tree + <usize>load<i32>(node, 16) * NODE;
    }
    const many = min(4, to - k);
    put(R, ranks, k, f32x4.extract_lane(fx, 0), f32x4.extract_lane(fy, 0));
    if (many > 1) put(R, ranks, k + 1, f32x4.extract_lane(fx, 1), f32x4.extract_lane(fy, 1));
    if (many > 2) put(R, ranks, k + 2, f32x4.extract_lane(fx, 2), f32x4.extract_lane(fy, 2));
    if (many > 3) put(R, ranks, k + 3, f32x4.extract_lane(fx, 3), f32x4.extract_lane(fy, 3));
    Z += <f64>f32x4.extract_lane(z, 0) - 1;
    if (many > 1) Z += <f64>f32x4.extract_lane(z, 1) - 1;
    if (many > 2) Z += <f64>f32x4.extract_lane(z, 2) - 1;
    if (many > 3) Z += <f64>f32x4.extract_lane(z, 3) - 1;
  }
  return Z;
}

function put(R: usize, ranks: usize, rank: i32, x: f32, y: f32): void {
  const at = R + ((<usize>load<i32>(ranks + ((<usize>rank) << 2))) << 3);
  store<f32>(at, x);
  store<f32>(at, y, 4);
}
