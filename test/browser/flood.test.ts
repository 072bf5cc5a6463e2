import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Lab, notebook, skip, startLab } from './lab.js';

const CELLS = [
  `console.log(Array.from({ length: 10_000 }, (_, i) => 'line ' + i).join('\\n'))`,
  `for (let i = 0; i < 100_000; i++) console.log(i)`,
  `for (let i = 0; i < 40_000; i++) console.log(String(i).padStart(99, '.'))`,
  `'at the end'`,
];

/** What the notebook has of each cell: its stdout, its stderr and its results. */
const OUTPUTS = `jupyterapp.shell.currentWidget.content.widgets.map(({ model }) => {
  const outputs = model.sharedModel.toJSON().outputs;
  const text = (name) => outputs.filter((o) => o.name === name).map((o) => [o.text].flat().join('')).join('');
  return { stdout: text('stdout'), stderr: text('stderr'), results: outputs.map((o) => o.data?.['text/plain']).filter(Boolean) };
})`;

interface Shown {
  stdout: string;
  stderr: string;
  results: string[];
}

describe('a flood of output in JupyterLab', { skip, timeout: 180_000 }, () => {
  let lab: Lab;
  before(async () => {
    lab = await startLab();
    await lab.open('flood.ipynb', notebook(CELLS));
  });
  after(() => lab?.close());

  it('loses no line, and lets the page answer meanwhile', async () => {
    let answers = 0;
    const asking = setInterval(() => void lab.page.evaluate('1').then(() => answers++), 1000);
    await lab.runAll();
    clearInterval(asking);
    const [lines, calls, bytes, end] = (await lab.page.evaluate(OUTPUTS)) as Shown[];
    assert.equal(lines.stdout, `${Array.from({ length: 10_000 }, (_, i) => `line ${i}`).join('\n')}\n`);
    assert.equal(calls.stdout, Array.from({ length: 100_000 }, (_, i) => `${i}\n`).join(''));
    assert.equal(bytes.stdout.length, 4_000_000);
    assert.deepEqual(
      [lines, calls, bytes].map(({ stderr }) => stderr),
      ['', '', ''],
    );
    assert.deepEqual(end.results, ["'at the end'"]);
    assert.ok(answers > 0);
    await lab.screenshot('flood');
  });
});
