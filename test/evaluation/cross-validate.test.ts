import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crossValidate, type FitPredict } from '../../src/evaluation/cross-validate.js';
import { seenIn } from '../../src/frames/seen.js';
import { groupFolds, stratifiedFolds } from '../../src/frames/splits.js';
import { columnNames, numbers, type Table, table, texts } from '../../src/frames/table.js';

const rows = 24;
const studies = table({
  dose_ug_mL: Array.from({ length: rows }, (_, i) => 1 + (i % 12)),
  viability_pct: Array.from({ length: rows }, (_, i) => 100 - 5 * (i % 12)),
  toxic: Array.from({ length: rows }, (_, i) => Number(i % 12 > 5)),
  group: Array.from({ length: rows }, (_, i) => `study ${Math.floor(i / 4)}`),
});
const byDose = (test: Table) => numbers(test, 'dose_ug_mL').map((dose) => dose / 20);
const honest: FitPredict = (train, test) => ({
  probabilities: byDose(test),
  seen: seenIn([train], ['dose_ug_mL']),
});
const folds = groupFolds(texts(studies, 'group'), { k: 3, labels: numbers(studies, 'toxic') });

test('every row is predicted once, by a model that has not seen its publication', async () => {
  const seenBy: string[][] = [];
  const { probabilities, folds: heldOut } = await crossValidate(
    studies,
    folds,
    (train, test, fold) => {
      seenBy[fold] = [...new Set(texts(train, 'group'))] as string[];
      return honest(train, test, fold);
    },
    { grouped: true },
  );
  assert.deepEqual(probabilities, byDose(studies));
  for (const [i, fold] of heldOut.entries()) assert.ok(!seenBy[fold].includes(texts(studies, 'group')[i]!));
});

test('the test table has neither label, viability nor publication', async () => {
  await crossValidate(
    studies,
    folds,
    (train, test) => {
      assert.deepEqual(columnNames(test), ['dose_ug_mL', 'id']);
      return honest(train, test, 0);
    },
    { grouped: true },
  );
});

test('a planted leak is caught: a part fitted on the whole table before the split', async () => {
  const scaledBefore: FitPredict = (_, test) => ({
    probabilities: byDose(test),
    seen: seenIn([studies], ['dose_ug_mL']),
  });
  await assert.rejects(crossValidate(studies, folds, scaledBefore, { grouped: true }), {
    name: 'RangeError',
    message: /^the fold leaks: shared group \(\d on both sides, such as "study \d"\)$/,
  });
});

test('a planted leak is caught: a test row among the training rows of a random split', async () => {
  let all: Table | undefined;
  const remembers: FitPredict = (train, test) => {
    all ??= train;
    return { probabilities: byDose(test), seen: seenIn([all, train], ['dose_ug_mL']) };
  };
  const random = stratifiedFolds(numbers(studies, 'toxic'), { k: 3 });
  await assert.rejects(crossValidate(studies, random, remembers, { grouped: false }), {
    message: /^the fold leaks: fitted on test rows \(\d+ scored rows were seen, such as "row \d+"\)$/,
  });
});

test('a planted leak is caught: the publication as a descriptor', async () => {
  const memorises: FitPredict = (train, test) => ({
    probabilities: byDose(test),
    seen: seenIn([train], ['group']),
  });
  await assert.rejects(crossValidate(studies, folds, memorises, { grouped: true }), {
    message: 'the fold leaks: group as feature (column "group" must not be a descriptor)',
  });
});

test('one class only, uncovered rows and a short answer are refused', async () => {
  const oneClass = table({ dose_ug_mL: [1, 2, 3, 4], toxic: [0, 0, 0, 1], group: ['a', 'a', 'b', 'b'] });
  const halves = [
    { train: Int32Array.of(0, 1), test: Int32Array.of(2, 3) },
    { train: Int32Array.of(2, 3), test: Int32Array.of(0, 1) },
  ];
  await assert.rejects(crossValidate(oneClass, halves, honest, { grouped: true }), {
    message: 'fold 1 trains on one class only (0 toxic of 2 rows); use fewer folds or another threshold',
  });
  await assert.rejects(
    crossValidate(studies, folds.slice(1), honest, { grouped: true }),
    /folds must cover every row/,
  );
  const short: FitPredict = (train) => ({ probabilities: [0.5], seen: seenIn([train], []) });
  await assert.rejects(crossValidate(studies, folds, short, { grouped: true }), {
    message: /^fold 1 must predict \d+ rows, but predicted 1$/,
  });
});

test('an abort between folds rejects with its reason', async () => {
  const stop = new AbortController();
  const stopping: FitPredict = (train, test, fold) => {
    stop.abort(new Error('enough'));
    return honest(train, test, fold);
  };
  await assert.rejects(
    crossValidate(studies, folds, stopping, { grouped: true, signal: stop.signal }),
    /enough/,
  );
});
