import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encode } from '../../src/descriptors/encode.js';
import { fitEncoder } from '../../src/descriptors/encoder.js';
import { concatTables, filterRows, takeTableRows, withColumns } from '../../src/frames/rows.js';
import { groupFolds } from '../../src/frames/splits.js';
import { columnOf, numbers, type Table, textColumn, texts } from '../../src/frames/table.js';
import { loadTransferTables } from '../../src/frames/transfer-tables.js';
import { fitForest, predictForest } from '../../src/models/classical/forest.js';
import { predictToxicity } from '../../src/models/toxicity-model.js';
import { trainFromScratch } from '../../src/models/toxicity-training.js';
import { type Matrix, matrix } from '../../src/numeric/matrix.js';
import { encoderDomain, modelDomain } from '../../src/qsar/applicability.js';
import { checkFaster, checkLeaders } from '../../src/qsar/claims.js';
import { doseResponse, predictedDoses } from '../../src/qsar/dose-response.js';
import { explainRows } from '../../src/qsar/explain.js';
import { foldDomains } from '../../src/qsar/fold-domains.js';
import { importanceStability } from '../../src/qsar/stability.js';
import { tableEffects } from '../../src/qsar/table-effects.js';
import { tablePredict } from '../../src/qsar/table-predict.js';
import { timeEffect, timeRegression } from '../../src/qsar/time-effect.js';
import { particleTable, whatIf } from '../../src/qsar/what-if.js';
import { near } from '../reference/statistics.js';

const { source, targets } = await loadTransferTables({ synthetic: true });
const plastics = concatTables(Object.values(targets));
const model = await trainFromScratch(plastics, { seed: 1, epochs: 20 });
const quick = { replicates: 100 };
const particle = {
  material: 'PS',
  size_nm: 50,
  surface: 'NH2',
  dose_ug_mL: 100,
  time_h: 24,
  cell: 'A549',
  assay: 'MTT',
};

test('effects of a column follow a model that uses nothing else', async () => {
  const byDose = (table: Table) => numbers(table, 'dose_ug_mL').map((dose) => Math.min(1, dose / 1000));
  const { edges, effects, low, high } = await tableEffects(byDose, plastics, 'dose_ug_mL', quick);
  effects.forEach((effect, b) => {
    near(effect - effects[0], Math.min(1, edges[b] / 1000) - Math.min(1, edges[0] / 1000), 1e-9);
    assert.ok(low[b] <= high[b]);
  });
  await assert.rejects(tableEffects(byDose, plastics, 'cell'), {
    name: 'TypeError',
    message: 'column "cell" must be numbers, but it is text',
  });
});

test('a planted time effect of nanoplastics alone is found, and its absence too', () => {
  const nano = (table: Table) => numbers(table, 'size_nm').map((size) => Number(size < 1000));
  const planted = (table: Table) => {
    const isNano = nano(table);
    return numbers(table, 'time_h').map((t, i) => 0.5 + 0.05 * isNano[i] * Math.log2(t / 24));
  };
  const found = timeEffect(planted, plastics, quick);
  near(found.nano.value, 0.05, 1e-9);
  near(found.micro.value, 0, 1e-9);
  assert.deepEqual([found.nano.rows + found.micro.rows, found.difference.low > 0], [plastics.rows, true]);
  assert.equal(checkFaster(found).verdict, 'supported');
  const none = timeEffect((table) => new Float64Array(table.rows).fill(0.4), plastics, quick);
  assert.deepEqual([none.difference.value, none.difference.pValue], [0, 1]);
  assert.equal(checkFaster(none).verdict, 'undecided');
  assert.equal(
    checkFaster({
      ...found,
      nano: found.micro,
      micro: found.nano,
      difference: { value: -1, low: -2, high: -0.5, pValue: 0.01 },
    }).verdict,
    'not supported',
  );
});

test('without a class of size there is nothing to compare', () => {
  assert.throws(() => timeEffect(tablePredict(model), targets.T1), {
    message:
      'table must hold particles below and above 1000 nm with a time, but 60 of 60 are below; join several targets or move boundaryNm',
  });
});

test('the regression on measurements names its columns and finds that dose is toxic', () => {
  const fitted = timeRegression(plastics);
  assert.deepEqual(
    fitted.map((c) => c.name),
    ['intercept', 'log10 dose', 'log10 size', 'log2 time', 'nano', 'nano × log2 time'],
  );
  assert.ok(fitted[1].low > 0);
});

test('what-if adds up to the prediction, and leaves what is not said as not stated', async () => {
  const ask = whatIf(model, plastics);
  const answer = await ask(particle);
  const sum = answer.shares.reduce((total, { share }) => total + share, answer.base);
  near(sum, answer.probability, 1e-5);
  near(answer.probability, predictToxicity(model, particleTable(model.encoder, particle))[0], 1e-5);
  assert.equal(answer.shares.find(({ column }) => column === 'zeta_mV')!.value, 'not stated');
  assert.deepEqual(await ask(particle), answer);
  await assert.rejects(ask({ sise_nm: 50 }), {
    message:
      'particle must have columns among material, surface, cell, assay, size_nm, dose_ug_mL, time_h, zeta_mV, but has "sise_nm"',
  });
  await assert.rejects(ask({ size_nm: '50' }), {
    name: 'TypeError',
    message: 'particle\'s size_nm must be a number, but is "50"',
  });
});

