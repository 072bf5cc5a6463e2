import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { columnOf, table, textAt } from '../../src/frames/table.js';
import { checkNewRows } from '../../src/qsar/predict/new-rows.js';
import { qsarPredict } from '../../src/qsar/predict/predict-file.js';
import { loadKept, predictKept } from '../../src/qsar/run/kept-models.js';
import { qsarRun } from '../../src/reports/qsar-run.js';
import { QUICK, temporaryFolders } from './run/quick.js';

const folders = temporaryFolders();
after(() => folders.remove());
const network = folders.next();
const settings = { ...QUICK, targets: ['T2', 'T3'], deploy: 'fine-tuned' };
await qsarRun(settings, { folder: network, workers: 0 });

const rows = table({
  material: ['PS', 'PS', 'PE', 'PS', null, 'PS', 'PS'],
  size_nm: ['500', '500', '5000', '', '500', '500', '50'],
  dose_ug_mL: ['50', 'abc', '10', '10', '10', '-1', '10'],
  time_h: ['24', '24', '24', '24', '24', '24', '24'],
  surface: ['NH2', 'none', 'none', 'none', 'none', 'none', 'none'],
  cell: ['A549', 'A549', 'Zebra', 'A549', 'A549', 'A549', 'A549'],
});

test('rows that do not fit the schema are refused by row and column, the others scored', async () => {
  const { predictions, refused, synthetic } = await qsarPredict(network, rows);
  assert.equal(synthetic, true);
  assert.deepEqual(refused, [
    { row: 2, column: 'dose_ug_mL', reason: 'dose_ug_mL must be a number, but is "abc"' },
    { row: 4, column: 'size_nm', reason: 'size_nm is empty' },
    { row: 5, column: 'material', reason: 'material is empty' },
    { row: 6, column: 'dose_ug_mL', reason: 'dose_ug_mL must be at least 0, but is -1' },
    { row: 7, column: 'material, size_nm', reason: 'the run kept no models for such a particle' },
  ]);
  assert.deepEqual(
    predictions.map(({ row, target }) => [row, target]),
    [
      [1, 'T2'],
      [3, 'T3'],
    ],
  );
  for (const { probability, lowest, highest, neighbours, filledIn } of predictions) {
    assert.ok(lowest <= probability && probability <= highest);
    assert.equal(neighbours.length, 3);
    assert.ok(neighbours[0].distance <= neighbours[2].distance);
    assert.deepEqual(filledIn, ['assay', 'zeta_mV']);
  }
  assert.ok(predictions[1].reasons.includes('cell: Zebra is rare among the training rows or was never met'));
  assert.notEqual(predictions[1].verdict, 'inside');
});

test('a training row is its own nearest neighbour, and its prediction is that of the kept models', async () => {
  const kept = await loadKept(network, 'T2');
  const { predictions } = await qsarPredict(network, kept.training, { target: 'T2' });
  const { probabilities } = predictKept(kept, kept.training);
  assert.deepEqual(
    Float64Array.from(predictions, ({ probability }) => probability),
    probabilities,
  );
  assert.ok(predictions.every(({ neighbours }) => neighbours[0].distance === 0));
  assert.equal(predictions[4].neighbours[0].publication, textAt(columnOf(kept.training, 'group'), 4));
});

test('a label in the file is not looked at', async () => {
  const one = { material: ['PS'], size_nm: [500], dose_ug_mL: [50], time_h: [24] };
  const plain = await qsarPredict(network, table(one));
  const labelled = await qsarPredict(
    network,
    table({ ...one, viability_pct: ['dead'], toxic: ['who knows'] }),
  );
  assert.deepEqual(labelled, plain);
});

test('units and names of a file come in by a mapping', () => {
  const raw = table({ what: ['ps '], um: ['0.5'], mg: ['0.05'], days: ['1 ± 0.1'] });
  const mapping = {
    material: 'what',
    size_nm: { column: 'um', unit: 'µm' },
    dose_ug_mL: { column: 'mg', unit: 'mg/mL' },
    time_h: { column: 'days', unit: 'd', quantities: true },
  } as const;
  const { table: rows, refused } = checkNewRows(raw, { mapping });
  assert.deepEqual(refused, []);
  assert.deepEqual(
    ['size_nm', 'dose_ug_mL', 'time_h'].map((name) => textAt(columnOf(rows, name), 0)),
    ['500', '50', '24'],
  );
});

test('a dose in particles of unknown density is refused, and a table without rows has nothing to score', () => {
  const mapping = {
    ...{ material: 'material', size_nm: 'size_nm', time_h: 'time_h' },
    dose_ug_mL: { column: 'count', unit: 'particles/mL' },
  };
  const raw = table({
    material: ['PS', 'Unobtainium'],
    size_nm: [500, 500],
    time_h: [24, 24],
    count: [1e6, 1e6],
  });
  const { rows, refused } = checkNewRows(raw, { mapping });
  assert.deepEqual([...rows], [1]);
  assert.deepEqual(refused, [
    { row: 2, column: 'count', reason: 'dose_ug_mL cannot be converted into µg/mL' },
  ]);
  const none = checkNewRows(table({ material: [], size_nm: [], dose_ug_mL: [], time_h: [] }));
  assert.deepEqual([none.rows.length, none.refused], [0, []]);
});

test('a file without a needed column is refused as a whole', async () => {
  await assert.rejects(qsarPredict(network, table({ material: ['PS'], dose: [5] })), {
    name: 'RangeError',
    message:
      'table must have "size_nm", "dose_ug_mL", "time_h" to be scored, but has "material", "dose"; rename its columns or give a mapping',
  });
});

test('a target or a folder that is not there is said', async () => {
  await assert.rejects(
    qsarPredict(network, rows, { target: 'T1' }),
    /target must be one of "T2", "T3", but is "T1"/,
  );
  await assert.rejects(
    qsarPredict('/nowhere', rows),
    /^Error: \/nowhere holds no kept models; name a folder that nurdle qsar run wrote to its end$/,
  );
});

test('a traditional model is kept and scores as well', async () => {
  const folder = folders.next();
  const run = await qsarRun(
    { ...QUICK, arms: ['k-NN'], reference: 'k-NN', deploy: 'k-NN' },
    { folder, workers: 0 },
  );
  assert.equal(run.kept[0].arm.kind, 'traditional');
  const { predictions } = await qsarPredict(folder, rows, { target: 'T2' });
  assert.deepEqual(
    predictions.map(({ row }) => row),
    [1, 3, 7],
  );
});
