import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { exp, log } from '../../src/numeric/elementary.js';
import { random } from '../../src/numeric/random.js';

test('log and exp agree with the platform to two units in the last place', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-300, max: 1e300, noNaN: true }),
      (x) => Math.abs(log(x) - Math.log(x)) <= 4.5e-16 * Math.abs(Math.log(x)) + 1e-300,
    ),
  );
  fc.assert(
    fc.property(
      fc.double({ min: -700, max: 700, noNaN: true }),
      (x) => Math.abs(exp(x) / Math.exp(x) - 1) <= 4.5e-16,
    ),
  );
  assert.equal(exp(0), 1);
  assert.equal(log(1), 0);
  assert.equal(exp(-746), 0);
  assert.equal(exp(710), Number.POSITIVE_INFINITY);
});

test('the same seed gives the same bits on every machine', () => {
  const r = random(7);
  assert.deepEqual(
    [r.uniform(), r.normal(), r.integer(1000)],
    [0.15904759961225723, -0.539428489671467, 504],
  );
});

test('a fork neither advances its parent nor repeats it', () => {
  const a = random(1);
  const b = random(1);
  const fork = a.fork('fold 0');
  fork.uniform();
  assert.equal(a.uniform(), b.uniform());
  assert.notEqual(random(1).fork(0).uniform(), random(1).fork(1).uniform());
});

test('a permutation holds every index once', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 200 }), fc.integer(), (n, seed) => {
      const sorted = Array.from(random(seed).permutation(n)).sort((x, y) => x - y);
      return sorted.every((v, i) => v === i) && sorted.length === n;
    }),
  );
});

test('normal deviates have mean 0 and variance 1', () => {
  const r = random('moments');
  const n = 100_000;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const z = r.normal();
    sum += z;
    squares += z * z;
  }
  assert.ok(Math.abs(sum / n) < 0.015, `mean ${sum / n}`);
  assert.ok(Math.abs(squares / n - 1) < 0.02, `variance ${squares / n}`);
});

test('a seed that is not whole is refused', () => {
  assert.throws(() => random(1.5), {
    name: 'RangeError',
    message: 'seed must be a whole number, but is 1.5',
  });
});
