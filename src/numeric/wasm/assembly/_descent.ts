/**
 * Attractive forces `Σ p (yᵢ − yⱼ) / (1 + |yᵢ − yⱼ|²)` on points `from … to`, four edges at a time.
 * @param starts - first edge of each point. @param ends - neighbour of each edge. @param P - its weight.
 * @param Y - n × 2 floats. @param F - out: n × 2 floats.
 */
export function attraction(
  from: i32,
  to: i32,
  starts: usize,
  ends: usize,
  P: usize,
  Y: usize,
  F: usize,
): void {
  const one = f32x4.splat(1);
  for (let i = from; i < to; i++) {
    const o = (<usize>i) << 3;
    const x = v128.load32_splat(Y + o);
    const y = v128.load32_splat(Y + o + 4);
    let fx = f32x4.splat(0);
    let fy = fx;
    let e = (<usize>load<i32>(starts + ((<usize>i) << 2))) << 2;
    const last = (<usize>load<i32>(starts + ((<usize>(i + 1)) << 2))) << 2;
    for (; e + 16 <= last; e += 16) {
      const ab = v128.load64_lane(
        Y + ((<usize>load<i32>(ends + e, 4)) << 3),
        v128.load64_zero(Y + ((<usize>load<i32>(ends + e)) << 3)),
        1,
      );
      const cd = v128.load64_lane(
        Y + ((<usize>load<i32>(ends + e, 12)) << 3),
        v128.load64_zero(Y + ((<usize>load<i32>(ends + e, 8)) << 3)),
        1,
      );
      const dx = f32x4.sub(x, v128.shuffle<f32>(ab, cd, 0, 2, 4, 6));
      const dy = f32x4.sub(y, v128.shuffle<f32>(ab, cd, 1, 3, 5, 7));
      const d = f32x4.add(one, f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy, dy)));
      const q = f32x4.div(v128.load(P + e), d);
      fx = f32x4.add(fx, f32x4.mul(q, dx));
      fy = f32x4.add(fy, f32x4.mul(q, dy));
    }
    let sumX = total(fx);
    let sumY = total(fy);
    for (; e < last; e += 4) {
      const other = Y + ((<usize>load<i32>(ends + e)) << 3);
      const dx = load<f32>(Y + o) - load<f32>(other);
      const dy = load<f32>(Y + o + 4) - load<f32>(other + 4);
      const q = load<f32>(P + e) / (1 + dx * dx + dy * dy);
      sumX += q * dx;
      sumY += q * dy;
    }
    store<f32>(F + o, sumX);
    store<f32>(F + o + 4, sumY);
  }
}

function total(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) +
    f32x4.extract_lane(v, 1) +
    (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
  );
}

/**
 * One step of gradient descent with momentum and a gain for each coordinate, which grows by 0.2 while the step keeps
 * its direction and falls by a fifth when it turns (Jacobs 1988), on `length` coordinates (padded to 4).
 * @param A - attractive forces. @param R - repulsive ones. @param repel - 1 / Z. @param attract - the exaggeration.
 */
export function descend(
  Y: usize,
  A: usize,
  R: usize,
  U: usize,
  G: usize,
  length: i32,
  attract: f32,
  repel: f32,
  rate: f32,
  momentum: f32,
): void {
  const zero = f32x4.splat(0);
  for (let o: usize = 0; o < (<usize>length) << 2; o += 16) {
    const gradient = f32x4.mul(
      f32x4.splat(4),
      f32x4.sub(
        f32x4.mul(f32x4.splat(attract), v128.load(A + o)),
        f32x4.mul(f32x4.splat(repel), v128.load(R + o)),
      ),
    );
    const u = v128.load(U + o);
    const g = v128.load(G + o);
    const onward = f32x4.lt(f32x4.mul(gradient, u), zero);
    const grown = f32x4.add(g, f32x4.splat(0.2));
    const fallen = f32x4.mul(g, f32x4.splat(0.8));
    const gain = f32x4.max(v128.bitselect(grown, fallen, onward), f32x4.splat(0.01));
    const step = f32x4.sub(
      f32x4.mul(f32x4.splat(momentum), u),
      f32x4.mul(f32x4.splat(rate), f32x4.mul(gain, gradient)),
    );
    v128.store(G + o, gain);
    v128.store(U + o, step);
    v128.store(Y + o, f32x4.add(v128.load(Y + o), step));
  }
}
