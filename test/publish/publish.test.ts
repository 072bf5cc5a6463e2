import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { compareFigures } from '../../src/publish/compare.js';
import { inside } from '../../src/publish/files.js';
import { stripped } from '../../src/publish/notebook.js';
import { forPrint } from '../../src/publish/print.js';
import { publish } from '../../src/publish/publish.js';
import { notebook, skip } from '../browser/lab.js';
import { jupyter, type Prefix, temporaryPrefix } from '../kernel/environment.js';
import { notebookNames, notebooksFolder } from '../notebooks/run.js';

const FIGURE = `({ data: [{ y: [1, 4, 9], type: 'scatter' }], layout: { title: { text: 'squares <b>' }, height: 420 } })`;

describe('a published site', { skip, timeout: 300_000 }, () => {
  let prefix: Prefix;
  const at = (name: string) => join(prefix.folder, name);
  const run = (cells: string[]) => {
    writeFileSync(at('one.ipynb'), JSON.stringify(notebook(cells)));
    return publish([at('one.ipynb')], {
      ...{ out: at('site'), codeVersion: 'test' },
      jupyter: { python: jupyter.python, env: prefix.env },
    });
  };
  before(() => {
    prefix = temporaryPrefix();
  });
  after(() => prefix?.remove());

  it('has figures at their size on paper, with text as text', async () => {
    assert.deepEqual((await run([FIGURE])).ran, ['one']);
    const svg = readFileSync(at('site/figures/one/1-90.svg'), 'utf8');
    assert.match(svg, /width="90mm"/);
    assert.match(svg, /<text[^>]*>.*squares/s);
    const png = readFileSync(at('site/figures/one/1-90.png'));
    assert.ok(Math.abs(png.readUInt32BE(16) - (90 / 25.4) * 300) <= 1);
    const pdf = readFileSync(at('site/figures/one/1-90.pdf'), 'latin1');
    const [, width] = /MediaBox\s*\[\s*0 0 ([\d.]+)/.exec(pdf) ?? [];
    assert.ok(Math.abs((Number(width) / 72) * 25.4 - 90) < 0.5, `${width} pt`);
  });

  it('is not made again from the same things', async () => {
    assert.deepEqual((await run([FIGURE])).ran, []);
  });

  it('knows what earlier calls made, and what cannot be read', async () => {
    writeFileSync(at('broken.ipynb'), '{ "cells": [');
    const site = {
      out: at('site'),
      codeVersion: 'test',
      jupyter: { python: jupyter.python, env: prefix.env },
    };
    const { failures, entries } = await publish([at('broken.ipynb')], site);
    assert.equal(failures, 1);
    assert.equal(entries[0].name, 'broken');
    assert.match(readFileSync(at('site/index.html'), 'utf8'), /<a href="one\.html">/);
  });

  it('keeps the last good page where a cell fails, and says which', async () => {
    const good = readFileSync(at('site/one.html'), 'utf8');
    const { failures, entries } = await run([FIGURE, `throw new Error('<i>no</i>')`]);
    assert.equal(failures, 1);
    assert.equal(entries[0].failure, 'cell 2 failed: Error: <i>no</i>');
    assert.equal(readFileSync(at('site/one.html'), 'utf8'), good);
    assert.ok(!readFileSync(at('site/index.html'), 'utf8').includes('<i>no'));
    assert.ok(!existsSync(at('site/.cache/one.part')));
  });

  it('finds what differs between two runs, on asking', async () => {
    const random = `({ data: [{ name: 'noise', y: [1, Math.random()] }], layout: {} })`;
    writeFileSync(at('noise.ipynb'), JSON.stringify(notebook([FIGURE, random])));
    const { differences } = await publish([at('noise.ipynb')], {
      ...{ out: at('site'), codeVersion: 'test', check: true },
      jupyter: { python: jupyter.python, env: prefix.env },
    });
    const told = differences.map(({ notebook, figure, trace, name }) => ({ notebook, figure, trace, name }));
    assert.deepEqual(told, [{ notebook: 'noise', figure: 2, trace: 1, name: 'noise' }]);
    assert.ok(differences[0].relative > 0 && differences[0].relative <= 1);
  });
});

it('on paper no font is larger than 8 points, whatever the figure says or leaves out', () => {
  for (const layout of [
    {},
    { title: 'plain' },
    { title: { text: 'a', font: { size: 30 } }, xaxis: { tickfont: { size: 40 } } },
  ]) {
    const { layout: print } = forPrint({ data: [], layout }, 90);
    const sizes = JSON.stringify(print).matchAll(/"size":([\d.]+)/g);
    for (const [, size] of sizes) assert.ok(Number(size) <= (8 * 96) / 72 && Number(size) >= (6 * 96) / 72);
    assert.ok((print.margin as { l: number }).l < 80);
  }
});

it('comparing two runs finds a planted difference and its size', () => {
  const figure = (y: number[]) => ({ data: [{ name: 'a', y }], layout: {} });
  assert.deepEqual(compareFigures([figure([1, 2])], [figure([1, 2])]), []);
  assert.deepEqual(compareFigures([figure([1, 2])], [figure([1, 4])]), [
    { figure: 1, trace: 1, name: 'a', relative: 0.5 },
  ]);
});

it('a name that leads out of the site is refused', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nurdle-out-'));
  assert.throws(
    () => inside(folder, '../x'),
    new RangeError(`"../x" leads out of ${folder}; give it a name without ".."`),
  );
  rmSync(folder, { recursive: true });
});

it('committed notebooks have no outputs', () => {
  for (const name of notebookNames) {
    const { cells } = JSON.parse(readFileSync(join(notebooksFolder, name), 'utf8'));
    for (const cell of cells) assert.equal(cell.outputs?.length ?? 0, 0, name);
  }
});

it('stripping takes outputs and counts out and leaves the source', () => {
  const [code] = [{ cell_type: 'code', source: 'x', outputs: [{}], execution_count: 3 }];
  const { cells } = JSON.parse(stripped(JSON.stringify({ cells: [code], metadata: {} })));
  assert.deepEqual(cells, [{ cell_type: 'code', source: 'x', outputs: [], execution_count: null }]);
});
