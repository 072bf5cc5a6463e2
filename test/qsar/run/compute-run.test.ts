import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { table, texts } from '../../../src/frames/table.js';
import { qsarPredict } from '../../../src/qsar/predict/predict-file.js';
import type { ArmAnswer } from '../../../src/qsar/run/arm-task.js';
import { checkConfig } from '../../../src/qsar/run/check-config.js';
import { loadRunData } from '../../../src/qsar/run/load-data.js';
import { planFolds, sidesOf } from '../../../src/qsar/run/plan-folds.js';
import { planTasks } from '../../../src/qsar/run/plan-tasks.js';
import { qsarRun, readRun } from '../../../src/reports/qsar-run.js';
import type { TaskProgress } from '../../../src/runs/run-tasks.js';
import { TaskStore } from '../../../src/runs/store.js';
import { QUICK, temporaryFolders } from './quick.js';

const folders = temporaryFolders();
after(() => folders.remove());
const folder = folders.next();
const run = await qsarRun(QUICK, { folder, workers: 0 });
const manifest = (path: string) => JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8'));

test('every arm predicts every row that is no test set, with intervals', () => {
  assert.deepEqual(
    run.arms.map(({ arm }) => arm),
    ['from scratch', 'fine-tuned', 'the same under another name', 'k-NN'],
  );
  const { rows, testRows } = run.targets.T2;
  assert.ok(testRows > 0);
  for (const { rows: own, probabilities, bySeed, scores } of run.arms) {
    assert.equal(own.length, rows - testRows);
    assert.ok(probabilities.every((p, i) => p === (bySeed[0][i] + bySeed[1][i]) / 2));
    assert.ok(scores.rocAuc.low <= scores.rocAuc.value && scores.rocAuc.value <= scores.rocAuc.high);
  }
});

test('arms that do the same are worked once and score the same', () => {
  assert.deepEqual(run.arms[1].probabilities, run.arms[2].probabilities);
  assert.equal(run.comparisons.length, 3);
  assert.deepEqual(run.comparisons[0].differences, run.comparisons[1].differences);
});

test('a run in another folder with other threads has the same bits in every file', async () => {
  const again = folders.next();
  const { sha256 } = await qsarRun(QUICK, { folder: again, workers: 2 });
  assert.equal(sha256, run.sha256);
  assert.deepEqual(manifest(again), manifest(folder));
  const weights = (path: string) => readFileSync(join(path, 'models/T2/seed 1/weights.bin'));
  if (run.kept[0].arm.kind !== 'traditional') assert.deepEqual(weights(again), weights(folder));
});

test('another seed has other bits', async () => {
  const { sha256 } = await qsarRun({ ...QUICK, seed: 2 }, { folder: folders.next(), workers: 0 });
  assert.notEqual(sha256, run.sha256);
});

test('a run that is killed in the middle goes on where it was, to the same bits', {
  timeout: 120_000,
}, async () => {
  const again = folders.next();
  mkdirSync(again, { recursive: true });
  const config = join(again, 'config.json');
  writeFileSync(config, JSON.stringify(QUICK));
  const program = fileURLToPath(new URL('../../../src/cli/main.js', import.meta.url));
  const child = spawn(process.execPath, [program, 'qsar', 'run', config, '--out', again, '--workers', '1']);
  await new Promise<void>((resolve) => {
    child.stderr.on('data', (words) => /^[45]\d? of/m.test(String(words)) && resolve());
  });
  child.kill('SIGKILL');
  await once(child, 'exit');
  const before = readdirSync(join(again, 'store/results'), { recursive: true }).length;
  assert.ok(before > 0);
  const progress: number[] = [];
  const { sha256 } = await qsarRun(QUICK, { folder: again, onProgress: ({ done }) => progress.push(done) });
  assert.ok(progress[0] > 0, 'some results are taken up');
  assert.equal(sha256, run.sha256);
  assert.deepEqual(manifest(again), manifest(folder));
});

test('only a damaged result is computed again', async () => {
  const store = join(folder, 'store/results');
  const files = readdirSync(store, { recursive: true, encoding: 'utf8' }).filter((name) => name.length > 10);
  truncateSync(join(store, files[0]), 100);
  const worked: string[] = [];
  const onProgress = ({ last }: TaskProgress) => last && worked.push(last.label);
  const { sha256 } = await qsarRun(QUICK, { folder, workers: 0, onProgress });
  assert.equal(worked.length, 1);
  assert.equal(sha256, run.sha256);
});

test('the test set is opened once, and the second time there is a warning', async () => {
  const path = folders.next();
  const settings = { ...QUICK, arms: ['k-NN'], reference: 'k-NN', seeds: 1 } as const;
  const first = await qsarRun(settings, { folder: path, workers: 0 });
  assert.deepEqual([first.warnings, first.test[0].openedBefore], [[], 0]);
  const warnings: string[] = [];
  const second = await qsarRun(settings, { folder: path, workers: 0, onWarning: (w) => warnings.push(w) });
  assert.equal(second.test[0].openedBefore, 1);
  assert.match(
    warnings[0],
    /^the test set of T2 was opened before \(once, first on \d{4}-\d\d-\d\d for "k-NN"\): what is chosen by its scores now is not tested by them$/,
  );
});

test('a result is read back as it was', async () => {
  const read = await readRun(folder);
  assert.deepEqual(read.arms, run.arms);
  assert.deepEqual({ ...read, warnings: [], test: [] }, { ...run, warnings: [], test: [] });
});

test('progress counts on from the comparison to the kept models and ends full', async () => {
  const seen: TaskProgress[] = [];
  const settings = { ...QUICK, arms: ['k-NN'], reference: 'k-NN' } as const;
  await qsarRun(settings, { folder: folders.next(), workers: 0, onProgress: (p) => seen.push(p) });
  assert.ok(seen.every(({ done }, i) => i === 0 || done >= seen[i - 1].done));
  assert.equal(seen.at(-1)!.done, seen.at(-1)!.total);
});

