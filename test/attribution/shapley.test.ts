import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ShapleyOptions, shapley } from '../../src/attribution/shapley.js';
import { matrix } from '../../src/numeric/matrix.js';
import { columnMeans } from '../../src/numeric/statistics.js';
import { additivityError, byRow, gaussian, networkPredict, randomNetwork } from './games.js';

const methods = ['exact', 'permutation', 'kernel'] as const;
const game = fc.record({
  d: fc.integer({ min: 1, max: 7 }),
  seed: fc.integer({ min: 0, max: 1e6 }),
  method: fc.constantFrom(...methods),
});
const few = { numRuns: 30 };

const rough = byRow((x) => {
  let y = 0;
  for (let j = 0; j < x.length; j++) y += (j + 1) * x[j] * x[(j + 1) % x.length] + Math.max(0, x[j]);
  return y;
});

/** Interactions of three columns: a pair of antithetic walks is exact for those of two. */
const rougher = byRow((x) => {
  let y = 0;
  for (let j = 0; j < x.length; j++) y += x[j] * x[(j + 1) % x.length] * x[(j + 3) % x.length];
  return y;
});

test('it adds up to the prediction', async () => {
  await fc.assert(
    fc.asyncProperty(game, async ({ d, seed, method }) => {
      const a = await shapley(rough, gaussian(3, d, seed), gaussian(5, d, seed + 1), { method, seed });
      return additivityError(a) < 1e-10;
    }),
    few,
  );
});

test('it equals w · (x − mean) for a linear model, by every method', async () => {
  await fc.assert(
    fc.asyncProperty(game, async ({ d, seed, method }) => {
      const w = gaussian(1, d, `w${seed}`).data;
      const rows = gaussian(3, d, seed);
      const background = gaussian(5, d, seed + 1);
      const linear = byRow((x) => x.reduce((sum, v, j) => sum + v * w[j], 2));
      const { values, standardErrors } = await shapley(linear, rows, background, { method, seed });
      const mean = columnMeans(background);
      const wrong = values.data.some((v, k) => Math.abs(v - w[k % d] * (rows.data[k] - mean[k % d])) > 1e-9);
      return !wrong && !(standardErrors?.data.some((e) => e > 1e-9) ?? false);
    }),
    few,
  );
});

test('it gives a column that the model ignores exactly nothing', async () => {
  await fc.assert(
    fc.asyncProperty(game, async ({ d, seed, method }) => {
      fc.pre(method !== 'kernel'); // a sampled regression gives it nothing only on average
      const ignoresFirst = byRow((x) => x.reduce((sum, v, j) => (j === 0 ? sum : sum * v + v), 1));
      const { values } = await shapley(ignoresFirst, gaussian(2, d, seed), gaussian(4, d, seed + 1), {
        method,
        seed,
      });
      return values.data.every((v, k) => k % d !== 0 || v === 0);
    }),
    few,
  );
});

test('it treats alike what the model treats alike', async () => {
  const product = byRow((x) => x[0] * x[1] + x[2]);
  const { values } = await shapley(
    product,
    matrix([[2, 2, 1]]),
    matrix([
      [1, 1, 0],
      [-1, -1, 3],
    ]),
  );
  assert.equal(values.data[0], values.data[1]);
});

test('it explains columns of one group together, in the order in which groups appear', async () => {
  const product = byRow((x) => x[0] * x[1] * x[2]);
  const a = await shapley(product, matrix([[2, 3, 5]]), matrix([[1, 1, 1]]), { groups: ['b', 'a', 'b'] });
  assert.deepEqual(a.groups, ['b', 'a']);
  // v(b) = 10, v(a) = 3, v(ab) = 30: φ(b) = (9 + 27) / 2, φ(a) = (2 + 20) / 2
  assert.deepEqual(Array.from(a.values.data), [18, 11]);
  assert.equal(a.base, 1);
  assert.equal(a.predictions[0], 30);
  assert.equal(a.method, 'exact');
});

