import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crossValidate } from '../../src/evaluation/cross-validate.js';
import { rocAuc } from '../../src/evaluation/roc.js';
import { loadTable } from '../../src/frames/load.js';
import { groupFolds, stratifiedFolds } from '../../src/frames/splits.js';
import { numbers, texts } from '../../src/frames/table.js';
import { CLASSICAL_KINDS } from '../../src/models/classical/classical.js';
import { classicalFit, networkFit } from '../../src/qsar/fit-predict.js';

const { table } = await loadTable('synthetic-cytotoxicity', { part: 'T3' });
const labels = numbers(table, 'toxic');
const folds = groupFolds(texts(table, 'group'), { k: 3, labels, seed: 1 });

for (const kind of CLASSICAL_KINDS)
  test(`${kind} is cross-validated without a leak, better than chance on random folds`, async () => {
    await crossValidate(table, folds, classicalFit(kind, { seed: 1 }), { grouped: true });
    const random = stratifiedFolds(labels, { k: 3, seed: 1 });
    const { probabilities } = await crossValidate(table, random, classicalFit(kind, { seed: 1 }), {
      grouped: false,
    });
    assert.ok(rocAuc(labels, probabilities) > 0.6, `${rocAuc(labels, probabilities)}`);
  });

test('the network and a traditional model see the same columns', async () => {
  const descriptors = { words: ['material'], numbers: [], logarithms: ['dose_ug_mL'] };
  const side = { rows: table.rows, columns: table.columns };
  const network = await networkFit({ seed: 1, epochs: 2, descriptors })(side, side, 0);
  const forest = await classicalFit('forest', { seed: 1, trees: 3, descriptors })(side, side, 0);
  assert.deepEqual(forest.seen, network.seen);
  assert.deepEqual(forest.seen.columns, ['material', 'dose_ug_mL']);
  assert.equal(forest.probabilities.length, table.rows);
});