test('an abort stops with its reason', async () => {
  const stop = new AbortController();
  const onProgress = ({ done }: { done: number }) => done === 3 && stop.abort(new Error('enough'));
  await assert.rejects(
    qsarRun(QUICK, { folder: folders.next(), workers: 0, signal: stop.signal, onProgress }),
    /^Error: enough$/,
  );
});

test('a target that is too small for a split is left out with its reason', async () => {
  const settings = {
    ...QUICK,
    splits: ['by publication', 'by material'],
    arms: ['k-NN'],
    reference: 'k-NN',
  } as const;
  const { leftOut, arms } = await qsarRun(settings, { folder: folders.next(), workers: 0 });
  assert.deepEqual(leftOut, [
    { target: 'T2', split: 'by material', reason: '2 folds need at least 2 groups, but there are 1' },
  ]);
  assert.equal(arms.length, 1);
});

test('nothing that belongs together is on both sides, and the test set is on neither', async () => {
  const config = checkConfig({
    ...QUICK,
    targets: ['T3'],
    splits: ['by publication', 'by material', 'by cell line', 'random'],
    test: { share: 0.3 },
  });
  const { targets } = await loadRunData(config);
  const { plans, leftOut } = planFolds(config, targets);
  assert.deepEqual(leftOut, []);
  const groups = texts(targets.T3, 'group');
  for (const plan of plans) {
    const words = plan.heldTogether === null ? null : texts(targets.T3, plan.heldTogether);
    const outside = sidesOf(plan, 'test');
    const kept = new Set(Array.from(outside.test, (i) => groups[i]));
    assert.ok(kept.size > 0 && Array.from(outside.train).every((i) => !kept.has(groups[i])));
    for (let fold = 0; fold < plan.count; fold++) {
      const { train, test: held } = sidesOf(plan, fold);
      assert.equal(train.length + held.length, outside.train.length);
      const own = words && new Set(Array.from(held, (i) => words[i]));
      if (own)
        assert.ok(
          Array.from(train).every((i) => !own.has(words[i])),
          plan.split,
        );
    }
  }
});

test('arms with the same start share their pre-training; another fold, seed or shuffling has its own', () => {
  const folds = new Int32Array([0, 0, 1, 1]);
  const plan = { target: 'T', split: 'by publication', heldTogether: 'group', folds, count: 2 } as const;
  const inputs = { sources: ['s'], targets: { T: 't' }, plans: [{ plan, sha256: 'p' }] };
  const names = ['fine-tuned, all layers', 'fine-tuned, 1 layer frozen', 'L2-SP', 'shuffled pre-training'];
  const { tasks } = planTasks(checkConfig({ seeds: 3, arms: names, reference: names[0] }), inputs);
  assert.equal(tasks.filter(({ name }) => name === 'pretrainTask').length, 2 * 2 * 3);
  assert.equal(tasks.filter(({ name }) => name === 'armTask').length, 4 * 2 * 3);
});

test('via other targets, source tables in turn and learning curves run', async () => {
  const settings = {
    ...{ ...QUICK, targets: ['T2', 'T3'], seeds: 1, reference: 'via T3' },
    arms: [
      { name: 'via T3', kind: 'fine-tune', frozenLayers: 1, via: ['T3'], sources: 'in turn', gradual: true },
    ],
    learningCurve: { arms: ['via T3'], shares: [0.5] },
  } as const;
  const { arms, curves, missing } = await qsarRun(settings, { folder: folders.next(), workers: 0 });
  assert.deepEqual(missing, []);
  assert.deepEqual([arms.length, curves.map(({ share }) => share)], [2, [0.5, 0.5]]);
});

test('hyper-parameters are chosen inside the fold, and the trail is kept', async () => {
  const path = folders.next();
  const search = { arms: ['k-NN', 'fine-tuned'], trials: 4, folds: 2, scheduler: 'halving' } as const;
  const settings = { ...QUICK, seeds: 1, arms: [QUICK.arms[1], 'k-NN'], reference: 'k-NN', search };
  const { missing, arms } = await qsarRun(settings, { folder: path, workers: 0 });
  assert.deepEqual(missing, []);
  const plain = await qsarRun({ ...settings, search: null }, { folder: path, workers: 0 });
  assert.notDeepEqual(plain.arms[1].probabilities, arms[1].probabilities);
  const store = new TaskStore(join(path, 'store'));
  const keys = readdirSync(join(path, 'store/results'), { recursive: true, encoding: 'utf8' }).map((name) =>
    basename(name),
  );
  const answers = await Promise.all(keys.filter((key) => key.length === 64).map((key) => store.result(key)));
  const trails = answers.flatMap(
    (stored) => (stored?.value as Partial<ArmAnswer> | null)?.search?.trail ?? [],
  );
  assert.ok(trails.some(({ budget }) => budget < 1) && trails.some(({ budget }) => budget === 1));
});

test('descriptors of materials are joined on both sides, and to rows that are scored later', async () => {
  const path = folders.next();
  const settings = {
    ...QUICK,
    data: { synthetic: true, materials: true },
    arms: ['k-NN'],
    reference: 'k-NN',
  };
  const { config, missing } = await qsarRun(settings, { folder: path, workers: 0 });
  assert.deepEqual(missing, []);
  assert.ok(config.descriptors!.numbers.includes('polymer_homo_eV'));
  const row = table({ material: ['PS'], size_nm: [500], dose_ug_mL: [50], time_h: [24] });
  const { predictions } = await qsarPredict(path, row);
  assert.equal(predictions.length, 1);
});
