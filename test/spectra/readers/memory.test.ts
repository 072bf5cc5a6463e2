import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const folder = mkdtempSync(join(tmpdir(), 'nurdle-memory-'));
after(() => rmSync(folder, { recursive: true }));

const READ = `
  const { readSpectra } = await import(process.argv[1]);
  const { readFileSync } = await import('node:fs');
  const bytes = readFileSync(process.argv[2]);
  readSpectra(readFileSync(process.argv[3]));
  const before = process.resourceUsage().maxRSS;
  const [{ spectrum }] = readSpectra(bytes);
  console.log(spectrum.x.length, (1024 * (process.resourceUsage().maxRSS - before)) / bytes.length);
`;

/** Points read, and how many times its own size a file took, in a process of its own. */
function measure(content: (points: number) => string, points: number): number[] {
  const [large, small] = [points, 20].map((n) => {
    const path = join(folder, `${n}.txt`);
    writeFileSync(path, content(n));
    return path;
  });
  const reader = new URL('../../../src/spectra/readers/read.js', import.meta.url).href;
  const out = execFileSync(process.execPath, ['--input-type=module', '-e', READ, reader, large, small]);
  return String(out).trim().split(' ').map(Number);
}

const rows = (n: number, row: (i: number) => string) =>
  Array.from({ length: n }, (_, i) => row(i)).join('\n');

const csv = (n: number) => `cm-1,A\n${rows(n, (i) => `${i},${i % 7}`)}\n`;

const jcamp = (n: number) =>
  `##TITLE=a\n##JCAMP-DX=4.24\n##DATA TYPE=INFRARED SPECTRUM\n##XUNITS=1/CM\n##YUNITS=ABSORBANCE\n##FIRSTX=0\n##LASTX=${n - 1}\n##NPOINTS=${n}\n##XYDATA=(X++(Y..Y))\n${rows(n / 10, (i) => `${10 * i}A@BACBADCB`)}\n##END=\n`;

for (const [name, content] of [
  ['delimited text', csv],
  ['squeezed JCAMP', jcamp],
] as const)
  test(`a large file of ${name} takes less than twenty times its size of memory`, () => {
    const [points, times] = measure(content, 1_000_000);
    assert.equal(points, 1_000_000);
    assert.ok(times < 20, `${times} times`);
  });
