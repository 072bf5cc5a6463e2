import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { twoClasses } from '../../src/evaluation/class-probabilities.js';
import { conformalSets, fitConformal } from '../../src/evaluation/conformal.js';
import type { ConformalOptions } from '../../src/evaluation/conformal-weights.js';
import { coverage } from '../../src/evaluation/coverage.js';
import { crossConformalSets, outOfFoldSets } from '../../src/evaluation/cross-conformal.js';
import { crossValidate } from '../../src/evaluation/cross-validate.js';
import { concatTables } from '../../src/frames/rows.js';
import { groupFolds } from '../../src/frames/splits.js';
import { numbers, type Table, texts } from '../../src/frames/table.js';
import { loadTransferTables } from '../../src/frames/transfer-tables.js';
import { predictToxicity } from '../../src/models/toxicity-model.js';
import { trainFromScratch } from '../../src/models/toxicity-training.js';
import { matrix } from '../../src/numeric/matrix.js';
import { random } from '../../src/numeric/random.js';
import { near, statistics } from '../reference/statistics.js';

const known = statistics.conformal;

test("thresholds agree with NumPy's rounded-up quantile, for all rows and class by class", () => {
  for (const [alpha, expected] of Object.entries(known.thresholds)) {
    const options = { alpha: Number(alpha) };
    const all = fitConformal(known.labels, matrix(known.probabilities), options);
    for (const limit of all.thresholds) near(limit!, expected, 1e-12);
    const own = fitConformal(known.labels, matrix(known.probabilities), { ...options, byClass: true });
    own.thresholds.forEach((limit, y) => {
      near(limit!, known.byClass[alpha][y], 1e-12);
    });
  }
});

test('grouped thresholds and CV+ sets agree with their definitions in NumPy', () => {
  const { labels, probabilities, folds, alpha, byFold, ...expected } = statistics.groupedConformal;
  const P = matrix(probabilities);
  const groups = expected.groups.map(String);
  const thresholds = (options: ConformalOptions) =>
    fitConformal(labels, P, { alpha, groups, ...options }).thresholds;
  const agree = (got: readonly (number | null)[], wanted: readonly (number | null)[]) => {
    got.forEach((limit, y) => {
      if (limit === null || wanted[y] === null) assert.equal(limit, wanted[y]);
      else near(limit, wanted[y]!, 1e-12);
    });
  };
  agree(thresholds({}), Array(3).fill(expected.pooled));
  agree(thresholds({ finiteSample: true }), Array(3).fill(expected.hierarchical));
  agree(thresholds({ byClass: true }), expected.pooledByClass);
  agree(thresholds({ byClass: true, finiteSample: true }), expected.hierarchicalByClass);
  const outOfFold = { labels, probabilities: P, folds };
  const fresh = byFold.map((rows) => matrix(rows));
  assert.deepEqual([...crossConformalSets(outOfFold, fresh, { alpha }).members], expected.cross);
  const byClass = crossConformalSets(outOfFold, fresh, { alpha, byClass: true });
  assert.deepEqual([...byClass.members], expected.crossByClass);
});

/** Made-up rows in publications that share an error; the model says what it would know without it. */
function studies(count: number, perStudy: number, seed: number) {
  const r = random(seed);
  const rows = Array.from({ length: count }, (_, s) => {
    const shift = 1.5 * r.normal();
    return Array.from({ length: 1 + r.integer(2 * perStudy - 1) }, () => {
      const z = 2 * r.normal();
      return {
        p: 1 / (1 + Math.exp(-z)),
        label: Number(r.uniform() < 1 / (1 + Math.exp(-z - shift))),
        group: `${s}`,
      };
    });
  }).flat();
  return {
    labels: rows.map((row) => row.label),
    P: twoClasses(rows.map((row) => row.p)),
    groups: rows.map((row) => row.group),
  };
}

const meanCoverage = (options: ConformalOptions & { byGroup?: boolean }, byClass?: number): number => {
  let [held, all] = [0, 0];
  for (let trial = 0; trial < 150; trial++) {
    const old = studies(40, 6, 2 * trial);
    const fresh = studies(40, 6, 2 * trial + 1);
    const fitted = fitConformal(old.labels, old.P, {
      ...options,
      groups: options.byGroup ? old.groups : undefined,
    });
    const { members } = conformalSets(fitted, fresh.P);
    fresh.labels.forEach((label, i) => {
      if (byClass !== undefined && label !== byClass) return;
      held += members[2 * i + label];
      all++;
    });
  }
  return held / all;
};

test('sets keep their promise on fresh publications: marginal, by class and by publication', () => {
  const within = (share: number) => assert.ok(share > 0.88 && share < 0.925, `${share}`);
  within(meanCoverage({}));
  within(meanCoverage({ byGroup: true }));
  within(meanCoverage({ byClass: true }, 0));
  within(meanCoverage({ byClass: true }, 1));
  const cautious = meanCoverage({ byGroup: true, finiteSample: true });
  assert.ok(cautious > meanCoverage({ byGroup: true }) && cautious < 0.95, `${cautious}`);
});

