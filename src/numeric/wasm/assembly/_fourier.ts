// Fourier transforms of LANES columns at once: `m` rows of LANES floats, real parts, then imaginary parts. Forward in
// Gentleman & Sande's order (natural to bit-reversed), backward in Cooley & Tukey's, so that nothing is reordered;
// two radix-2 steps at a time. m is a power of two from 4 on.

export const LANES: usize = 16;
const ROW: usize = LANES << 2;

/** @param turns - cos(2πk / m) for k < m / 2, then sin. */
export function forward(S: usize, turns: usize, m: i32): void {
  let length = m;
  for (; length >= 4; length >>= 2) stepForward(S, turns, m, length);
  if (length == 2) pairs(S, m);
}

/** Not divided by m. */
export function backward(S: usize, turns: usize, m: i32): void {
  let length = 4;
  if (((31 - clz(m)) & 1) == 1) {
    pairs(S, m);
    length = 8;
  }
  for (; length <= m; length <<= 2) stepBackward(S, turns, m, length);
}

/** The last radix-2 step, its own inverse up to the factor 2. */
function pairs(S: usize, m: i32): void {
  const half = <usize>m * ROW;
  for (let part: usize = 0; part <= half; part += half)
    for (let i: usize = 0; i < half; i += 2 * ROW)
      for (let o = S + part + i; o < S + part + i + ROW; o += 16) {
        const u = v128.load(o);
        const v = v128.load(o + ROW);
        v128.store(o, f32x4.add(u, v));
        v128.store(o + ROW, f32x4.sub(u, v));
      }
}

function stepForward(S: usize, turns: usize, m: i32, length: i32): void {
  const im = <usize>m * ROW;
  const quarter = <usize>(length >> 2) * ROW;
  const sines = turns + ((<usize>m) << 1);
  for (let k = 0; k < length >> 2; k++) {
    const turn = (<usize>(k * (m / length))) << 2;
    const c = v128.load32_splat(turns + turn);
    const s = v128.load32_splat(sines + turn);
    const c2 = v128.load32_splat(turns + 2 * turn);
    const s2 = v128.load32_splat(sines + 2 * turn);
    for (let i = k; i < m; i += length) {
      const start = S + <usize>i * ROW;
      for (let o = start; o < start + ROW; o += 16) {
        const p1 = o + quarter;
        const p2 = p1 + quarter;
        const p3 = p2 + quarter;
        const r0 = v128.load(o);
        const r1 = v128.load(p1);
        const r2 = v128.load(p2);
        const r3 = v128.load(p3);
        const i0 = v128.load(o + im);
        const i1 = v128.load(p1 + im);
        const i2 = v128.load(p2 + im);
        const i3 = v128.load(p3 + im);
        const ar = f32x4.add(r0, r2);
        const ai = f32x4.add(i0, i2);
        const br = f32x4.add(r1, r3);
        const bi = f32x4.add(i1, i3);
        // (x0 − x2) ∓ i (x1 − x3), to be turned by k and, the second step, by 2 k more or less
        const dr = f32x4.sub(r0, r2);
        const di = f32x4.sub(i0, i2);
        const er = f32x4.sub(i1, i3);
        const ei = f32x4.sub(r3, r1);
        v128.store(o, f32x4.add(ar, br));
        v128.store(o + im, f32x4.add(ai, bi));
        storeTurned(p1, im, f32x4.sub(ar, br), f32x4.sub(ai, bi), c2, s2);
        const fr = f32x4.add(dr, er);
        const fi = f32x4.add(di, ei);
        const gr = f32x4.sub(dr, er);
        const gi = f32x4.sub(di, ei);
        storeTurned(p2, im, fr, fi, c, s);
        const hr = f32x4.add(f32x4.mul(gr, c), f32x4.mul(gi, s));
        const hi = f32x4.sub(f32x4.mul(gi, c), f32x4.mul(gr, s));
        storeTurned(p3, im, hr, hi, c2, s2);
      }
    }
  }
}

/** (re + i im) (c − i s). */
function storeTurned(at: usize, im: usize, re: v128, imaginary: v128, c: v128, s: v128): void {
  v128.store(at, f32x4.add(f32x4.mul(re, c), f32x4.mul(imaginary, s)));
  v128.store(at + im, f32x4.sub(f32x4.mul(imaginary, c), f32x4.mul(re, s)));
}

function stepBackward(S: usize, turns: usize, m: i32, length: i32): void {
  const im = <usize>m * ROW;
  const quarter = <usize>(length >> 2) * ROW;
  const sines = turns + ((<usize>m) << 1);
  for (let k = 0; k < length >> 2; k++) {
    const turn = (<usize>(k * (m / length))) << 2;
    const c = v128.load32_splat(turns + turn);
    const s = v128.load32_splat(sines + turn);
    const c2 = v128.load32_splat(turns + 2 * turn);
    const s2 = v128.load32_splat(sines + 2 * turn);
    for (let i = k; i < m; i += length) {
      const start = S + <usize>i * ROW;
      for (let o = start; o < start + ROW; o += 16) {
        const p1 = o + quarter;
        const p2 = p1 + quarter;
        const p3 = p2 + quarter;
        const y1r = v128.load(p1);
        const y1i = v128.load(p1 + im);
        const y3r = v128.load(p3);
        const y3i = v128.load(p3 + im);
        const vr = f32x4.sub(f32x4.mul(y1r, c2), f32x4.mul(y1i, s2));
        const vi = f32x4.add(f32x4.mul(y1i, c2), f32x4.mul(y1r, s2));
        const wr = f32x4.sub(f32x4.mul(y3r, c2), f32x4.mul(y3i, s2));
        const wi = f32x4.add(f32x4.mul(y3i, c2), f32x4.mul(y3r, s2));
        const y0r = v128.load(o);
        const y0i = v128.load(o + im);
        const y2r = v128.load(p2);
        const y2i = v128.load(p2 + im);
        const a0r = f32x4.add(y0r, vr);
        const a0i = f32x4.add(y0i, vi);
        const a1r = f32x4.sub(y0r, vr);
        const a1i = f32x4.sub(y0i, vi);
        const a2r = f32x4.add(y2r, wr);
        const a2i = f32x4.add(y2i, wi);
        const a3r = f32x4.sub(y2r, wr);
        const a3i = f32x4.sub(y2i, wi);
        const br = f32x4.sub(f32x4.mul(a2r, c), f32x4.mul(a2i, s));
        const bi = f32x4.add(f32x4.mul(a2i, c), f32x4.mul(a2r, s));
        const er = f32x4.sub(f32x4.mul(a3r, c), f32x4.mul(a3i, s));
        const ei = f32x4.add(f32x4.mul(a3i, c), f32x4.mul(a3r, s));
        v128.store(o, f32x4.add(a0r, br));
        v128.store(o + im, f32x4.add(a0i, bi));
        v128.store(p2, f32x4.sub(a0r, br));
        v128.store(p2 + im, f32x4.sub(a0i, bi));
        v128.store(p1, f32x4.sub(a1r, ei));
        v128.store(p1 + im, f32x4.add(a1i, er));
        v128.store(p3, f32x4.add(a1r, ei));
        v128.store(p3 + im, f32x4.sub(a1i, er));
      }
    }
  }
}