test('sampled values lie within four standard errors of the exact ones', async () => {
  const rows = gaussian(6, 10, 'rows');
  const background = gaussian(8, 10, 'background');
  const exact = await shapley(rougher, rows, background, { method: 'exact' });
  for (const [method, samples] of [
    ['permutation', 40],
    ['kernel', 300],
  ] as const) {
    const { values, standardErrors } = await shapley(rougher, rows, background, { method, samples, seed: 3 });
    const z = values.data.map((v, k) => (v - exact.values.data[k]) / (standardErrors!.data[k] + 1e-12));
    const meanSquare = z.reduce((sum, v) => sum + v * v, 0) / z.length;
    assert.ok(
      z.every((v) => Math.abs(v) < 4.5),
      `${method}: largest ${Math.max(...z.map(Math.abs))}`,
    );
    assert.ok(meanSquare > 0.4 && meanSquare < 2, `${method}: mean square ${meanSquare}`);
  }
});

test('kernel with room for every coalition is exact', async () => {
  const rows = gaussian(2, 8, 1);
  const background = gaussian(4, 8, 2);
  const exact = await shapley(rough, rows, background, { method: 'exact' });
  const kernel = await shapley(rough, rows, background, { method: 'kernel', samples: 256 });
  assert.ok(kernel.values.data.every((v, k) => Math.abs(v - exact.values.data[k]) < 1e-9));
  assert.equal(kernel.standardErrors, undefined);
});

test('the same seed gives the same bits, another seed others', async () => {
  const [rows, background] = [gaussian(2, 14, 1), gaussian(4, 14, 2)];
  const bits = async (seed: number) => (await shapley(rough, rows, background, { seed })).values.data;
  assert.deepEqual(await bits(5), await bits(5));
  assert.notDeepEqual(await bits(5), await bits(6));
});

test('a gaussian expectation shares a linear model out as theory says', async () => {
  // Two columns with correlation r: knowing one says r of the other, so φ₁ = (w₁ + r w₂) x₁ − … (Aas et al. 2021).
  const r = 0.8;
  const noise = gaussian(4000, 2, 'normal');
  const data = noise.data.map((z, k) => (k % 2 === 0 ? z : r * noise.data[k - 1] + Math.sqrt(1 - r * r) * z));
  const background = { rows: 4000, cols: 2, data };
  const model = byRow((x) => 2 * x[0] - x[1]);
  const rows = matrix([[1, -0.5]]);
  const { values } = await shapley(model, rows, background, { expectation: 'gaussian' });
  const alone = [(2 - r) * 1, (2 * r - 1) * -0.5]; // v({i}) − v(∅)
  const wanted = [(alone[0] + 2.5 - alone[1]) / 2, (alone[1] + 2.5 - alone[0]) / 2];
  wanted.forEach((value, j) => {
    assert.ok(Math.abs(values.data[j] - value) < 0.06, `${values.data[j]} and ${value}`);
  });
});

test('a gaussian expectation is the same for a network and for the function that it is', async () => {
  const network = randomNetwork([5, 8, 1], 'gaussian', 'tanh');
  const [rows, background] = [gaussian(3, 5, 'rows'), gaussian(30, 5, 'background')];
  for (let k = 0; k < background.data.length; k += 5) background.data[k] += background.data[k + 1];
  const options = { expectation: 'gaussian', groups: ['a', 'a', 'b', 'c', 'd'] } as const;
  const a = await shapley(network, rows, background, options);
  const b = await shapley(networkPredict(network), rows, background, options);
  assert.ok(additivityError(a) < 1e-12);
  a.values.data.forEach((value, k) => {
    assert.ok(Math.abs(value - b.values.data[k]) < 1e-5);
  });
});

test('an unknown method is refused', () =>
  assert.rejects(shapley(rough, gaussian(1, 2, 1), gaussian(1, 2, 2), { method: 'best' as never }), {
    name: 'TypeError',
    message: 'method must be auto, exact, permutation or kernel, but is best',
  }));

test('unknown expectations and bandwidths are refused', async () => {
  const [rows, f] = [gaussian(2, 2, 1), byRow((x) => x[0])];
  await assert.rejects(shapley(f, rows, rows, { expectation: 'best' as never }), {
    name: 'TypeError',
    message: 'expectation must be marginal, conditional or gaussian, but is best',
  });
  await assert.rejects(shapley(f, rows, rows, { expectation: 'conditional', bandwidth: 0 }), {
    name: 'RangeError',
    message: 'bandwidth must be above 0, but is 0',
  });
});

