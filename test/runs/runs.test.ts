import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { localExecutor } from '../../src/runs/local.js';
import { fromPlainText, plainText } from '../../src/runs/plain.js';
import { runTasks, type TaskProgress } from '../../src/runs/run-tasks.js';
import { TaskStore } from '../../src/runs/store.js';
import { task, waves } from '../../src/runs/task.js';

const folder = mkdtempSync(join(tmpdir(), 'nurdle-runs-'));
after(() => rmSync(folder, { recursive: true }));
let stores = 0;
const newStore = () => new TaskStore(join(folder, `store ${++stores}`));

const module = new URL('./tasks.js', import.meta.url).href;
const of = (name: string, specification: unknown, needs?: Record<string, string>) =>
  task({ label: `${name} ${JSON.stringify(specification)}`, module, name, specification, needs });
const pathOf = (store: TaskStore, kind: string, key: string) =>
  join(store.folder, kind, key.slice(0, 2), key);

test('plain data come back to the bit, and equal data have equal text', () => {
  const plain = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      ...[fc.double(), fc.string(), fc.boolean(), fc.constant(null)],
      ...[fc.float64Array(), fc.float32Array(), fc.int32Array()],
      fc.array(tie('value')),
      fc.dictionary(fc.string(), tie('value'), { noNullPrototype: true }),
      fc.array(fc.tuple(fc.string(), tie('value'))).map((pairs) => new Map(pairs)),
    ),
  })).value;
  fc.assert(fc.property(plain, (value) => assert.deepStrictEqual(fromPlainText(plainText(value)), value)));
  assert.equal(plainText({ b: 1, a: -0 }), plainText({ a: -0, b: 1, c: undefined }));
  assert.notEqual(plainText({ a: -0 }), plainText({ a: 0 }));
});

test('what is not plain data is refused with its place', () => {
  assert.throws(() => plainText({ a: [1, () => 2] }), {
    name: 'TypeError',
    message: 'value.a[1] must be plain data to be stored, but is function',
  });
  assert.throws(
    () => plainText({ when: new Date(0) }),
    /^TypeError: value\.when must be plain data to be stored, but is a Date$/,
  );
});

test('a key depends on the function, the specification and the needs, and not on the label', () => {
  const base = of('square', { x: 1 });
  assert.equal(task({ ...base, label: 'other' }).key, base.key);
  const others = [of('square', { x: 2 }), of('slow', { x: 1 }), of('square', { x: 1 }, { a: base.key })];
  assert.equal(new Set([base, ...others].map(({ key }) => key)).size, 4);
});

test('tasks come in waves, equal ones once; a need may be in the store already', async () => {
  const [a, b] = [of('square', { x: 1 }), of('square', { x: 2 })];
  const both = of('sumOfNeeds', { names: ['a', 'b'] }, { a: a.key, b: b.key });
  assert.deepEqual(waves([both, a, b, of('square', { x: 1 })]), [[a, b], [both]]);
  assert.deepEqual(waves([both]), [[both]]);
  const store = newStore();
  const executor = localExecutor({ workers: 0 });
  const early = await runTasks([both], store, { executor });
  assert.match(early.missing[0].reason, /"a"/);
  await runTasks([a, b], store, { executor });
  assert.equal((await runTasks([both], store, { executor })).missing.length, 0);
});

for (const workers of [0, 1, 2])
  test(`results are the same with ${workers} threads, needs before those that need them`, async () => {
    const store = newStore();
    const squares = [1, 2, 3].map((x) => of('square', { x }));
    const needs = Object.fromEntries(squares.map(({ key }, i) => [`s${i}`, key]));
    const sum = of('sumOfNeeds', { names: Object.keys(needs) }, needs);
    const { hashes, missing, reused } = await runTasks([sum, ...squares], store, {
      executor: localExecutor({ workers }),
    });
    assert.deepEqual(missing, []);
    assert.equal(reused, 0);
    assert.deepEqual((await store.result(sum.key))!.value, 14);
    // printf '%s' '{"square":{"$array":"Float64Array","base64":"AAAAAAAAIkA="}}' | sha256sum
    assert.equal(
      hashes.get(squares[2].key),
      'aa3380d0acf60df9424ad5d40db4372be69ac690ca682abce799d296a2a42aa3',
    );
  });

