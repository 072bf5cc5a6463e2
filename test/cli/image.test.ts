import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { imageCommand } from '../../src/cli/image.js';
import { reference } from '../reference/read.js';

const { files } = reference<{ files: Record<string, { file: string }> }>('images');

/** The exit code and what was printed. */
async function run(t: TestContext, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const out = t.mock.method(console, 'log', () => {});
  const err = t.mock.method(console, 'error', () => {});
  const code = await imageCommand(args);
  const printed = (mock: typeof out): string =>
    mock.mock.calls.map((call) => call.arguments.join(' ')).join('\n');
  const result = { code, out: printed(out), err: printed(err) };
  out.mock.restore();
  err.mock.restore();
  return result;
}

function folderWith(t: TestContext, contents: Record<string, Uint8Array | string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'nurdle-image-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [name, bytes] of Object.entries(contents)) writeFileSync(join(folder, name), bytes);
  return folder;
}

test('nurdle image --json prints one entry a file, with what stands beside it', async (t) => {
  const picture = Buffer.from(files['tiff 16 little'].file, 'base64');
  const beside = '$CM_INSTRUMENT JSM-7001F\n$$SM_MICRON_BAR 84\n$$SM_MICRON_MARKER 10um\n';
  const folder = folderWith(t, { 'a.tif': picture, 'a.txt': beside });
  const { code, out, err } = await run(t, join(folder, 'a.tif'), '--json');
  const [entry] = JSON.parse(out);
  assert.deepEqual([code, err], [0, '']);
  assert.deepEqual(
    [entry.file, entry.format, entry.width, entry.height, entry.bitDepth],
    [join(folder, 'a.tif'), 'TIFF', 37, 29, 16],
  );
  assert.deepEqual(
    [entry.instrument, entry.micronsPerPixel, entry.infoBarRows, entry.warnings],
    ['JEOL JSM-7001F', 0.119048, 0, []],
  );
});

test('a file that is refused has its sentence and byte in the list and on standard error, and the exit code is 1', async (t) => {
  const folder = folderWith(t, { 'a.png': Buffer.from(files['png 8'].file, 'base64').subarray(0, 60) });
  const { code, out, err } = await run(t, '--json', join(folder, 'a.png'), join(folder, 'b.png'));
  const [cut, missing] = JSON.parse(out);
  assert.equal(code, 1);
  assert.match(cut.error, /it is cut off or lies about its length \(byte \d+\)$/);
  assert.ok(cut.offset <= 60);
  assert.deepEqual(missing, {
    file: join(folder, 'b.png'),
    error: `${join(folder, 'b.png')} cannot be read: there is no such file`,
    offset: null,
  });
  assert.deepEqual(
    err.split('\n').map((line) => JSON.parse(line)),
    [cut, missing],
  );
});

test('without --json lines for people; without a file the usage and code 2', async (t) => {
  const folder = folderWith(t, { 'a.png': Buffer.from(files['png 8'].file, 'base64') });
  const { code, out } = await run(t, join(folder, 'a.png'));
  assert.equal(code, 0);
  assert.match(
    out,
    /37 × 29 pixels, 8 bits \(PNG\)\n {2}instrument not stated, scale not stated, 0 rows of info bar/,
  );
  assert.equal((await run(t)).code, 2);
});
