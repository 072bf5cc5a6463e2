import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { QUICK, temporaryFolders } from '../qsar/run/quick.js';

const folders = temporaryFolders();
after(() => folders.remove());
const folder = folders.next();
mkdirSync(folder, { recursive: true });
const program = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));

function nurdle(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'qsar', ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const config = join(folder, 'config.json');
writeFileSync(
  config,
  JSON.stringify({ ...QUICK, seeds: 1, arms: ['k-NN', 'logistic regression'], reference: 'k-NN' }),
);
const out = join(folder, 'out');
const input = join(folder, 'new.csv');
writeFileSync(input, 'material,size_nm,dose_ug_mL,time_h\nPS,500,50,24\nPS,500,none,24\n');

test('run, predict and report work one after the other', () => {
  const ran = nurdle('run', config, '--out', out, '--workers', '1');
  assert.equal(ran.status, 0, ran.stderr);
  assert.match(
    ran.stdout,
    /^Synthetic data: nothing here was measured\.\n\| target \| split \| arm \| ROC-AUC/,
  );
  assert.match(ran.stderr, /\d+ of \d+ tasks/);

  const scored = nurdle('predict', '--run', out, '--input', input, '--out', join(folder, 'scored.csv'));
  assert.equal(scored.status, 1);
  assert.match(scored.stderr, /^row 2, column "dose_ug_mL": dose_ug_mL must be a number, but is "none"$/m);
  assert.match(scored.stderr, /^1 rows scored, 1 refused$/m);
  const [header, first, second] = readFileSync(join(folder, 'scored.csv'), 'utf8').split('\n');
  assert.match(header, /^row,refused,target,probability,lowest,highest,set,domain,why,filled in,nearest 1/);
  assert.match(first, /^1,,T2,0\.\d+,/);
  assert.match(second, /^2,"column ""dose_ug_mL"": /);
  const json = nurdle('predict', '--run', out, '--input', input, '--json');
  assert.equal(JSON.parse(json.stdout).predictions.length, 1);

  const reported = nurdle('report', '--run', out);
  assert.equal(reported.status, 0);
  assert.ok(
    reported.stdout
      .trim()
      .split('\n')
      .every((path) => existsSync(path)),
  );
});

const REFUSALS: [args: string[], message: RegExp][] = [
  [[], /^command must be run, predict or report, but is missing\nnurdle qsar run/],
  [['run'], /^nurdle qsar run takes one configuration file/],
  [['run', '/nowhere.json'], /^\/nowhere\.json cannot be read: there is no such file/],
  [['run', config, '--target', 'T2'], /^nurdle qsar run takes no --target/],
  [['run', config, '--workers', 'many'], /^--workers must be a number, but is "many"/],
  [['run', input], /new\.csv must be JSON, but /],
  [['predict', '--run', out], /^nurdle qsar predict needs --run DIR and --input FILE/],
  [['report'], /^nurdle qsar report needs --run DIR/],
];

for (const [args, message] of REFUSALS)
  test(`it refuses nurdle qsar ${args.slice(0, 1)} with ${args.length} words by what is wrong`, () => {
    const { status, stderr } = nurdle(...args);
    assert.equal(status, 2);
    assert.match(stderr, message);
  });
