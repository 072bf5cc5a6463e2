// Batch normalisation (Ioffe & Szegedy 2015, arXiv:1502.03167), n rows of `ld` columns; the variance is the biased
// one, for the running average too, as in Keras.

/** Y = γ x̂ + β with x̂ = (X − mean) / sqrt(variance + ε) over the batch; x̂ and 1 / sqrt are kept for the way back. */
export function normalise(
  X: usize,
  Y: usize,
  hat: usize,
  inverse: usize,
  gamma: usize,
  beta: usize,
  mean: usize,
  variance: usize,
  n: i32,
  ld: i32,
  epsilon: f32,
  momentum: f32,
): void {
  const stride = (<usize>ld) << 2;
  const share = f32x4.splat(<f32>(1.0 / <f64>n));
  const kept = f32x4.splat(momentum);
  const fresh = f32x4.splat(1 - momentum);
  for (let j: usize = 0; j < stride; j += 16) {
    let sum = f32x4.splat(0);
    for (let i = 0; i < n; i++) sum = f32x4.add(sum, v128.load(X + j + <usize>i * stride));
    const mu = f32x4.mul(sum, share);
    let squares = f32x4.splat(0);
    for (let i = 0; i < n; i++) {
      const r = f32x4.sub(v128.load(X + j + <usize>i * stride), mu);
      squares = f32x4.add(squares, f32x4.mul(r, r));
    }
    const sigma2 = f32x4.mul(squares, share);
    const inv = f32x4.div(f32x4.splat(1), f32x4.sqrt(f32x4.add(sigma2, f32x4.splat(epsilon))));
    const g = v128.load(gamma + j);
    const b = v128.load(beta + j);
    for (let i = 0; i < n; i++) {
      const o = j + <usize>i * stride;
      const h = f32x4.mul(f32x4.sub(v128.load(X + o), mu), inv);
      v128.store(hat + o, h);
      v128.store(Y + o, f32x4.add(f32x4.mul(g, h), b));
    }
    v128.store(inverse + j, inv);
    v128.store(mean + j, f32x4.add(f32x4.mul(kept, v128.load(mean + j)), f32x4.mul(fresh, mu)));
    v128.store(variance + j, f32x4.add(f32x4.mul(kept, v128.load(variance + j)), f32x4.mul(fresh, sigma2)));
  }
}

/** The way back: from the gradient G of Y, the gradients of γ and β, and of X into GX. */
export function normaliseBack(
  G: usize,
  hat: usize,
  inverse: usize,
  gamma: usize,
  gGamma: usize,
  gBeta: usize,
  GX: usize,
  n: i32,
  ld: i32,
): void {
  const stride = (<usize>ld) << 2;
  const share = f32x4.splat(<f32>(1.0 / <f64>n));
  for (let j: usize = 0; j < stride; j += 16) {
    let sum = f32x4.splat(0);
    let product = f32x4.splat(0);
    for (let i = 0; i < n; i++) {
      const o = j + <usize>i * stride;
      const g = v128.load(G + o);
      sum = f32x4.add(sum, g);
      product = f32x4.add(product, f32x4.mul(g, v128.load(hat + o)));
    }
    v128.store(gBeta + j, sum);
    v128.store(gGamma + j, product);
    const scale = f32x4.mul(v128.load(gamma + j), v128.load(inverse + j));
    const meanSum = f32x4.mul(sum, share);
    const meanProduct = f32x4.mul(product, share);
    for (let i = 0; i < n; i++) {
      const o = j + <usize>i * stride;
      const centred = f32x4.sub(v128.load(G + o), meanSum);
      const g = f32x4.sub(centred, f32x4.mul(v128.load(hat + o), meanProduct));
      v128.store(GX + o, f32x4.mul(scale, g));
    }
  }
}

/** Y = a X + b with one a and one b per column: normalisation by running averages, and (b = 0) its way back. */
export function affine(X: usize, Y: usize, a: usize, b: usize, n: i32, ld: i32): void {
  const stride = (<usize>ld) << 2;
  for (let i = 0; i < n; i++)
    for (let j: usize = 0; j < stride; j += 16) {
      const o = <usize>i * stride + j;
      v128.store(Y + o, f32x4.add(f32x4.mul(v128.load(X + o), v128.load(a + j)), v128.load(b + j)));
    }
}

/** a = γ / sqrt(variance + ε) and b = β − mean a: the affine form of a normalisation that is no longer trained. */
export function foldNorm(
  gamma: usize,
  beta: usize,
  mean: usize,
  variance: usize,
  a: usize,
  b: usize,
  ld: i32,
  epsilon: f32,
): void {
  const stride = (<usize>ld) << 2;
  for (let j: usize = 0; j < stride; j += 16) {
    const root = f32x4.sqrt(f32x4.add(v128.load(variance + j), f32x4.splat(epsilon)));
    const scale = f32x4.div(v128.load(gamma + j), root);
    v128.store(a + j, scale);
    v128.store(b + j, f32x4.sub(v128.load(beta + j), f32x4.mul(v128.load(mean + j), scale)));
  }
}
