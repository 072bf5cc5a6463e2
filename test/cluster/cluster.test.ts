import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Cluster, runInBackground, startCluster, whyNoCluster } from './slurm.js';

const nurdle = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));
const skip = whyNoCluster();

/** Every task says when it begins, waits, and gives a number that only its specification decides. */
const SCRIPT = `
import { appendFileSync } from 'node:fs';
import { random } from 'nurdle';
export async function run({ x, ms = 100 }: { x: number; ms?: number }) {
  appendFileSync(process.env['TRACE']!, x + '\\n');
  await new Promise((resolve) => setTimeout(resolve, ms));
  return { x, drawn: Array.from({ length: 50 }, random(x).normal) };
}`;
const QUICK = '--executor slurm --time 10 --mem 500M --batch-seconds 4 --poll-seconds 1'.split(' ');

describe('a run on a Slurm of two nodes', { skip, timeout: 600_000 }, () => {
  let cluster: Cluster;
  const folder = mkdtempSync(join(tmpdir(), 'nurdle-cluster-'));
  const trace = join(folder, 'trace');
  let env: NodeJS.ProcessEnv;
  before(async () => {
    cluster = await startCluster();
    env = { ...cluster.env, TRACE: trace };
    writeFileSync(join(folder, 'run.ts'), SCRIPT);
  });
  after(async () => {
    await cluster?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const specifications = (name: string, count: number, ms: number): string => {
    const list = Array.from({ length: count }, (_, x) => ({ x, ms }));
    writeFileSync(join(folder, name), JSON.stringify(list));
    return name;
  };
  const mapWords = (specs: string, out: string, more: readonly string[] = QUICK) => [
    ...[nurdle, 'map', 'run.ts', '--over', specs, '--out', out],
    ...more,
  ];
  const run = (words: readonly string[]) =>
    spawnSync(process.execPath, words, { cwd: folder, env, encoding: 'utf8', timeout: 300_000 });
  const results = (out: string): string => readFileSync(join(folder, out, 'results.json'), 'utf8');
  const traced = (): number[] => readFileSync(trace, 'utf8').trim().split('\n').map(Number);
  const begun = async (count: number) => {
    for (let i = 0; i < 600 && traced().length < count; i++) await sleep(100);
  };
  const status = (out: string) => JSON.parse(run([nurdle, 'runs', 'status', out, '--json']).stdout);

  it('gives the bits of a local run, in arrays no longer than the site takes', () => {
    const specs = specifications('bits.json', 200, 20);
    assert.equal(run(mapWords(specs, 'local', ['--workers', '2'])).status, 0);
    const { status: code, stderr } = run(mapWords(specs, 'far', [...QUICK, '--batch-seconds', '16']));
    assert.equal(code, 0, stderr);
    assert.match(stderr, /200 tasks to do, about 0\.\d+ core-hours/);
    assert.equal(results('far'), results('local'));
  });

  it('gives the hash of the local run for a QSAR comparison of 200 tasks', () => {
    const settings = {
      ...{
        name: 'clustered',
        seeds: 50,
        folds: 4,
        data: { synthetic: true },
        targets: ['T2'],
        splits: ['random'],
      },
      network: { hidden: [8], pretrainEpochs: 1, epochs: 2 },
      ...{ bootstrap: { replicates: 30 }, arms: ['from scratch'], test: null },
    };
    writeFileSync(join(folder, 'qsar.json'), JSON.stringify(settings));
    const words = (out: string, ...more: string[]) => [
      nurdle,
      'qsar',
      'run',
      'qsar.json',
      '--json',
      '--out',
      out,
      ...more,
    ];
    const local = run(words('qsar local'));
    assert.equal(local.status, 0, local.stderr);
    const far = run(words('qsar far', ...QUICK, '--batch-seconds', '20'));
    assert.equal(far.status, 0, far.stderr);
    assert.equal(JSON.parse(far.stdout).sha256, JSON.parse(local.stdout).sha256);
    assert.ok(status('qsar far').tasks >= 200, `${status('qsar far').tasks} tasks`);
  });

  it('says what a run would cost, and stops', () => {
    const specs = specifications('dry.json', 30, 50);
    const { stderr, status: code } = run(mapWords(specs, 'dry', [...QUICK, '--dry-run']));
    assert.equal(code, 0);
    assert.match(stderr, /30 × run\.ts run: \d+\.\d s, \d+ MB each/);
    assert.equal(run([nurdle, 'runs', 'status', 'dry']).status, 1);
  });

  it('loses nothing when node, controller and submitting process are killed, and redoes what was not done', async () => {
    const specs = specifications('killed.json', 60, 400);
    writeFileSync(trace, '');
    const submitting = runInBackground(mapWords(specs, 'killed'), { env, cwd: folder });
    await begun(6);
    cluster.kill('n2');
    await begun(14);
    cluster.kill('slurmctld');
    submitting.child.kill('SIGKILL');
    await submitting.ended;
    await sleep(2000);
    cluster.start('slurmctld');
    cluster.start('n2');
    assert.ok(status('killed').done < 60);
    const resumed = run([nurdle, 'runs', 'resume', 'killed']);
    assert.equal(resumed.status, 0, resumed.stderr);
    assert.equal(
      new Set(JSON.parse(results('killed')).map(({ result }: { result: unknown }) => result)).size,
      60,
    );
    // One task may have been running on each node at each of the kills; the local run began 60 as well.
    assert.ok(traced().length <= 120 + 6, `${traced().length - 120} tasks were worked twice`);
  });

  it('is gathered on the cluster when the submitting machine goes away', async () => {
    const specs = specifications('away.json', 12, 200);
    const submitting = runInBackground(mapWords(specs, 'away'), { env, cwd: folder });
    await begun(traced().length + 3);
    submitting.child.kill('SIGKILL');
    for (let i = 0; i < 120 && status('away').queued.running + status('away').queued.waiting > 0; i++)
      await sleep(500);
    assert.equal(JSON.parse(results('away')).length, 12);
    assert.equal(status('away').done, 12);
  });

  it('is cancelled, keeps what is done, and goes on', async () => {
    const specs = specifications('cancelled.json', 20, 400);
    writeFileSync(trace, '');
    const submitting = runInBackground(mapWords(specs, 'cancelled'), { env, cwd: folder });
    await begun(5);
    submitting.child.kill('SIGKILL');
    assert.match(run([nurdle, 'runs', 'cancel', 'cancelled']).stdout, /^\d+ jobs cancelled/);
    await sleep(1500);
    const { done, queued } = status('cancelled');
    assert.ok(done > 0 && done < 20);
    assert.deepEqual(queued, { waiting: 0, running: 0 });
    assert.equal(run([nurdle, 'runs', 'resume', 'cancelled']).status, 0);
    assert.equal(status('cancelled').done, 20);
  });

  it('waits for a shared folder that vanishes for 20 s', async () => {
    const shared = join(folder, 'shared');
    mkdirSync(shared);
    const specs = specifications('vanish.json', 24, 400);
    writeFileSync(trace, '');
    const submitting = runInBackground(mapWords(specs, 'shared/run'), { env, cwd: folder });
    await begun(6);
    renameSync(shared, `${shared} away`);
    await sleep(20_000);
    renameSync(`${shared} away`, shared);
    assert.equal(await submitting.ended, 0, submitting.output());
    assert.equal(status('shared/run').done, 24);
  });

  it('says that the shared folder is full', { skip: mountable() }, () => {
    const small = join(folder, 'small');
    mkdirSync(small);
    spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=300k', 'tmpfs', small]);
    try {
      const specs = specifications('full.json', 200, 5);
      const { status: code, stderr } = run(mapWords(specs, 'small/run', [...QUICK, '--retries', '0']));
      assert.equal(code, 1);
      assert.match(
        stderr,
        /there is no space left in .*small\/run.*; free some, then resume: what is done is kept/,
      );
    } finally {
      spawnSync('umount', [small]);
    }
  });

  it('refuses a partition that is not there in Slurm’s own words', () => {
    const specs = specifications('partition.json', 2, 5);
    const { status: code, stderr } = run(mapWords(specs, 'partition', [...QUICK, '--partition', 'nowhere']));
    assert.equal(code, 1);
    assert.match(stderr, /sbatch: .*invalid partition specified: nowhere/);
  });
});

/** Whether a small file system can be mounted here: not in every container. */
function mountable(): string | false {
  if (skip) return skip;
  const at = mkdtempSync(join(tmpdir(), 'nurdle-mount-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=100k', 'tmpfs', at]);
  if (status === 0) spawnSync('umount', [at]);
  rmSync(at, { recursive: true, force: true });
  return status === 0 ? false : 'no file system can be mounted here';
}
