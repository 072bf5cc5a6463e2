import { exp4, log1 } from './_elementary';

/**
 * Affinities of one point to its k neighbours, normal in the distance, with the precision β at which their entropy is
 * log(perplexity): bisection, as van der Maaten & Hinton (2008) give it.
 * @param squares - k squared distances, rising; replaced. @param P - out: k floats that add up to one.
 * @param scratch - room for k floats, rounded up to 4.
 */
export function affinities(squares: usize, k: i32, logPerplexity: f64, P: usize, scratch: usize): void {
  const count = (k + 3) & ~3;
  scale(squares, k, count, scratch);
  let low: f64 = 0;
  let high: f64 = Infinity;
  let beta: f64 = 1;
  let sum: f64 = 0;
  for (let step = 0; step < 100; step++) {
    sum = weigh(scratch, k, count, <f32>beta);
    const excess = log1(sum) + (beta * moment) / sum - logPerplexity;
    if (Math.abs(excess) < 1e-5) break;
    if (excess > 0) {
      low = beta;
      beta = high == Infinity ? beta * 2 : (beta + high) / 2;
    } else {
      high = beta;
      beta = (beta + low) / 2;
    }
    if (beta > 1e30) break; // more points at distance zero than the perplexity asks for
  }
  const share = f32x4.splat(<f32>(1 / sum));
  const b = f32x4.splat(<f32>-beta);
  for (let j = 0; j < count; j += 4) {
    const o = (<usize>j) << 2;
    v128.store(scratch + o, f32x4.mul(share, exp4(f32x4.mul(b, v128.load(scratch + o)))));
  }
  memory.copy(P, scratch, (<usize>k) << 2);
}

/** Distances beyond the nearest, in units of their mean, so that neither large nor small units overflow. */
function scale(squares: usize, k: i32, count: i32, out: usize): void {
  const nearest = load<f64>(squares);
  let mean: f64 = 0;
  for (let j = 0; j < k; j++) mean += load<f64>(squares + ((<usize>j) << 3)) - nearest;
  mean = mean > 0 ? mean / <f64>k : 1;
  for (let j = 0; j < count; j++) {
    const value = j < k ? <f32>((load<f64>(squares + ((<usize>j) << 3)) - nearest) / mean) : 0;
    store<f32>(out + ((<usize>j) << 2), value);
  }
}

let moment: f64 = 0;

/** Sum of the weights exp(−β d); their sum of β-free products d · exp(−β d) is left in `moment`. */
function weigh(distances: usize, k: i32, count: i32, beta: f32): f64 {
  const b = f32x4.splat(-beta);
  let sum = f32x4.splat(0);
  let product = f32x4.splat(0);
  for (let j = 0; j < count; j += 4) {
    const d = v128.load(distances + ((<usize>j) << 2));
    const e = exp4(f32x4.mul(b, d));
    sum = f32x4.add(sum, e);
    product = f32x4.add(product, f32x4.mul(d, e));
  }
  moment = <f64>total(product);
  return <f64>total(sum) - <f64>(count - k); // what was added to fill up is at distance 0
}

function total(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) +
    f32x4.extract_lane(v, 1) +
    (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
  );
}

/**
 * Sum of `p log(p (1 + |yᵢ − yⱼ|²))` over the edges of points `from … to`: the divergence, less log Z.
 * @param starts - first edge of each point. @param ends - neighbour of each edge. @param P - its weight.
 * @param Y - n × 2 floats.
 */
export function divergence(from: i32, to: i32, starts: usize, ends: usize, P: usize, Y: usize): f64 {
  let sum: f64 = 0;
  for (let i = from; i < to; i++) {
    const x = load<f32>(Y + ((<usize>i) << 3));
    const y = load<f32>(Y + ((<usize>i) << 3) + 4);
    const last = load<i32>(starts + ((<usize>(i + 1)) << 2));
    for (let e = load<i32>(starts + ((<usize>i) << 2)); e < last; e++) {
      const other = Y + ((<usize>load<i32>(ends + ((<usize>e) << 2))) << 3);
      const dx = <f64>(x - load<f32>(other));
      const dy = <f64>(y - load<f32>(other + 4));
      const p = <f64>load<f32>(P + ((<usize>e) << 2));
      if (p > 1e-36) sum += p * log1(p * (1 + dx * dx + dy * dy));
    }
  }
  return sum;
}
