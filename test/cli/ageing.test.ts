import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { generateAgeing } from '../../data/synthetic-ageing/generate.js';
import { writeAgeingFolder } from '../../src/ageing/write-folder.js';

const folder = mkdtempSync(join(tmpdir(), 'nurdle-ageing-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const program = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));

function nurdle(...args: string[]) {
  return spawnSync(process.execPath, [program, 'ageing', ...args], { encoding: 'utf8' });
}

const out = join(folder, 'out');
const pairs = await writeAgeingFolder(
  await generateAgeing({ samples: 100, size: 64, points: 200, seed: 4, workers: 0 }),
  join(folder, 'pairs'),
);

test('train, predict and attribute work one after the other on a folder of files', () => {
  const words = ['--out', out, '--folds', '3', '--arms', 'spectrum', '--splits', 'particle', '--epochs', '1'];
  const trained = nurdle('train', '--data', pairs, ...words);
  assert.equal(trained.status, 0, trained.stderr);
  assert.match(
    trained.stdout,
    /^Synthetic data: nothing here was measured\.\n\| arm \| published \| by particle/,
  );
  assert.match(trained.stdout, /\| spectrum alone \| 47\.8 % \| \d/);
  for (const file of [
    'card.md',
    'metrics.json',
    'predictions.csv',
    'figures/beside the paper.json',
    'model/model.json',
  ])
    assert.ok(existsSync(join(out, file)), file);
  assert.match(readFileSync(join(out, 'card.md'), 'utf8'), /\*\*Synthetic data\.\*\*/);
  const before = readFileSync(join(out, 'manifest.json'), 'utf8');
  const again = nurdle('train', '--data', pairs, ...words, '--json');
  assert.equal(again.status, 0, again.stderr);
  assert.equal(readFileSync(join(out, 'manifest.json'), 'utf8'), before);

  const some = join(folder, 'pairs', 'some.csv');
  writeFileSync(
    some,
    'particle_id,spectrum_file,image_file\nA,spectra/1.csv,images/1.png\nA,,images/2.png\nB,spectra/3.csv,none.png\n',
  );
  const predicted = nurdle('predict', '--model', join(out, 'model'), '--data', some);
  assert.equal(predicted.status, 1);
  const [header, ...lines] = predicted.stdout.trim().split('\n');
  assert.match(
    header,
    /^sample,particle,answered from,type,probability,uncertainty bits,type of particle,p pristine,/,
  );
  assert.deepEqual(
    lines.map((line) => line.split(',')[line.startsWith('"') ? 3 : 2]),
    ['both', 'image', 'spectrum'],
  );
  assert.match(
    predicted.stderr,
    /^row 3, column "image_file": "none\.png" cannot be used: there is no such file$/m,
  );
  assert.match(predicted.stderr, /trained on synthetic data/);

  const attributed = nurdle('attribute', '--model', join(out, 'model'), '--data', some, '--json');
  assert.equal(attributed.status, 1, attributed.stderr);
  const { rows, synthetic } = JSON.parse(attributed.stdout);
  assert.equal(rows.length, 3);
  assert.equal(synthetic, true);
});

test('a model that was cut off is refused by what is wrong', () => {
  const weights = join(out, 'model', 'weights.bin');
  truncateSync(weights, 1000);
  const { status, stderr } = nurdle('predict', '--model', join(out, 'model'), '--data', pairs);
  assert.equal(status, 1);
  assert.equal(
    stderr,
    `${weights} was changed or cut off: its SHA-256 is not the one in model.json; save the model again\n`,
  );
});

const REFUSALS: [args: string[], message: RegExp][] = [
  [[], /^command must be train, predict or attribute, but is missing\nnurdle ageing train/],
  [['train', '--data', 'synthetic'], /^nurdle ageing train needs --data and --out/],
  [
    ['train', '--data', 'synthetic', '--out', out, '--epochs', 'many'],
    /^--epochs must be a whole number, but is "many"/,
  ],
  [
    ['train', '--data', 'synthetic', '--out', out, '--arms', 'fused,magic'],
    /^--arms must be among fused, .*, but has "magic"/,
  ],
  [['predict', '--data', pairs], /^nurdle ageing predict needs --model DIR and --data PAIRS\.csv/],
  [['predict', '--folds', '3'], /^nurdle ageing predict takes no --folds/],
];
for (const [args, message] of REFUSALS)
  test(`it refuses nurdle ageing ${args.join(' ').slice(0, 40)} by what is wrong`, () => {
    const { status, stderr } = nurdle(...args);
    assert.equal(status, 2);
    assert.match(stderr, message);
  });
