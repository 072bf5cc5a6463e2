import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Figure } from '../../src/plots/figure.js';
import { BLANK, markdownTable } from '../../src/reports/markdown.js';
import { modelCard } from '../../src/reports/model-card.js';
import { publishedComparisons } from '../../src/reports/published-table.js';
import { qmrf } from '../../src/reports/qmrf.js';
import { qsarReport, qsarRun } from '../../src/reports/qsar-run.js';
import { QUICK, temporaryFolders } from '../qsar/run/quick.js';

const folders = temporaryFolders();
after(() => folders.remove());
const folder = folders.next();
const settings = { ...QUICK, splits: ['random', 'by publication'] } as const;
const run = await qsarRun(settings, { folder, workers: 0 });
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

test('the seven published figures stand beside ours under each split', () => {
  const [{ target, arm, splits, rows }, ...others] = publishedComparisons(run);
  assert.deepEqual([target, splits, others], ['T2', ['random', 'by publication'], []]);
  assert.ok(arm === 'fine-tuned' || arm === 'the same under another name');
  assert.deepEqual(
    rows.map(({ score, published }) => [score, published]),
    [
      ['rocAuc', 0.88],
      ['balancedAccuracy', 0.83],
      ['mcc', 0.67],
      ['accuracy', 0.83],
      ['precision', 0.93],
      ['recall', 0.7],
      ['f1', 0.8],
    ],
  );
  const own = run.arms.find((one) => one.arm === arm && one.split === 'by publication')!;
  assert.deepEqual(rows[0].ours[1], own.scores.rocAuc);
});

test('the QMRF has its ten sections, OECD principles named and blanks marked', () => {
  const { sections } = qmrf(run);
  assert.deepEqual(
    sections.map(({ title }) => title.split('.')[0]),
    ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'],
  );
  for (const principle of [1, 2, 3, 4, 5])
    assert.ok(sections.some(({ title }) => title.includes(`OECD principle ${principle}`)));
  const blanks = sections.flatMap(({ fields }) => fields).filter(({ value }) => value === null).length;
  assert.equal(read('report.md').split(BLANK).length - 1, blanks);
  assert.deepEqual(JSON.parse(read('report.json')), qmrf(run));
});

test('card and report say that the data are synthetic, figures in their titles', () => {
  assert.match(read('card.md'), /\*\*Synthetic data\.\*\*/);
  assert.match(read('report.md'), /Synthetic data: nothing in this report was measured/);
  const figure = JSON.parse(read('figures/T2 arms.json')) as Figure;
  assert.match((figure.layout.title as { text: string }).text, /synthetic/);
  assert.deepEqual(JSON.parse(read('card.json')), modelCard(run));
});

test('predictions and splits are there, a line for each row', () => {
  const lines = read('predictions.csv').trimEnd().split('\n');
  assert.equal(lines[0], 'target,split,row,publication,arm,fold,toxic,probability,seed 1,seed 2');
  const rows = run.targets.T2.rows - run.targets.T2.testRows;
  assert.equal(lines.length - 1, rows * 2 * 4);
  assert.equal(read('splits.csv').trimEnd().split('\n').length - 1, rows * 2);
});

test('reports are made again from the folder alone, the same to the byte', async () => {
  const before = read('report.md');
  const files = await qsarReport(folder);
  assert.ok(files.includes('report.md') && files.every((name) => existsSync(join(folder, name))));
  assert.equal(read('report.md'), before);
});

test('bars and line breaks in words do not cut a table', () => {
  assert.equal(markdownTable(['a', 'b'], [['x|y', 'p\nq']]), '| a | b |\n|---|---|\n| x\\|y | p q |');
});
