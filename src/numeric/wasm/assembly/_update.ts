// One step of an optimizer over `length` weights P (a multiple of 4) with gradient G and state in place.

/**
 * Adam (Kingma & Ba 2015, arXiv:1412.6980) with its bias corrections folded into `rate` and `epsilon`; weights first
 * shrink by the factor `keep`, which is 1 for Adam and 1 − rate · decay for AdamW (Loshchilov & Hutter 2019).
 */
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
