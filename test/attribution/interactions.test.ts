import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { interactionStrengths } from '../../src/attribution/interaction-strengths.js';
import { shapleyInteractions } from '../../src/attribution/interactions.js';
import { shapley } from '../../src/attribution/shapley.js';
import { matrix } from '../../src/numeric/matrix.js';
import { byRow, gaussian } from './games.js';

const rough = byRow((x) => x.reduce((sum, v, j) => sum + v * x[(j + 1) % x.length] + Math.max(0, v), 0));

test('each row adds up to the Shapley value, and the matrix is symmetric', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 6 }), fc.integer(), async (d, seed) => {
      const [rows, background] = [gaussian(2, d, seed), gaussian(4, d, `b${seed}`)];
      const { values } = await shapleyInteractions(rough, rows, background);
      const single = await shapley(rough, rows, background, { method: 'exact' });
      for (let i = 0; i < 2; i++)
        for (let a = 0; a < d; a++) {
          let sum = 0;
          for (let b = 0; b < d; b++) {
            sum += values[i].data[a * d + b];
            if (values[i].data[a * d + b] !== values[i].data[b * d + a]) return false;
          }
          if (Math.abs(sum - single.values.data[i * d + a]) > 1e-10) return false;
        }
      return true;
    }),
    { numRuns: 30 },
  );
});

test('a sum has no interactions, a product of two columns has only theirs', async () => {
  const sum = await shapleyInteractions(
    byRow((x) => x[0] + 2 * x[1]),
    matrix([[1, 1]]),
    matrix([[0, 0]]),
  );
  assert.deepEqual(Array.from(sum.values[0].data), [1, 0, 0, 2]);
  const product = byRow((x) => x[0] * x[2]);
  const { values } = await shapleyInteractions(product, matrix([[2, 7, 3]]), matrix([[0, 0, 0]]));
  assert.deepEqual(Array.from(values[0].data), [0, 0, 3, 0, 0, 0, 3, 0, 0]);
});

test('exact interactions refuse more than 16 groups', () =>
  assert.rejects(
    shapleyInteractions(rough, gaussian(1, 17, 1), gaussian(1, 17, 2), { method: 'exact' }),
    /at most 16 groups, but there are 17/,
  ));

for (const g of [5, 6])
  test(`sampled interactions of ${g} groups are the exact ones within four standard errors`, async () => {
    const [rows, background] = [gaussian(2, g, 'rows'), gaussian(6, g, 'background')];
    const exact = await shapleyInteractions(rough, rows, background, { method: 'exact' });
    const sampled = await shapleyInteractions(rough, rows, background, { method: 'sampled', samples: 400 });
    assert.equal(exact.standardErrors, undefined);
    sampled.values.forEach(({ data }, i) => {
      data.forEach((value, k) => {
        const error = sampled.standardErrors![i].data[k];
        assert.ok(error < 0.2, `standard error ${error}`);
        assert.ok(Math.abs(value - exact.values[i].data[k]) <= 4 * error + 1e-9, `entry ${k} of row ${i}`);
      });
    });
  });

test('with 20 groups, a product of two columns has only its interaction, and all adds up', async () => {
  const product = byRow((x) => 3 * x[4] * x[17] + x[2]);
  const [rows, background] = [gaussian(3, 20, 'rows'), matrix([new Array(20).fill(0)])];
  const { values, standardErrors, base, predictions } = await shapleyInteractions(product, rows, background, {
    samples: 2,
  });
  for (let i = 0; i < 3; i++) {
    const x = rows.data.subarray(20 * i);
    const wanted = new Float64Array(400);
    wanted[4 * 20 + 17] = wanted[17 * 20 + 4] = 1.5 * x[4] * x[17];
    wanted[2 * 20 + 2] = x[2];
    const off = values[i].data.map((value, k) => (k % 21 === 0 && k !== 2 * 21 ? 0 : value - wanted[k]));
    assert.ok(off.every((difference) => Math.abs(difference) < 1e-12));
    const sum = values[i].data.reduce((a, b) => a + b, base);
    assert.ok(Math.abs(sum - predictions[i]) < 1e-12);
    assert.equal(standardErrors![i].data.length, 400);
  }
});

test('the same seed gives the same sampled interactions, another seed others', async () => {
  const [rows, background] = [gaussian(1, 18, 'rows'), gaussian(3, 18, 'background')];
  const draw = async (seed: number) =>
    (await shapleyInteractions(rough, rows, background, { samples: 1, seed })).values[0].data;
  assert.deepEqual(await draw(1), await draw(1));
  assert.notDeepEqual(await draw(1), await draw(2));
});

test('strengths name the pair that acts together first, at the size of its interaction', async () => {
  const f = byRow((x) => x[0] * x[2] + x[1]);
  const groups = ['dose', 'cell', 'time'];
  const found = await shapleyInteractions(f, matrix([[2, 7, 3]]), matrix([[0, 0, 0]]), { groups });
  const [first, ...rest] = interactionStrengths(found);
  assert.deepEqual(first, { groups: ['dose', 'time'], mean: 6 });
  assert.ok(rest.every(({ mean }) => Math.abs(mean) < 1e-12));
});
