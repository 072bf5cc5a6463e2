// One step of an optimizer over `length` weights P (a multiple of 4) with gradient G and state in place.

/**
 * A step of Adam (Kingma & Ba 2015, arXiv:1412.6980); weights first shrink by rate · decay, which is 0 for Adam and not
 * for AdamW (Loshchilov & Hutter 2019, arXiv:1711.05101).
 * @param powers - two doubles, β₁ and β₂ to the power of the steps done; 1 and 1 at the start.
 */
export function adamStep(
  P: usize,
  G: usize,
  M: usize,
  V: usize,
  length: i32,
  powers: usize,
  rate: f64,
  beta1: f64,
  beta2: f64,
  epsilon: f64,
  decay: f64,
): void {
  const power1 = load<f64>(powers) * beta1;
  const power2 = load<f64>(powers, 8) * beta2;
  store<f64>(powers, power1);
  store<f64>(powers, power2, 8);
  const root = Math.sqrt(1.0 - power2);
  const corrected = <f32>((rate * root) / (1.0 - power1));
  const keep = <f32>(1.0 - rate * decay);
  adam(P, G, M, V, length, corrected, <f32>beta1, <f32>beta2, <f32>(epsilon * root), keep);
}

/** Adam with its bias corrections folded into `rate` and `epsilon`. Exported, or it would be inlined: see _program. */
export function adam(
  P: usize,
  G: usize,
  M: usize,
  V: usize,
  length: i32,
  rate: f32,
  beta1: f32,
  beta2: f32,
  epsilon: f32,
  keep: f32,
): void {
  const bytes = (<usize>length) << 2;
  const b1 = f32x4.splat(beta1);
  const c1 = f32x4.splat(1 - beta1);
  const b2 = f32x4.splat(beta2);
  const c2 = f32x4.splat(1 - beta2);
  const step = f32x4.splat(rate);
  const tiny = f32x4.splat(epsilon);
  const kept = f32x4.splat(keep);
  for (let o: usize = 0; o < bytes; o += 16) {
    const g = v128.load(G + o);
    const m = f32x4.add(f32x4.mul(b1, v128.load(M + o)), f32x4.mul(c1, g));
    const v = f32x4.add(f32x4.mul(b2, v128.load(V + o)), f32x4.mul(c2, f32x4.mul(g, g)));
    v128.store(M + o, m);
    v128.store(V + o, v);
    const move = f32x4.div(f32x4.mul(step, m), f32x4.add(f32x4.sqrt(v), tiny));
    v128.store(P + o, f32x4.sub(f32x4.mul(kept, v128.load(P + o)), move));
  }
}

/** Gradient descent with momentum: V = momentum V + G, then P −= rate V, or rate (G + momentum V) after Nesterov. */
export function descend(
  P: usize,
  G: usize,
  V: usize,
  length: i32,
  rate: f32,
  momentum: f32,
  nesterov: i32,
): void {
  const bytes = (<usize>length) << 2;
  const mu = f32x4.splat(momentum);
  const step = f32x4.splat(rate);
  for (let o: usize = 0; o < bytes; o += 16) {
    const g = v128.load(G + o);
    const v = f32x4.add(f32x4.mul(mu, v128.load(V + o)), g);
    v128.store(V + o, v);
    const move = nesterov ? f32x4.add(g, f32x4.mul(mu, v)) : v;
    v128.store(P + o, f32x4.sub(v128.load(P + o), f32x4.mul(step, move)));
  }
}

/** G += strength (P − towards): the gradient of a pull to other weights. */
export function pull(G: usize, P: usize, towards: usize, length: i32, strength: f32): void {
  const bytes = (<usize>length) << 2;
  const s = f32x4.splat(strength);
  for (let o: usize = 0; o < bytes; o += 16) {
    const away = f32x4.sub(v128.load(P + o), v128.load(towards + o));
    v128.store(G + o, f32x4.add(v128.load(G + o), f32x4.mul(s, away)));
  }
}

/** Every number of G into −limit … limit. */
export function clip(G: usize, length: i32, limit: f32): void {
  const bytes = (<usize>length) << 2;
  const most = f32x4.splat(limit);
  const least = f32x4.splat(-limit);
  for (let o: usize = 0; o < bytes; o += 16)
    v128.store(G + o, f32x4.max(least, f32x4.min(most, v128.load(G + o))));
}

/** Adds the squares of G to the double at `sum`, which starts at zero where `first` is 1. */
export function sumSquares(G: usize, length: i32, sum: usize, first: i32): void {
  const bytes = (<usize>length) << 2;
  let squares = f64x2.splat(0);
  for (let o: usize = 0; o < bytes; o += 8) {
    const g = f64x2.promote_low_f32x4(v128.load64_zero(G + o));
    squares = f64x2.add(squares, f64x2.mul(g, g));
  }
  const before = first ? 0.0 : load<f64>(sum);
  store<f64>(sum, before + f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1));
}

/** Scales G by most / √sum where that is below one: so a gradient of that length is shortened to `most`. */
export function shorten(G: usize, length: i32, sum: usize, most: f64): void {
  const norm = Math.sqrt(load<f64>(sum));
  if (!(norm > most)) return;
  const bytes = (<usize>length) << 2;
  const share = f32x4.splat(<f32>(most / norm));
  for (let o: usize = 0; o < bytes; o += 16) v128.store(G + o, f32x4.mul(share, v128.load(G + o)));
}