test('only what is missing or damaged is worked again', async () => {
  const store = newStore();
  const trace = join(folder, 'trace');
  const tasks = [1, 2, 3, 4].map((x) => of('square', { x, trace }));
  const first = await runTasks(tasks, store, { executor: localExecutor({ workers: 0 }) });
  const [cut, changed, gone] = tasks.map(({ key }) => pathOf(store, 'results', key));
  truncateSync(cut, 60);
  writeFileSync(changed, readFileSync(changed, 'utf8').replace('base64":"', 'base64":"AA'));
  rmSync(gone);
  const again = await runTasks(tasks, store, { executor: localExecutor({ workers: 2 }) });
  assert.deepEqual([again.reused, again.missing], [1, []]);
  assert.deepEqual(again.hashes, first.hashes);
  const worked = readFileSync(trace, 'utf8').trim().split('\n').slice(4);
  assert.deepEqual(worked.sort(), ['1', '2', '3']);
});

test('a task that fails says why, takes those that need it with it, and stops no other', async () => {
  const store = newStore();
  const bad = of('fail', {});
  const nowhere = of('nothing', {});
  const tasks = [
    bad,
    of('sumOfNeeds', { names: ['bad'] }, { bad: bad.key }),
    nowhere,
    of('square', { x: 5 }),
  ];
  const progress: TaskProgress[] = [];
  const { hashes, missing } = await runTasks(tasks, store, { onProgress: (p) => progress.push(p) });
  assert.equal(hashes.size, 1);
  assert.deepEqual(
    missing.map(({ reason }) => reason),
    ['this task always fails', `${module} exports no function "nothing"`, 'what it needs, "bad", has failed'],
  );
  assert.match((await store.failure(bad.key))!.stack!, /tasks\.js/);
  assert.deepEqual(
    { ...progress.at(-1), last: undefined },
    { done: 4, total: 4, failed: 3, last: undefined },
  );
});

test('a task that takes its thread with it is tried alone, and the others are worked', async () => {
  const store = newStore();
  const tasks = [of('exit', {}), ...[1, 2, 3, 4, 5].map((x) => of('slow', { x }))];
  const { hashes, missing } = await runTasks(tasks, store, { executor: localExecutor({ workers: 2 }) });
  assert.equal(hashes.size, 5);
  assert.deepEqual(
    missing.map(({ label, reason }) => [label, reason]),
    [['exit {}', 'its worker thread died, twice: out of memory, or an exit; see what the task needs']],
  );
});

test('an abort keeps what was done, and the next run takes it up', async () => {
  const store = newStore();
  const tasks = Array.from({ length: 8 }, (_, x) => of('slow', { x }));
  const stop = new AbortController();
  const onProgress = ({ done }: TaskProgress) => done === 3 && stop.abort(new Error('enough'));
  const executor = localExecutor({ workers: 1 });
  await assert.rejects(runTasks(tasks, store, { executor, signal: stop.signal, onProgress }), /enough/);
  const { reused, hashes } = await runTasks(tasks, store, { executor });
  assert.ok(reused >= 3 && reused < 8);
  assert.equal(hashes.size, 8);
});

test('inputs are stored once under their hash, and a missing one is said', async () => {
  const store = newStore();
  const table = new Map([['size_nm', Float64Array.of(50, Number.NaN)]]);
  const sha256 = await store.putValue(table);
  assert.equal(await store.putValue(new Map(table)), sha256);
  assert.deepEqual(readdirSync(join(store.folder, 'inputs')), [sha256.slice(0, 2)]);
  const read = of('readValue', { sha256 });
  const lost = of('readValue', { sha256: 'f'.repeat(64) });
  const { missing } = await runTasks([read, lost], store, { executor: localExecutor({ workers: 0 }) });
  assert.deepEqual((await store.result(read.key))!.value, table);
  assert.match(missing[0].reason, /^input ffffffffffff is missing from .* or damaged; start the run again$/);
});
