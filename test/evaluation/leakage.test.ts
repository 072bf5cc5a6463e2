import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FoldUse, findLeaks, refuseLeaks } from '../../src/evaluation/leakage.js';

const honest: FoldUse = {
  trainGroups: ['a', 'b'],
  testGroups: ['c'],
  fittedOn: ['row 1', 'row 2'],
  scored: ['row 3'],
  featureColumns: ['dose_ug_mL', 'surface'],
  groupColumn: 'group',
};

test('an honest fold has no leak', () => assert.deepEqual(findLeaks(honest), []));

test('each planted leak is caught by name', () => {
  const kinds = (use: Partial<FoldUse>) => findLeaks({ ...honest, ...use }).map((leak) => leak.kind);
  assert.deepEqual(kinds({ testGroups: ['b', 'c'] }), ['shared group']);
  assert.deepEqual(kinds({ fittedOn: ['row 1', 'row 3'] }), ['fitted on test rows']);
  assert.deepEqual(kinds({ featureColumns: ['group'] }), ['group as feature']);
});

test('a random split shares publications and says so, but is not refused for it', () => {
  assert.deepEqual(findLeaks({ ...honest, testGroups: ['a'] }, { grouped: false }), []);
});

test('a leaking fold is refused with the reason', () => {
  assert.throws(() => refuseLeaks({ ...honest, testGroups: ['b'] }), {
    name: 'RangeError',
    message: 'the fold leaks: shared group (1 on both sides, such as "b")',
  });
});
