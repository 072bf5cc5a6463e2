import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { costOf } from '../../src/runs/cost.js';
import { plainText } from '../../src/runs/plain.js';
import { arrays, batches } from '../../src/runs/slurm/batches.js';
import { workBatch } from '../../src/runs/slurm/node.js';
import { type SlurmOptions, slurmSettings, timeSeconds } from '../../src/runs/slurm/options.js';
import { arrayArguments, arrayScript } from '../../src/runs/slurm/script.js';
import { TaskStore, writeWhole } from '../../src/runs/store.js';
import { type Task, task } from '../../src/runs/task.js';

const folder = mkdtempSync(join(tmpdir(), 'nurdle-slurm-'));
after(() => rmSync(folder, { recursive: true }));

const module = new URL('./tasks.js', import.meta.url).href;
const of = (name: string, specification: unknown): Task =>
  task({ label: `${name} ${JSON.stringify(specification)}`, module, name, specification });

test('times are read as Slurm reads them', () => {
  const seconds = { '30': 1800, '2:30': 150, '1:00:01': 3601, '1-12': 129_600, '2-00:30': 174_600 };
  for (const [time, expected] of Object.entries(seconds)) assert.equal(timeSeconds(time), expected, time);
});

test('an option that Slurm would not take is refused', () => {
  const refusals: [SlurmOptions, string][] = [
    [{ time: 'an hour' }, 'time must look like 30, 2:00:00 or 1-12:00, but is "an hour"'],
    [{ mem: '2 GB' }, 'mem must look like 500M or 4G, but is "2 GB"'],
    [{ cpus: 0 }, 'cpus must be a whole number from 1 on, but is 0'],
    [{ maxTasks: 1.5 }, 'maxTasks must be a whole number from 1 on, but is 1.5'],
    [{ partition: 'a; rm -rf /' }, 'partition must be a name that sinfo lists, but is "a; rm -rf /"'],
    [{ batchSeconds: -1 }, 'batchSeconds must be above 0, but is -1'],
  ];
  for (const [options, message] of refusals)
    assert.throws(() => slurmSettings(options), { name: 'RangeError', message });
});

test('batches hold every task once, in order, and never two waves', () => {
  const wave = fc.array(fc.double({ min: 0.01, max: 1000, noNaN: true }), { maxLength: 40 });
  fc.assert(
    fc.property(fc.array(wave, { maxLength: 4 }), fc.integer({ min: 1, max: 8 }), (seconds, cpus) => {
      const waves = seconds.map((list, w) =>
        list.map((s, i) => ({ key: `${w}-${i}`, s }) as unknown as Task),
      );
      const secondsOf = (one: Task) => (one as unknown as { s: number }).s;
      const made = batches(waves, { batchSeconds: 300, cpus, secondsOf });
      assert.deepEqual(
        made.flatMap(({ tasks }) => tasks),
        waves.flat(),
      );
      for (const { wave, tasks } of made)
        assert.ok(tasks.length > 0 && tasks.every(({ key }) => key.startsWith(`${wave}-`)));
      for (const array of arrays(made, 3))
        assert.ok(array.length <= 3 && new Set(array.map(({ wave: w }) => w)).size === 1);
    }),
  );
});

test('small tasks go into batches that last', () => {
  const tasks = Array.from({ length: 200 }, (_, x) => of('square', { x }));
  const sizes = (batchSeconds: number, cpus: number) =>
    batches([tasks], { batchSeconds, cpus, secondsOf: () => 3 }).map((batch) => batch.tasks.length);
  assert.deepEqual(sizes(300, 1), [100, 100]);
  assert.deepEqual(sizes(300, 4), [200]);
  assert.equal(sizes(3, 1).length, 200);
});

test('paths reach the shell as they are', () => {
  const settings = slurmSettings({ setup: "/it's here/setup.sh", maxTasks: 4, partition: 'all', mem: '1G' });
  const script = arrayScript(settings, '/a folder; rm x', 8);
  assert.match(
    script,
    /^#!\/bin\/bash\n\. '\/it'\\''s here\/setup\.sh'\nexec node '.*node-main\.js' '\/a folder; rm x' '8'\n$/,
  );
  const args = arrayArguments(settings, { count: 3, logs: '/logs', after: ['7', '8'] });
  assert.ok(
    args.includes('--array=0-2%4') &&
      args.includes('--dependency=afterany:7:8') &&
      args.includes('--mem=1024M'),
  );
});

let submissions = 0;
/** What an array task does, without a scheduler. */
async function work(tasks: readonly Task[], options: SlurmOptions) {
  const store = new TaskStore(join(folder, `store ${++submissions}`));
  await store.prepare();
  const submission = join(store.folder, 'slurm', 'one');
  const settings = slurmSettings({ patienceSeconds: 5, ...options });
  await writeWhole(
    join(submission, 'batches', '0.json'),
    plainText({ store: store.folder, settings, tasks }),
  );
  const code = await workBatch(submission, 0);
  const outcome = async ({ key, label }: Task) => [
    label,
    (await store.result(key)) ? 'done' : (await store.failure(key))?.message,
  ];
  return { code, outcomes: await Promise.all(tasks.map(outcome)) };
}

test('a task over its memory says so, and stops no other', async () => {
  const tasks = [of('square', { x: 1 }), of('hoard', { megabytes: 600 }), of('square', { x: 2 })];
  const { code, outcomes } = await work(tasks, { mem: '400M' });
  assert.equal(code, 0);
  assert.deepEqual(outcomes, [
    ['square {"x":1}', 'done'],
    ['hoard {"megabytes":600}', 'it needs more memory than an array task has, 400M (--mem); give it more'],
    ['square {"x":2}', 'done'],
  ]);
});

test('a task that crashes its process at once is tried twice, and stops no other', async () => {
  const { outcomes } = await work([of('crash', {}), of('square', { x: 2 })], {});
  assert.deepEqual(outcomes, [
    ['crash {}', 'its process died, twice, by signal SIGSEGV'],
    ['square {"x":2}', 'done'],
  ]);
});

test('a task that had the time to itself and did not end says so; what was not begun goes back', async () => {
  const tasks = [of('square', { x: 1 }), of('wait', { ms: 600_000 }), of('square', { x: 2 })];
  const start = Date.now();
  await work([of('square', { x: 3 })], {});
  const startSeconds = (Date.now() - start) / 1000; // of a process and a thread, on a machine as busy as this one
  const seconds = Math.ceil(Math.max(8, 12 * startSeconds));
  const { code, outcomes } = await work(tasks, { time: `0:${seconds}` });
  assert.equal(code, 75);
  assert.deepEqual([outcomes[0][1], outcomes[2][1]], ['done', undefined]);
  assert.match(
    String(outcomes[1][1]),
    new RegExp(`^it did not end in \\d+ s, and an array task has 0:${seconds} \\(--time\\); give it more$`),
  );
});

test('what a run costs is told from one task of each function, and what was timed is kept', async () => {
  const store = new TaskStore(join(folder, 'cost'));
  await store.prepare();
  const tasks = Array.from({ length: 50 }, (_, x) => of('wait', { ms: 200 + x / 1000 }));
  const cost = await costOf([tasks], store);
  assert.equal(cost.tasks, 50);
  assert.equal(cost.kinds[0].name, 'tasks.js wait');
  assert.ok(cost.coreHours >= (50 * 0.2) / 3600);
  assert.ok(cost.megabytes > 10 && cost.diskBytes > 50);
  assert.equal(await store.hasResult(tasks[0].key), true);
});
