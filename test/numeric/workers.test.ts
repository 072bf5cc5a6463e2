import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mapOnWorkers, shared } from '../../src/numeric/workers.js';

const here = new URL('./worker-tasks.js', import.meta.url);

test('results come in the order of the arguments for any number of workers', async () => {
  for (const workers of [0, 1, 2, 3])
    assert.deepEqual(await mapOnWorkers(here, 'square', [1, 2, 3, 4, 5], { workers }), [1, 4, 9, 16, 25]);
});

test('no arguments give no results', async () => {
  assert.deepEqual(await mapOnWorkers(here, 'square', [], { workers: 2 }), []);
});

test('shared arrays are read in place and results are moved back', async () => {
  const values = shared(Float64Array.of(1, 2, 3, 4, 5, 6));
  const args = [0, 3].map((from) => ({ values, from }));
  assert.deepEqual(await mapOnWorkers(here, 'sumOf', args, { workers: 2 }), [6, 15]);
  assert.ok(values.buffer instanceof SharedArrayBuffer);
  assert.deepEqual(await mapOnWorkers(here, 'filled', [7], { workers: 1 }), [
    { values: Float32Array.of(7, 7, 7) },
  ]);
});

test('what a task throws comes through as it was', async () => {
  for (const workers of [0, 2])
    await assert.rejects(mapOnWorkers(here, 'fail', [1, 2, 3], { workers }), {
      name: 'RangeError',
      message: 'task 2 is refused',
    });
});

test('progress counts tasks and reports name theirs', async () => {
  const progress: number[] = [];
  const reports: unknown[] = [];
  await mapOnWorkers(here, 'reporting', [10, 20], {
    workers: 1,
    onProgress: (done, total) => progress.push(done / total),
    onReport: (report, index) => reports.push([index, report]),
  });
  assert.deepEqual(progress, [0.5, 1]);
  assert.deepEqual(reports, [
    [0, 'at 10'],
    [1, 'at 20'],
  ]);
});

test('an abort ends threads that would never end', async () => {
  const abort = new AbortController();
  const running = mapOnWorkers(here, 'spin', [1, 2], { workers: 2, signal: abort.signal });
  setTimeout(() => abort.abort(), 50);
  await assert.rejects(running, { name: 'AbortError' });
});

test('workers that are not a whole number are refused', async () => {
  await assert.rejects(mapOnWorkers(here, 'square', [1], { workers: 1.5 }), {
    name: 'RangeError',
    message: 'workers must be a whole number from 0 on, but is 1.5',
  });
});
