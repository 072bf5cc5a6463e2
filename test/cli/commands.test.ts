import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));

function nurdle(args: string[], env: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { status, stdout, stderr };
}

test('without a command, the commands are told', () => {
  const { status, stdout } = nurdle([]);
  assert.equal(status, 2);
  assert.match(stdout, /usage: nurdle COMMAND/);
  assert.equal(nurdle(['help']).status, 0);
  assert.match(nurdle(['--version']).stdout, /^\d+\.\d+\.\d+\n$/);
});

test('an unknown command is refused', () => {
  const { status, stderr } = nurdle(['toString']);
  assert.equal(status, 2);
  assert.match(stderr, /^nurdle has no command "toString"\nusage/);
});

interface Doctor {
  ok: boolean;
  findings: { name: string; ok: boolean; needed: boolean; detail: string }[];
}
const doctor = (env: NodeJS.ProcessEnv = {}): Doctor & { status: number | null } => {
  const { status, stdout } = nurdle(['doctor', '--json'], env);
  return { status, ...(JSON.parse(stdout) as Doctor) };
};
const found = ({ findings }: Doctor, name: string) => findings.find((finding) => finding.name === name)!;

test('after the set-up the doctor finds all that the main job needs', () => {
  const said = doctor();
  assert.equal(said.status, 0);
  assert.deepEqual(
    said.findings.filter((finding) => finding.needed && !finding.ok),
    [],
  );
  assert.match(found(said, 'TensorFlow').detail, /^(TensorFlow \d|tfjs \d)/);
  assert.match(found(said, 'kernel').detail, /kernels.nurdle.kernel\.json$/);
});

test('without native TensorFlow the main job still runs, and the doctor says on what', () => {
  const said = doctor({ NURDLE_TENSORFLOW: 'fallback' });
  assert.equal(said.status, 0);
  assert.match(found(said, 'TensorFlow').detail, /^tfjs 4\.22\.0 \(no native addon: cpu backend\)$/);
});

test('a missing data set is told with what to do, and is no reason to fail', () => {
  const said = doctor({ NURDLE_DATA: '', XDG_CACHE_HOME: '/nowhere' });
  assert.equal(said.status, 0);
  assert.match(found(said, 'data').detail, /is not here; npx nurdle data get/);
});

test('the kernels are installed into another Jupyter and taken out again', () => {
  const prefix = mkdtempSync(join(tmpdir(), 'nurdle-prefix-'));
  try {
    assert.equal(nurdle(['kernel', 'install', '--prefix', prefix]).status, 0);
    const folder = join(prefix, 'share/jupyter/kernels');
    assert.deepEqual(readdirSync(folder).sort(), ['nurdle', 'nurdle-tslab']);
    assert.equal(nurdle(['kernel', 'path', '--prefix', prefix]).stdout, `${join(prefix, 'share/jupyter')}\n`);
    assert.equal(nurdle(['kernel', 'uninstall', '--prefix', prefix]).status, 0);
    assert.deepEqual(readdirSync(folder), []);
  } finally {
    rmSync(prefix, { recursive: true });
  }
  const { status, stderr } = nurdle(['kernel', 'sing']);
  assert.equal(status, 2);
  assert.match(stderr, /^command must be install, uninstall or path, but is sing/);
});
