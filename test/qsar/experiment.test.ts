import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clusterBootstrap } from '../../src/evaluation/bootstrap.js';
import { texts } from '../../src/frames/table.js';
import { loadTransferTables } from '../../src/frames/transfer-tables.js';
import { predictToxicity } from '../../src/models/toxicity-model.js';
import { finetune, pretrain } from '../../src/models/toxicity-training.js';
import { sourceDistances } from '../../src/qsar/domain.js';
import { type ArmResult, compareArms, QUICK_ARMS } from '../../src/qsar/experiment.js';
import { explainToxicity } from '../../src/qsar/explain.js';
import { importances } from '../../src/qsar/importance.js';
import { landscape } from '../../src/qsar/landscape.js';

const { source, targets, synthetic, data } = await loadTransferTables({ synthetic: true });
const target = targets.T2;
const quick = { seed: 1, folds: 3, pretrainEpochs: 2, epochs: 5, replicates: 50 };
const results = await compareArms(source, target, quick);

test('synthetic tables say so and name their origin', () => {
  assert.equal(synthetic, true);
  assert.deepEqual([...new Set(data.map((d) => d.id))], ['synthetic-cytotoxicity']);
});

test('every arm predicts every row under both splits, on the same folds', () => {
  assert.equal(results.length, 2 * QUICK_ARMS.length);
  for (const split of ['random', 'by publication']) {
    const own = results.filter((r) => r.split === split);
    for (const r of own) assert.deepEqual(r.folds, own[0].folds);
  }
  for (const r of results) {
    assert.ok(r.probabilities.every((p) => p >= 0 && p <= 1));
    assert.ok(r.scores.rocAuc.low <= r.scores.rocAuc.value && r.scores.rocAuc.value <= r.scores.rocAuc.high);
  }
});

test('a split by publication never has one publication on both sides', () => {
  const foldsOf = (r: ArmResult) => {
    const folds = new Map<string, Set<number>>();
    for (const [i, group] of r.groups.entries())
      folds.set(group, (folds.get(group) ?? new Set()).add(r.folds[i]));
    return [...folds.values()].map((set) => set.size);
  };
  const [random, grouped] = ['random', 'by publication'].map(
    (split) => results.find((r) => r.split === split)!,
  );
  assert.ok(foldsOf(grouped).every((size) => size === 1));
  assert.ok(foldsOf(random).some((size) => size > 1));
});

test('two runs give the same numbers, with any number of threads', async () => {
  const again = await compareArms(source, target, { ...quick, arms: [QUICK_ARMS[1]], workers: 0 });
  const before = results.filter((r) => r.arm === QUICK_ARMS[1].name);
  assert.deepEqual(again, before);
});

test('Shapley values by column add up to the prediction, and importances have their intervals', async () => {
  const model = await finetune(await pretrain(source, { seed: 1, epochs: 3, vocabulary: target }), target, {
    seed: 1,
    epochs: 10,
  });
  const explained = await explainToxicity(model, target, { rows: 12, background: 20 });
  assert.deepEqual(explained.groups, [
    'material',
    'surface',
    'cell',
    'assay',
    'size_nm',
    'dose_ug_mL',
    'time_h',
    'zeta_mV',
  ]);
  const predictions = predictToxicity(model, explained.table);
  predictions.forEach((p, i) => {
    const sum = explained.values.data.subarray(8 * i, 8 * i + 8).reduce((a, b) => a + b, explained.base);
    assert.ok(Math.abs(sum - p) < 1e-5, `row ${i}: ${sum} and ${p}`);
  });
  const publications = texts(explained.table, 'group').map(String);
  const ranked = importances(explained, publications, { replicates: 100 });
  assert.ok(
    ranked.every((g, k) => g.low <= g.mean && g.mean <= g.high && (k === 0 || g.mean <= ranked[k - 1].mean)),
  );
  assert.throws(
    () => importances(explained, ['a']),
    /publications must name 12 rows like the attribution, but name 1/,
  );

  const distances = sourceDistances(model, source, target);
  const inside = distances.source.filter((d) => d <= distances.limit).length / distances.source.length;
  assert.ok(Math.abs(inside - 0.95) < 0.002);
  assert.deepEqual(distances.features, ['log10 size_nm', 'log10 dose_ug_mL', 'log10 time_h', 'zeta_mV']);

  const land = landscape(model, { source, T2: target }, { rows: 50 });
  assert.deepEqual([land.values.rows, land.classes[0], land.classes[99]], [100, 'source', 'T2']);
  assert.deepEqual(land, landscape(model, { source, T2: target }, { rows: 50 }));
});

test('the source is cleared of the publications that a fold holds out', async () => {
  const poisoned = { ...source, columns: new Map(source.columns) };
  const first = texts(target, 'group')[0]!;
  // Every source row pretends to come from a publication of the target: nothing is left to pre-train on.
  poisoned.columns.set('group', { kind: 'text', codes: new Int32Array(source.rows), words: [first] });
  await assert.rejects(
    compareArms(poisoned, target, { ...quick, splits: ['by publication'] }),
    /table must hold toxic|at least one row/,
  );
});

test('a bootstrap over publications is wider than one over rows where rows go together', () => {
  const r = results.find((x) => x.split === 'random')!;
  const mean = (rows: Int32Array) => ({ toxic: rows.reduce((sum, i) => sum + r.labels[i], 0) / rows.length });
  const byGroup = clusterBootstrap(r.groups, mean, { replicates: 400 }).toxic;
  const byRow = clusterBootstrap(
    r.groups.map((_, i) => `${i}`),
    mean,
    { replicates: 400 },
  ).toxic;
  assert.ok(byGroup.high - byGroup.low > byRow.high - byRow.low);
});

test('progress counts the folds, and an abort stops with its reason', async () => {
  const seen: string[] = [];
  const stop = new AbortController();
  const onProgress = (done: number, of: number) => {
    seen.push(`${done} of ${of}`);
    if (done === 2) stop.abort(new Error('enough'));
  };
  await assert.rejects(
    compareArms(source, target, { ...quick, workers: 0, onProgress, signal: stop.signal }),
    /enough/,
  );
  assert.deepEqual(seen, ['1 of 6', '2 of 6']);
});