test('a forest is explained through the same encoder, and adds up too', async () => {
  const encoder = fitEncoder(plastics);
  const forest = fitForest(encode(encoder, plastics).values, numbers(plastics, 'toxic'), {
    seed: 1,
    trees: 10,
  });
  const predict = (X: Matrix) => predictForest(forest, X);
  const { values, base, predictions, groups } = await explainRows(predict, encoder, plastics, {
    rows: 3,
    background: 8,
  });
  predictions.forEach((p, i) => {
    const row = values.data.subarray(i * groups.length, (i + 1) * groups.length);
    near(
      row.reduce((sum, v) => sum + v, base),
      p,
      1e-9,
    );
  });
  const { probability, shares } = await whatIf({ encoder, network: predict }, plastics, { rows: 5 })(
    particle,
  );
  assert.deepEqual([probability >= 0 && probability <= 1, shares.length], [true, 8]);
});

test('a predicted dose curve is the prediction at each dose, banded by the models', () => {
  const row = particleTable(model.encoder, particle);
  const one = predictedDoses([tablePredict(model)], row, Float64Array.of(1, 100));
  near(one.values[1], predictToxicity(model, row)[0], 1e-12);
  assert.deepEqual(one.low, one.high);
  const half = (table: Table) => tablePredict(model)(table) as Float64Array;
  const two = predictedDoses([half, (table) => half(table).map((p) => p / 2)], row);
  assert.ok(two.low[59] < two.values[59] && two.values[59] < two.high[59]);
  assert.throws(() => predictedDoses([], row), {
    message: 'predicts must hold at least one model, but is empty',
  });
});

test('measured viabilities of NH2 fall at lower doses than of COOH, as the generator makes them', () => {
  const surface = texts(plastics, 'surface');
  const ec50 = (name: string) =>
    doseResponse(
      filterRows(plastics, (i) => surface[i] === name),
      { replicates: 30 },
    );
  const [nh2, cooh] = [ec50('NH2'), ec50('COOH')];
  assert.ok(nh2.hill.ec50 < cooh.hill.ec50);
  nh2.values.forEach((v, k) => {
    assert.ok(nh2.low[k] <= v + 5 && v <= nh2.high[k] + 5);
  });
});

test('training rows are mostly inside their own domain; a far dose and an unknown cell are not', () => {
  const own = modelDomain(model, plastics, plastics);
  assert.ok(own.verdicts.filter((v) => v === 'inside').length > 0.7 * plastics.rows);
  const first = takeTableRows(plastics, [0]);
  const asked = withColumns(first, [
    ['dose_ug_mL', { kind: 'number', values: Float64Array.of(1e6) }],
    ['cell', textColumn(['Vero'])],
  ]);
  const { outOfRange, unknownWords, verdicts } = modelDomain(model, plastics, asked);
  assert.deepEqual([outOfRange[0].includes('log10 dose_ug_mL'), unknownWords], [true, [['cell: Vero']]]);
  assert.notEqual(verdicts[0], 'inside');
  assert.equal(columnOf(first, 'dose_ug_mL').kind, 'number');
});

test('under cross-validation each row is placed by the training side that held it out', () => {
  const folds = groupFolds(texts(plastics, 'group'), { k: 3, labels: numbers(plastics, 'toxic') });
  const { verdicts, relativeLeverage } = foldDomains(plastics, folds);
  const [{ train, test: heldOut }] = folds;
  const training = takeTableRows(plastics, train);
  const own = encoderDomain(fitEncoder(training), training, takeTableRows(plastics, heldOut));
  heldOut.forEach((i, k) => {
    assert.equal(verdicts[i], own.verdicts[k]);
    assert.equal(relativeLeverage[i], own.leverage.query[k] / own.leverage.limit);
  });
});

test('stability trains once for each seed and fold, the same with any number of threads', async () => {
  const options = { seeds: [1, 2], folds: 2, rows: 15, pretrainEpochs: 2, epochs: 5 };
  const seen: number[] = [];
  const stable = await importanceStability(source, targets.T3, {
    ...options,
    workers: 2,
    onProgress: (done) => seen.push(done),
  });
  assert.deepEqual([stable.importances.rows, stable.importances.cols, seen], [4, 8, [1, 2, 3, 4]]);
  assert.deepEqual(await importanceStability(source, targets.T3, { ...options, workers: 0 }), stable);
  assert.ok(stable.agreement.kendallW.value > 0 && stable.agreement.kendallW.value <= 1);
});

test('a claim of leading columns is supported, refused or left open by the trainings', () => {
  const groups = ['cell', 'surface', 'dose_ug_mL'];
  const claim = (rows: number[][]) => checkLeaders({ groups, importances: matrix(rows) });
  const [yes, no] = [
    [0.1, 0.3, 0.5],
    [0.4, 0.1, 0.5],
  ];
  assert.equal(claim([yes, yes, yes]).verdict, 'supported');
  assert.equal(claim([no, no, no]).verdict, 'not supported');
  assert.equal(claim([yes, no, yes]).verdict, 'undecided');
  assert.match(claim([yes, no]).evidence, /first 2 of 3 columns in 1 of 2 trainings; surface has rank 2\.5/);
  assert.throws(() => checkLeaders({ groups, importances: matrix([yes, no]) }, { leaders: ['size'] }), {
    message: 'leaders must be among cell, surface, dose_ug_mL, but one is "size"',
  });
});
