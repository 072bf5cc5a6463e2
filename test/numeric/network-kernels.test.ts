import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cosine, exp, log } from '../../src/numeric/elementary.js';
import type { Activation } from '../../src/numeric/network.js';
import { random } from '../../src/numeric/random.js';
import { arena, padded } from '../../src/numeric/wasm/arena.js';
import { activationNumber, networkKernels } from '../../src/numeric/wasm/network.js';
import { erf } from '../models/reference-loss.js';

const room = arena();
const kernels = networkKernels(room);

test('exp and log in WebAssembly have the bits of those in TypeScript', () => {
  fc.assert(fc.property(fc.double({ min: -750, max: 720, noNaN: true }), (x) => kernels.exp1(x) === exp(x)));
  fc.assert(
    fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => kernels.log1(x) === log(x)),
  );
});

test('cosine is within 5e-16 of the platform', () => {
  for (let i = 0; i <= 1000; i++) {
    const angle = (Math.PI * i) / 1000;
    assert.ok(Math.abs(cosine(angle) - Math.cos(angle)) <= 5e-16, `cosine of ${angle}`);
  }
});

const truths: [Activation, number, (z: number) => number][] = [
  ['sigmoid', 3e-7, (z) => 1 / (1 + Math.exp(-z))],
  ['tanh', 2e-7, Math.tanh],
  ['elu', 2e-7, (z) => (z > 0 ? z : Math.expm1(z))],
  ['softplus', 3e-7, (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)))],
  ['swish', 3e-6, (z) => z / (1 + Math.exp(-z))],
];
for (const [activation, tolerance, truth] of truths)
  test(`${activation} is within ${tolerance} of the platform, tails included`, () => {
    const z = Float32Array.from({ length: 4000 }, (_, i) => (i - 2000) / 20);
    const y = inferred(activation, z);
    z.forEach((v, i) => {
      assert.ok(
        Math.abs(y[i] - truth(v)) <= tolerance * Math.max(1, Math.abs(truth(v))),
        `${activation}(${v}) is ${y[i]}`,
      );
    });
  });

test('small numbers keep their relative precision in tanh and softplus', () => {
  const z = Float32Array.of(1e-6, -1e-20, 3e-30, -17, -60, 0);
  inferred('tanh', z.subarray(0, 3)).forEach((y, i) => {
    assert.ok(Math.abs(y / z[i] - 1) < 2e-7);
  });
  inferred('softplus', z.subarray(3, 5)).forEach((y, i) => {
    assert.ok(Math.abs(y / Math.exp(z[3 + i]) - 1) < 2e-6);
  });
});

test('gelu is within 2e-6 of z Φ(z)', () => {
  const z = Float32Array.from({ length: 100 }, (_, i) => (i - 50) / 12.5);
  inferred('gelu', z).forEach((y, i) => {
    assert.ok(Math.abs(y - 0.5 * z[i] * (1 + erf(z[i] / Math.SQRT2))) < 2e-6, `gelu(${z[i]}) is ${y}`);
  });
});

test('NaN stays NaN in every activation', () => {
  const all: Activation[] = ['linear', 'relu', 'sigmoid', 'tanh', 'elu', 'selu', 'softplus', 'swish', 'gelu'];
  for (const activation of all)
    assert.ok(Number.isNaN(inferred(activation, Float32Array.of(Number.NaN))[0]), activation);
});

function inferred(activation: Activation, z: Float32Array): Float32Array {
  const ld = padded(z.length);
  const [values, bias] = [room.allocate(ld), room.allocate(ld)];
  room.floats(values, z.length).set(z);
  kernels.infer(activationNumber(activation), values, bias, 1, ld);
  return room.floats(values, z.length).slice();
}

test('products of any size, dense or sparse, have the bits of sums in order', () => {
  const size = fc.integer({ min: 1, max: 90 });
  fc.assert(
    fc.property(size, size, size, fc.integer(), fc.double({ min: 0, max: 1 }), (n, N, K, seed, share) => {
      const own = arena();
      const source = random(seed);
      const draw = (rows: number, cols: number, keep: number) => {
        const pointer = own.allocate(rows * padded(cols));
        const view = own.floats(pointer, rows * padded(cols));
        for (let i = 0; i < rows; i++)
          for (let j = 0; j < cols; j++)
            view[i * padded(cols) + j] = source.uniform() < keep ? source.normal() : 0;
        return pointer;
      };
      const [A, B, G] = [draw(n, K, share), draw(K, N, 1), draw(n, N, share)];
      const C = own.allocate(n * padded(N));
      const W = own.allocate(K * padded(N));
      const widest = padded(Math.max(n, N, K));
      const [masks, scratch] = [own.allocate(4 * widest), own.allocate(widest * widest)];
      const k = networkKernels(own);
      const entry = (pointer: number, cols: number, i: number, j: number) =>
        own.floats(pointer + 4 * (i * padded(cols) + j), 1)[0];
      k.multiplyRows(A, padded(K), B, padded(N), C, padded(N), n, padded(N), K, masks);
      const product = (i: number, j: number) => inOrder(K, (m) => [entry(A, K, i, m), entry(B, N, m, j)]);
      for (const sparse of [0, 1]) {
        k.weightGradient(A, padded(K), G, padded(N), W, n, N, K, masks, scratch, sparse);
        const back = (i: number, j: number) => inOrder(n, (m) => [entry(A, K, m, i), entry(G, N, m, j)]);
        assert.equal(entry(W, N, K - 1, N - 1), back(K - 1, N - 1));
        assert.equal(entry(W, N, 0, N >> 1), back(0, N >> 1));
        if (N < padded(N)) assert.equal(own.floats(W + 4 * N, 1)[0], 0);
      }
      assert.equal(entry(C, N, n - 1, N - 1), product(n - 1, N - 1));
      assert.equal(entry(C, N, n >> 1, 0), product(n >> 1, 0));
    }),
    { numRuns: 150 },
  );
});

/** A sum of products in single precision, one after another. */
function inOrder(length: number, factors: (m: number) => [number, number]): number {
  let sum = 0;
  for (let m = 0; m < length; m++) {
    const [a, b] = factors(m);
    sum = Math.fround(sum + Math.fround(a * b));
  }
  return sum;
}

test('softmax rows sum to one, shifted scores give the same, and padding is zero', () => {
  const own = arena();
  const [z, bias] = [own.allocate(8), own.allocate(8)];
  own.floats(z, 6).set([1, 2, 1000, 3, 4, 5]);
  networkKernels(own).softmax(z, bias, 1, 6, 8);
  const p = [...own.floats(z, 8)];
  assert.equal(
    p.reduce((a, b) => a + b),
    1,
  );
  assert.deepEqual(
    p,
    [0, 0, 1, 0, 0, 0, 0, 0].map((v, i) => (p[i] < 1e-30 && v === 0 ? p[i] : v)),
  );
  assert.deepEqual(p.slice(6), [0, 0]);
});