test('sets grow as alpha falls, and too few publications rule nothing out', () => {
  const { labels, P, groups } = studies(20, 6, 77);
  const members = (alpha: number) => conformalSets(fitConformal(labels, P, { alpha, groups }), P).members;
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 0.98, noNaN: true }), (alpha) => {
      const [wide, narrow] = [members(alpha), members(alpha + 0.01)];
      return wide.every((m, k) => m >= narrow[k]);
    }),
    { numRuns: 30 },
  );
  const few = fitConformal([0, 1, 1], twoClasses([0.1, 0.8, 0.4]), {
    groups: ['a', 'b', 'b'],
    finiteSample: true,
  });
  assert.deepEqual(few, { alpha: 0.1, thresholds: [null, null], byClass: false, rows: 3, groups: 2 });
  assert.deepEqual([...conformalSets(few, twoClasses([0.01])).members], [1, 1]);
});

test('a publication with many rows weighs no more than one with few', () => {
  const labels = [1, 1, 1, 1, 1, 1, 1, 1];
  const p = [0.1, 0.1, 0.1, 0.1, 0.1, 0.7, 0.8, 0.9];
  const limit = (groups?: string[]) =>
    fitConformal(labels, twoClasses(p), { alpha: 0.5, groups }).thresholds[0]!;
  near(limit(), 0.9);
  near(limit(['big', 'big', 'big', 'big', 'big', 'b', 'c', 'd']), 0.2);
});

test('with one model for all folds, CV+ is split conformal prediction on all rows', () => {
  const old = studies(30, 6, 5);
  const fresh = studies(10, 6, 6);
  const folds = old.groups.map((g) => Number(g) % 3);
  for (const options of [{}, { byClass: true }, { groups: old.groups }, { alpha: 0.25 }]) {
    const calibration = { labels: old.labels, probabilities: old.P, folds };
    assert.deepEqual(
      crossConformalSets(calibration, [fresh.P, fresh.P, fresh.P], options),
      conformalSets(fitConformal(old.labels, old.P, options), fresh.P),
    );
  }
  assert.throws(
    () => crossConformalSets({ labels: [0], probabilities: twoClasses([0.2]), folds: [1] }, [fresh.P]),
    {
      message: 'byFold must hold predictions of every fold, but fold 1 has none',
    },
  );
});

test('coverage counts sets that hold the truth, by class, with their sizes', () => {
  const sets = { classes: 2, members: Uint8Array.of(1, 0, 1, 1, 0, 0, 1, 0) };
  const got = coverage([0, 1, 1, 1], sets, ['a', 'b', 'c', 'd'], { replicates: 50 });
  assert.deepEqual(
    [got.overall, got.byClass[0], got.byClass[1], got.size, got.single, got.empty, got.singleRight].map((i) =>
      i.value.toFixed(3),
    ),
    ['0.500', '1.000', '0.333', '1.000', '0.500', '0.250', '0.500'],
  );
  assert.throws(() => coverage([0], sets, ['a']), {
    message: 'sets must be of 1 rows like labels, but are of 4',
  });
});

test('labels, probabilities and alpha that do not fit are refused', () => {
  assert.throws(() => fitConformal([0], twoClasses([0.1, 0.2])), {
    message: 'labels must be one for each of 2 rows of probabilities, but are 1',
  });
  assert.throws(() => fitConformal([], twoClasses([])), {
    message: 'labels must hold at least one row to calibrate on, but are empty',
  });
  assert.throws(() => fitConformal([2], twoClasses([0.1])), {
    message: 'labels must be whole numbers in 0 … 1, but row 0 is 2',
  });
  assert.throws(() => fitConformal([1], twoClasses([0.1]), { alpha: 1 }), {
    message: 'alpha must be between 0 and 1, but is 1',
  });
  assert.throws(() => conformalSets(fitConformal([1], twoClasses([0.1])), matrix([[0.2, 0.3, 0.5]])), {
    message: 'probabilities must have 2 classes, but have 3',
  });
});

const { source, targets } = await loadTransferTables({ synthetic: true });
const tables: Record<string, Table> = { source, ...targets, plastics: concatTables(Object.values(targets)) };

/** Coverage of out-of-fold 90 % sets, whole publications held out. */
async function groupedCoverage(table: Table, epochs: number, options: ConformalOptions) {
  const groups = texts(table, 'group').map(String);
  const labels = numbers(table, 'toxic');
  const predictions = await crossValidate(
    table,
    groupFolds(groups, { k: 5, labels }),
    async (train, test) => {
      const model = await trainFromScratch(train, { seed: 1, epochs });
      return { probabilities: predictToxicity(model, test), seen: model.seen };
    },
    { grouped: true },
  );
  const outOfFold = { ...predictions, probabilities: twoClasses(predictions.probabilities) };
  return coverage(labels, outOfFoldSets(outOfFold, { ...options, groups }), groups, { replicates: 200 });
}

test('90 % sets cover 87 to 93 % of each synthetic table when whole publications are held out', async () => {
  for (const [name, table] of Object.entries(tables)) {
    const { overall } = await groupedCoverage(table, name === 'source' ? 8 : 40, {});
    assert.ok(overall.value >= 0.87 && overall.value <= 0.93, `${name}: ${overall.value}`);
  }
});

test('calibrated class by class, toxic and non-toxic rows of the synthetic source are each covered', async () => {
  const { byClass } = await groupedCoverage(source, 8, { byClass: true });
  for (const { value } of byClass) assert.ok(value >= 0.87 && value <= 0.93, `${value}`);
});
