import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The interpreter that holds the peers, or why there is none. */
export interface PeerPython {
  readonly path?: string;
  readonly missing?: string;
}

/**
 * NURDLE_BENCH_PYTHON, else .nurdle/bench-venv, which is made from bench/requirements.txt when `create` is set.
 */
export function peerPython(create: boolean): PeerPython {
  const named = process.env['NURDLE_BENCH_PYTHON'];
  if (named) return existsSync(named) ? { path: named } : { missing: `no interpreter at ${named}` };
  const path = join(root, '.nurdle/bench-venv/bin/python');
  if (existsSync(path)) return { path };
  if (!create)
    return {
      missing:
        'no peers here; run npm run bench -- --peers once, which installs bench/requirements.txt, or name an interpreter that has them in NURDLE_BENCH_PYTHON',
    };
  return makeEnvironment(path);
}

function makeEnvironment(path: string): PeerPython {
  const steps: [string, string[]][] = [
    ['python3', ['-m', 'venv', join(root, '.nurdle/bench-venv')]],
    [path, ['-m', 'pip', 'install', '--quiet', '-r', join(root, 'bench/requirements.txt')]],
  ];
  for (const [program, args] of steps) {
    const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
    if (status !== 0) return { missing: `the peers could not be installed: ${stderr.trim().slice(-300)}` };
  }
  return { path };
}
