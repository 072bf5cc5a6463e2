import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { jupyter, temporaryPrefix } from '../kernel/environment.js';
import { errorsOf, execute, figuresOf, notebookNames, shownBy, textOf } from './run.js';

const prefix = temporaryPrefix();
after(() => prefix.remove());

for (const name of notebookNames)
  test(`${name} runs from its first to its last cell, and twice the same`, { skip: jupyter.skip }, () => {
    const first = execute(name, prefix);
    assert.deepEqual(errorsOf(first), []);
    assert.ok(figuresOf(first).length > 0, 'it shows a figure');
    assert.deepEqual(shownBy(execute(name, prefix)), shownBy(first));
  });

test('without the real tables the quickstart runs on synthetic ones and says so in every title', {
  skip: jupyter.skip,
}, () => {
  const nowhere = { NURDLE_DATA: '', NURDLE_OFFLINE: '1', XDG_CACHE_HOME: prefix.folder };
  const notebook = execute('01-quickstart.ipynb', prefix, nowhere);
  assert.deepEqual(errorsOf(notebook), []);
  assert.match(textOf(notebook), /Synthetic data, not measured/);
  const titles = figuresOf(notebook).map((figure) => (figure.layout.title as { text: string }).text);
  assert.ok(titles.length >= 7);
  for (const title of titles) assert.match(title, /synthetic data/);
});

for (const name of ['08-spectra.ipynb', '09-library-search.ipynb'])
  test(`without the real spectra ${name} runs on synthetic ones and says so in every title`, {
    skip: jupyter.skip,
  }, () => {
    const nowhere = { NURDLE_DATA: '', NURDLE_OFFLINE: '1', XDG_CACHE_HOME: prefix.folder };
    const notebook = execute(name, prefix, nowhere);
    assert.deepEqual(errorsOf(notebook), []);
    const titles = figuresOf(notebook).map((figure) => (figure.layout.title as { text: string }).text);
    assert.ok(titles.length >= 3);
    for (const title of titles) assert.match(title, /synthetic data/);
  });