test('a conditional expectation follows what the known columns say', async () => {
  // column 1 repeats column 0, the model reads column 1 only: knowing column 0 is then worth as much
  const x = gaussian(200, 1, 4).data;
  const background = { rows: 200, cols: 2, data: Float64Array.from({ length: 400 }, (_, k) => x[k >> 1]) };
  const second = byRow((row) => row[1]);
  const rows = matrix([[1, 1]]);
  const marginal = await shapley(second, rows, background);
  const conditional = await shapley(second, rows, background, { expectation: 'conditional' });
  assert.equal(marginal.values.data[0], 0);
  assert.ok(Math.abs(conditional.values.data[0] - conditional.values.data[1]) < 0.05);
  assert.ok(additivityError(conditional) < 1e-12);
});

test('it awaits a predict function that takes its time, and reports progress', async () => {
  const seen: number[] = [];
  const slow = async (rows: { rows: number }) =>
    new Promise<number[]>((resolve) => setImmediate(() => resolve(new Array(rows.rows).fill(1))));
  const a = await shapley(slow, gaussian(2, 3, 1), gaussian(2, 3, 2), {
    onProgress: (done) => seen.push(done),
  });
  assert.equal(a.base, 1);
  assert.equal(seen.at(-1), 8);
});

test('an abort in the middle rejects with its reason', async () => {
  const abort = new AbortController();
  let calls = 0;
  const counting = (rows: { rows: number }) => {
    if (++calls === 2) abort.abort(new Error('enough'));
    return new Float64Array(rows.rows);
  };
  await assert.rejects(
    shapley(counting, gaussian(5, 12, 1), gaussian(50, 12, 2), { signal: abort.signal }),
    /^Error: enough$/,
  );
  assert.ok(calls < 5);
});

const refusal = (rows: number[][], background: number[][], message: string, options: ShapleyOptions = {}) =>
  test(`it refuses: ${message}`, () =>
    assert.rejects(
      shapley(
        byRow((x) => x[0]),
        matrix(rows),
        matrix(background),
        options,
      ),
      {
        name: 'RangeError',
        message,
      },
    ));

refusal([], [[1]], 'rows must have at least 1 row, but has 0');
refusal([[1]], [], 'background must have at least 1 row, but has 0');
refusal([[1]], [[1, 2]], 'rows must have 2 columns, but has 1');
refusal(
  [[1], [Number.NaN]],
  [[1]],
  'rows must hold finite numbers, but row 1, column 0 is NaN; impute or drop it first',
);
refusal(
  [[1]],
  [[Number.POSITIVE_INFINITY]],
  'background must hold finite numbers, but row 0, column 0 is Infinity; impute or drop it first',
);
refusal([[1, 2]], [[1, 2]], 'groups must name each of the 2 columns, but has 1 names', { groups: ['a'] });
refusal([[1]], [[1]], 'samples must be a whole number at least 1, but is 0', {
  samples: 0,
  method: 'kernel',
});
refusal(
  [new Array(17).fill(1)],
  [new Array(17).fill(0)],
  'method "exact" takes at most 16 groups, but there are 17; put columns into groups or use "permutation"',
  { method: 'exact' },
);

test('it refuses predictions that are not finite or too few', async () => {
  await assert.rejects(
    shapley(() => [Number.NaN, 1], matrix([[1]]), matrix([[1]])),
    /predict must return finite numbers, but returned NaN/,
  );
  await assert.rejects(
    shapley(() => [], matrix([[1]]), matrix([[1]])),
    /predict must return one number for each of 2 rows, but returned 0/,
  );
});

test('constant columns, duplicate rows and a background of one row are no trouble', async () => {
  const rows = matrix([
    [1, 0, 2],
    [1, 0, 2],
  ]);
  for (const method of methods) {
    const a = await shapley(rough, rows, matrix([[1, 0, 2]]), { method });
    assert.ok(a.values.data.every((v) => Math.abs(v) < 1e-12));
  }
});
