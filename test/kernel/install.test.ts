import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { kernelCommand } from '../../src/cli/kernel.js';

describe('nurdle kernel', () => {
  const prefix = mkdtempSync(join(tmpdir(), 'nurdle-install-'));
  after(() => rmSync(prefix, { recursive: true }));
  const share = join(prefix, 'share/jupyter');

  it('installs two kernels, the extension and the template, and says where', () => {
    const folders = kernelCommand(['install', '--prefix', prefix]).split('\n');
    assert.deepEqual(folders, [
      join(share, 'kernels/nurdle'),
      join(share, 'kernels/nurdle-tslab'),
      join(share, 'labextensions/nurdle-jupyterlab'),
      join(share, 'nbconvert/templates/nurdle'),
    ]);
    assert.ok(folders.every((folder) => existsSync(folder)));
  });

  it('describes kernels whose files exist, and that front ends interrupt by message', () => {
    for (const name of ['nurdle', 'nurdle-tslab']) {
      const spec = JSON.parse(readFileSync(join(share, 'kernels', name, 'kernel.json'), 'utf8'));
      assert.equal(spec.language, 'typescript');
      assert.equal(spec.interrupt_mode, 'message');
      assert.ok(spec.argv.slice(0, 2).every((file: string) => existsSync(file)));
      assert.equal(spec.argv.at(-1), '{connection_file}');
    }
  });

  it('says where it would install', () => {
    assert.equal(kernelCommand(['path', '--prefix', prefix]), share);
  });

  it('uninstalls what it installed, once', () => {
    assert.equal(kernelCommand(['uninstall', '--prefix', prefix]).split('\n').length, 4);
    assert.ok(!existsSync(join(share, 'kernels/nurdle')));
    assert.equal(kernelCommand(['uninstall', '--prefix', prefix]), 'nothing was installed there');
  });

  it('refuses what it does not know', () => {
    assert.throws(
      () => kernelCommand(['remove']),
      /^RangeError: command must be install, uninstall or path, but is remove/,
    );
    assert.throws(
      () => kernelCommand(['install', '--globally']),
      /^RangeError: option must be --user, --prefix DIR or --sys-prefix, but is --globally/,
    );
  });
});
